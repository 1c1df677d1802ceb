// DescriptionPattern owns which series descriptions a purpose lets through.
//
// Pure. `*` stands for any characters, `?` for one, and all others for themselves without regard to case. Matching takes
// time in proportion to pattern × text at most, whatever either holds.

/// A pattern of a series description, which it covers as a whole: `*MLO*`.
package struct DescriptionPattern: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Whether a description is of this form; an empty one is only of the form `*`.
    package func matches(_ description: String) -> Bool {
        let pattern = Array(text.lowercased())
        let subject = Array(description.lowercased())
        var (place, position) = (0, 0)
        var restart: (place: Int, position: Int)?
        while position < subject.count {
            if place < pattern.count, pattern[place] == "*" {
                restart = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == subject[position] {
                place += 1
                position += 1
            } else if let last = restart {
                restart = (last.place, last.position + 1)
                (place, position) = (last.place + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
