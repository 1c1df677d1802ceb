// FHIRNode owns a FHIR resource in the making, as a tree that is written as JSON.
//
// Pure. Members stand in the order in which they are given, so that the same tree gives the same bytes. What is nil or empty
// is left out: FHIR has neither null members nor empty lists.

/// A value of a resource.
enum FHIRNode: Sendable, Equatable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([FHIRNode])
    case object([Member])

    struct Member: Sendable, Equatable {
        let name: String
        let value: FHIRNode
    }

    /// An object of the members that have a value.
    static func of(_ members: KeyValuePairs<String, FHIRNode?>) -> FHIRNode {
        .object(
            members.compactMap { name, value in
                guard let value, !value.isEmpty else { return nil }
                return Member(name: name, value: value)
            })
    }

    private var isEmpty: Bool {
        switch self {
        case .list(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .text(let text): text.isEmpty
        case .number, .flag: false
        }
    }

    func write(to text: inout JSONText) {
        switch self {
        case .text(let value): text.string(value)
        case .number(let value): text.number(value)
        case .flag(let value): text.boolean(value)
        case .list(let values):
            text.raw("[")
            for (index, value) in values.enumerated() {
                if index > 0 { text.raw(",") }
                value.write(to: &text)
            }
            text.raw("]")
        case .object(let members):
            text.raw("{")
            for (index, member) in members.enumerated() {
                if index > 0 { text.raw(",") }
                text.string(member.name)
                text.raw(":")
                member.value.write(to: &text)
            }
            text.raw("}")
        }
    }
}

extension FHIRNode: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .text(value) }
}

extension FHIRNode: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: FHIRNode...) { self = .list(elements) }
}
