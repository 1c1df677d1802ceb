// SRContentItem owns one node of a report's content tree.
//
// Source: DICOM PS3.3 section C.17.3. A view of a data set; it keeps nothing of its own.

internal import DICOM
internal import Radiology

/// A content item.
struct SRContentItem {
    let dataSet: DataSet
    /// `1.2.3`: where it is in the tree, as dumps number items.
    let path: String

    /// `TEXT`, `CODE`, `NUM` and so on; "" when it is missing, as in items by reference.
    var valueType: String { dataSet.text(.valueType) ?? "" }
    /// `CONTAINS`, `HAS OBS CONTEXT` and so on; "" for the root.
    var relationship: String { dataSet.text(.relationshipType) ?? "" }
    var name: CodedConcept? { SRCode.concept(.conceptNameCodeSequence, of: dataSet) }
    /// What a CODE item says.
    var code: CodedConcept? { valueType == "CODE" ? SRCode.concept(.conceptCodeSequence, of: dataSet) : nil }
    /// What a TEXT item says.
    var text: String? { valueType == "TEXT" ? dataSet.text(.textValue) : nil }

    /// Whether it describes its parent or the circumstances, and is no statement of the report.
    var isContext: Bool { ["HAS CONCEPT MOD", "HAS OBS CONTEXT", "HAS ACQ CONTEXT"].contains(relationship) }

    var place: ItemPlace { ItemPlace(field: "content item \(path)") }

    var children: [SRContentItem] {
        dataSet.items(.contentSequence).enumerated().map { SRContentItem(dataSet: $1, path: "\(path).\($0 + 1)") }
    }

    /// Itself and all below, in the order of the document. The depth is bounded by the reader of the file.
    func forEach(_ body: (SRContentItem) throws(ItemError) -> Void) throws(ItemError) {
        try body(self)
        for child in children { try child.forEach(body) }
    }

    /// All below itself.
    var descendants: [SRContentItem] { children.flatMap { [$0] + $0.descendants } }
}
