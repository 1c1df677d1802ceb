// Something that a bag's reader found.

/// A problem of a bag.
package struct BagProblem: Sendable, Equatable, CustomStringConvertible {
    package enum Severity: Int, Sendable, Comparable {
        /// Odd, and without consequence.
        case warning
        /// What a bag that is still being written looks like: something missing, cut off or not yet as declared.
        case unfinished
        /// What no further byte can put right.
        case unfit

        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    package let severity: Severity
    package let text: String
    /// The tag file that has to be sent again; nil when it is none, or not known.
    package let tagFile: [UInt8]?

    package init(severity: Severity, text: String, tagFile: [UInt8]? = nil) {
        self.severity = severity
        self.text = text
        self.tagFile = tagFile
    }

    package var description: String { text }
}
