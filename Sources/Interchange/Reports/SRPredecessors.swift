// SRPredecessors owns which documents a structured report says that it takes the place of.
//
// Pure. Source: DICOM PS3.3 table C.17-2, Predecessor Documents Sequence (0040,A360), and C.17.2.1.

internal import DICOM

enum SRPredecessors {
    /// More are not looked at.
    private static let limit = 1000

    /// SOP Instance UIDs, in the order of the file.
    static func uids(_ dataSet: DataSet) -> [String] {
        let named = dataSet.items(.predecessorDocumentsSequence).lazy
            .flatMap { $0.items(.referencedSeriesSequence) }
            .flatMap { $0.items(.referencedSOPSequence) }
            .compactMap { $0.text(.referencedSOPInstanceUID) }
        return Array(named.prefix(limit))
    }
}

extension Tag {
    fileprivate static let predecessorDocumentsSequence = Tag(0x0040_A360)
}
