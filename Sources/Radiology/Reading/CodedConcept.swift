// CodedConcept owns a code of a coding scheme, as structured reports say what they mean.
//
// Pure. The meaning is for people; two concepts are the same when scheme and value are.

/// A coded entry.
///
/// - Source: DICOM PS3.3 section 8.
package struct CodedConcept: Hashable, Sendable, CustomStringConvertible {
    /// Code Value (0008,0100), or the long or URN form of it.
    package let value: String
    /// Coding Scheme Designator (0008,0102), such as `SCT` or `DCM`; empty for a URN.
    package let schemeDesignator: String
    /// Code Meaning (0008,0104); nil when the document gives none.
    package let meaning: String?

    package init(value: String, schemeDesignator: String, meaning: String? = nil) {
        self.value = value
        self.schemeDesignator = schemeDesignator
        self.meaning = meaning
    }

    /// `SCT:1234`, as `srLabels` of the configuration writes it; the value alone without a scheme.
    package var key: String { schemeDesignator.isEmpty ? value : "\(schemeDesignator):\(value)" }

    package var description: String { meaning.map { "\(key) (\($0))" } ?? key }

    package static func == (left: CodedConcept, right: CodedConcept) -> Bool {
        left.value == right.value && left.schemeDesignator == right.schemeDesignator
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(schemeDesignator)
    }
}
