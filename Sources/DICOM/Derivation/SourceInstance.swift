// SourceInstance owns how a derived instance names the one that it was made from, wherever DICOM asks for that name.

/// The source, as it is named to the recipient.
package struct SourceInstance: Hashable, Sendable {
    package let sopClassUID: String
    package let sopInstanceUID: String
    /// Empty when the source has none.
    package let seriesInstanceUID: String

    package init(sopClassUID: String, sopInstanceUID: String, seriesInstanceUID: String) {
        self.sopClassUID = sopClassUID
        self.sopInstanceUID = sopInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
    }

    /// The item of a Source Image Sequence. Resampling leaves no pixel at the row and column where it was.
    ///
    /// - Source: DICOM PS3.3 section C.7.6.1.1.4.
    func item(isResampled: Bool) throws(DICOMError) -> DataSet {
        var item = try reference()
        item.set(.purposeOfReferenceCodeSequence, items: [try CodedConcept.sourceImage.item()])
        try item.set(.spatialLocationsPreserved, isResampled ? "NO" : "YES")
        return item
    }

    private func reference() throws(DICOMError) -> DataSet {
        var item = DataSet()
        try item.set(.referencedSOPClassUID, sopClassUID)
        try item.set(.referencedSOPInstanceUID, sopInstanceUID)
        return item
    }

    /// Images with functional groups list by series and study what they refer to.
    ///
    /// - Source: DICOM PS3.3 sections C.12.2 and C.8.13.2.
    func addEvidence(to dataSet: inout DataSet) throws(DICOMError) {
        let hasGroups = dataSet[.sharedFunctionalGroupsSequence] != nil
        guard hasGroups || dataSet[.referencedSeriesSequence] != nil, !seriesInstanceUID.isEmpty else { return }
        var series = DataSet()
        try series.set(.seriesInstanceUID, seriesInstanceUID)
        series.set(.referencedInstanceSequence, items: [try reference()])
        let others = dataSet.items(.referencedSeriesSequence).map { other in
            other.text(.seriesInstanceUID) == seriesInstanceUID ? merged(series, with: other) : other
        }
        let isThere = others.contains { $0.text(.seriesInstanceUID) == seriesInstanceUID }
        dataSet.set(.referencedSeriesSequence, items: isThere ? others : others + [series])
        guard hasGroups, let study = dataSet.text(.studyInstanceUID), !study.isEmpty else { return }
        var evidenceSeries = DataSet()
        try evidenceSeries.set(.seriesInstanceUID, seriesInstanceUID)
        evidenceSeries.set(.referencedSOPSequence, items: [try reference()])
        var evidence = DataSet()
        try evidence.set(.studyInstanceUID, study)
        evidence.set(.referencedSeriesSequence, items: [evidenceSeries])
        dataSet.set(.sourceImageEvidenceSequence, items: [evidence])
    }

    private func merged(_ own: DataSet, with other: DataSet) -> DataSet {
        var both = other
        both.set(
            .referencedInstanceSequence,
            items: other.items(.referencedInstanceSequence) + own.items(.referencedInstanceSequence))
        return both
    }
}
