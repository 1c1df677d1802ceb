// What a derived instance says of itself.

import Testing

@testable import DICOM

@Suite struct DerivationRecordTests {
    private func recorded(_ dataSet: DataSet, _ change: DerivationRecord.Change = .resampled) throws -> DataSet {
        try DerivationRecord(
            description: "halved", change: change,
            source: SourceInstance(sopClassUID: "1.2.840.1", sopInstanceUID: "1.2.3", seriesInstanceUID: "1.2.4"),
            sopInstanceUID: "2.25.1", seriesInstanceUID: "2.25.2"
        ).applied(to: dataSet)
    }

    @Test func aChainOfDerivationsIsKept() throws {
        var dataSet = DataSet()
        try dataSet.set(.imageType, ["ORIGINAL", "SECONDARY", "AXIAL"])
        try dataSet.set(.derivationDescription, "filtered")
        let made = try recorded(try recorded(dataSet))
        #expect(made.values(.imageType) == ["DERIVED", "SECONDARY", "AXIAL"])
        #expect(made.text(.derivationDescription) == "filtered; halved; halved")
        #expect(made.items(.derivationCodeSequence).map { $0.text(.codeValue) } == ["113085", "113085"])
        #expect(made.items(.sourceImageSequence).count == 1)
    }

    @Test func onlyNamesChangeWhenNoPixelDoes() throws {
        var dataSet = DataSet()
        try dataSet.set(.imageType, ["ORIGINAL", "PRIMARY"])
        let made = try recorded(dataSet, .none)
        #expect(made.values(.imageType) == ["ORIGINAL", "PRIMARY"])
        #expect(made.text(.sopInstanceUID) == "2.25.1" && made[.sourceImageSequence] == nil)
    }

    @Test func aSeriesThatIsReferredToAlreadyIsNotNamedTwice() throws {
        var series = DataSet()
        try series.set(.seriesInstanceUID, "1.2.4")
        series.set(.referencedInstanceSequence, items: [DataSet()])
        var dataSet = DataSet()
        dataSet.set(.referencedSeriesSequence, items: [series])
        let made = try recorded(dataSet).items(.referencedSeriesSequence)
        #expect(made.count == 1 && made[0].items(.referencedInstanceSequence).count == 2)
    }

    @Test func lossIsNotForgotten() throws {
        let baseline = try #require(TransferSyntax.known("1.2.840.10008.1.2.4.50"))
        var dataSet = DataSet()
        try LossyHistory.note(baseline, ratio: 12.345, in: &dataSet)
        #expect(dataSet.text(.lossyImageCompression) == "01")
        #expect(dataSet.text(.lossyImageCompressionRatio) == "12.35")
        #expect(dataSet.text(.lossyImageCompressionMethod) == "ISO_10918_1")
        let before = dataSet
        try LossyHistory.note(baseline, ratio: 3, in: &dataSet)
        try LossyHistory.note(.explicitVRLittleEndian, ratio: 3, in: &dataSet)
        #expect(dataSet == before)
    }
}
