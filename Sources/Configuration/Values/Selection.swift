// Either everything, or what a list names.
//
// Owns the word `all` of the configuration.

/// A choice of names.
package enum Selection: Sendable, Equatable {
    case all
    case only([String])

    /// The names of the list; nil for all.
    package var names: [String]? {
        switch self {
        case .all: nil
        case .only(let names): names
        }
    }

    /// Whether the name is chosen, exactly as written.
    package func contains(_ name: String) -> Bool {
        switch self {
        case .all: true
        case .only(let names): names.contains(name)
        }
    }

    /// Whether some name could be chosen by both.
    package func overlaps(_ other: Selection) -> Bool {
        switch (self, other) {
        case (.only(let left), .only(let right)): !Set(left).isDisjoint(with: right)
        case (.only(let names), .all), (.all, .only(let names)): !names.isEmpty
        case (.all, .all): true
        }
    }
}
