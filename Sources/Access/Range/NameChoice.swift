// NameChoice owns the choice between every name and those of a list: modalities, purposes, patients, facilities.
//
// Pure. Names are compared exactly as written.

/// Everything, or what a list names.
package enum NameChoice: Hashable, Sendable {
    case all
    case only(Set<String>)

    package func contains(_ name: String) -> Bool {
        switch self {
        case .all: true
        case .only(let names): names.contains(name)
        }
    }

    /// What both choose.
    package func intersection(_ other: NameChoice) -> NameChoice {
        switch (self, other) {
        case (.all, let choice), (let choice, .all): choice
        case (.only(let left), .only(let right)): .only(left.intersection(right))
        }
    }

    /// Whether it chooses nothing that another does not.
    package func isWithin(_ other: NameChoice) -> Bool { intersection(other) == self }

    /// The names in order; nil for every name.
    package var sortedNames: [String]? {
        switch self {
        case .all: nil
        case .only(let names): names.sorted()
        }
    }
}
