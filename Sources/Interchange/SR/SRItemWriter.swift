// SRItemWriter owns the content items of a structured report in the making.
//
// Pure. Items are in the character set of the data set that they come into.
// Source: DICOM PS3.3 sections C.17.3 and C.18.

internal import DICOM
internal import Radiology

/// Makes content items.
struct SRItemWriter {
    /// What the items come into.
    let parent: DataSet
    /// When the document was made, ISO 8601 with the offset of its times.
    let documentedAt: String

    /// A heading with items below it.
    ///
    /// - Parameter relationship: nil for the root.
    func container(_ name: CodedConcept, relationship: String?, _ items: [DataSet]) throws(DICOMError) -> DataSet {
        var item = try self.item("CONTAINER", name, relationship)
        try item.set(.continuityOfContent, "SEPARATE")
        if !items.isEmpty { item.set(.contentSequence, items: items) }
        return item
    }

    /// - Parameter text: Lines with a line feed between them.
    func text(_ name: CodedConcept, _ text: String, observedAt: String? = nil) throws(DICOMError) -> DataSet {
        var item = try self.item("TEXT", name, "CONTAINS")
        if let observedAt { try item.set(.observationDateTime, HL7Time.dicomText(observedAt, in: documentedAt)) }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        try item.set(.textValue, lines.joined(separator: "\r\n"))
        return item
    }

    func code(_ name: CodedConcept, _ code: CodedConcept) throws(DICOMError) -> DataSet {
        var item = try self.item("CODE", name, "CONTAINS")
        item.set(.conceptCodeSequence, items: [try concept(code)])
        return item
    }

    /// Who observed what stands beside it.
    func observer(_ name: String) throws(DICOMError) -> DataSet {
        var item = try self.item("PNAME", SRCode.personObserverName, "HAS OBS CONTEXT")
        // A name of one part says that it is the family's, or it reads as the retired form.
        try item.set(.personName, name.contains { "^=".contains($0) } ? name : name + "^")
        return item
    }

    private func item(_ type: String, _ name: CodedConcept, _ relationship: String?) throws(DICOMError) -> DataSet {
        var item = parent.emptyItem
        if let relationship { try item.set(.relationshipType, relationship) }
        try item.set(.valueType, type)
        item.set(.conceptNameCodeSequence, items: [try concept(name)])
        return item
    }

    /// A value that is longer than SH holds goes as a long one.
    private func concept(_ code: CodedConcept) throws(DICOMError) -> DataSet {
        var item = parent.emptyItem
        let isLong = code.value.unicodeScalars.count > Self.longestCodeValue
        try item.set(isLong ? .longCodeValue : .codeValue, code.value)
        try item.set(.codingSchemeDesignator, code.schemeDesignator)
        try item.set(.codeMeaning, code.meaning ?? code.value)
        return item
    }

    private static let longestCodeValue = 16
}
