// A party of the site, whatever its kind.
//
// Invariant: an id is unique among all kinds. Never holds what only one kind has.

/// Somebody who drops files or picks them up.
package struct Party: Sendable, Equatable {
    /// 1 to 32 of `a-z`, `0-9` and `-`; the name of its folders.
    package let id: String
    package let name: String
    package let kind: PartyKind
    /// The facility that it is or belongs to; nil for readers and management.
    package let facility: String?
}
