// The number of a drop, as people see it: `d-000017`.

/// A drop's identity in this site.
package struct DropID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) {
        self.number = number
    }

    /// - Parameter text: `d-` and digits; nil when it is anything else.
    package init?(text: String) {
        guard text.hasPrefix("d-"), let number = Int64(text.dropFirst(2)), number > 0 else { return nil }
        self.number = number
    }

    package var description: String {
        let digits = String(number)
        return "d-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    package static func < (left: DropID, right: DropID) -> Bool { left.number < right.number }
}
