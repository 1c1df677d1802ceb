// De-identification by the table of PS3.15, down to items of items.

import Testing

@testable import DICOM

@Suite struct DeidentifierTests {
    private let uids = DerivedUID(
        DerivedUID.Terms(
            recipient: "southside", policyVersion: "p1", density: 1, form: "stored", isDeidentified: true))

    private func cleaned(_ dataSet: DataSet) throws -> DataSet {
        try Deidentifier(uids: uids).applied(to: dataSet)
    }

    @Test func eachActionOfTheTable() throws {
        var dataSet = DataSet()
        try dataSet.set(.patientName, "YAMADA^HANAKO")
        try dataSet.set(.patientID, "P-1")
        try dataSet.set(.studyDescription, "of YAMADA")
        try dataSet.set(.contentDate, "20260102")
        try dataSet.set(.studyInstanceUID, "1.2.3")
        try dataSet.set(.modality, "CT")
        let made = try cleaned(dataSet)
        #expect(made[.patientName]?.bytes == [])
        #expect(made.text(.patientID) == "REMOVED")
        #expect(made[.studyDescription] == nil)
        #expect(made.text(.contentDate) == "19000101")
        #expect(made.text(.studyInstanceUID) == uids.standIn(.study, for: "1.2.3"))
        #expect(made.text(.modality) == "CT")
        #expect(made.text(.patientIdentityRemoved) == "YES")
    }

    @Test func privateAndUnknownElementsGo() throws {
        var item = DataSet()
        try item.set(Tag(0x0009_0010), "MAKER", vr: .lo)
        try item.set(.modality, "CT")
        var dataSet = DataSet()
        dataSet.set(.requestAttributesSequence, items: [item])
        dataSet.set(.referencedImageSequence, items: [item])
        try dataSet.set(Tag(0x0008_FFF0), "who knows", vr: .lo)
        try dataSet.set(Tag(0x6000_4000), "overlay of YAMADA", vr: .lt)
        let made = try cleaned(dataSet)
        #expect(made[.requestAttributesSequence] == nil)
        #expect(made.items(.referencedImageSequence).map { $0.elements.map(\.tag) } == [[.modality]])
        #expect(made[Tag(0x0008_FFF0)] == nil && made[Tag(0x6000_4000)] == nil)
    }

    @Test func contentKeepsItsCodesAndLosesItsTexts() throws {
        var code = DataSet()
        try code.set(.codeValue, "121071")
        try code.set(.codeMeaning, "Finding")
        var content = DataSet()
        content.set(.conceptNameCodeSequence, items: [code])
        try content.set(.textValue, "YAMADA has it")
        try content.set(.valueType, "TEXT")
        var dataSet = DataSet()
        dataSet.set(.contentSequence, items: [content])
        let made = try #require(try cleaned(dataSet).items(.contentSequence).first)
        #expect(made.items(.conceptNameCodeSequence).first?.text(.codeMeaning) == "Finding")
        #expect(made.text(.textValue) == "REMOVED" && made.text(.valueType) == "TEXT")
    }

    @Test func uidsOfTheStandardStay() throws {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.2")
        try dataSet.set(.frameOfReferenceUID, "1.2.840.10008.1.4.1.1")
        let made = try cleaned(dataSet)
        #expect(made.text(.sopClassUID) == "1.2.840.10008.5.1.4.1.1.2")
        #expect(made.text(.frameOfReferenceUID) == "1.2.840.10008.1.4.1.1")
    }

    @Test func theTableIsWhole() {
        #expect(ConfidentialityProfile.action(for: .patientBirthDate) == .empty)
        #expect(ConfidentialityProfile.action(for: .sopInstanceUID) == .replaceUID)
        #expect(ConfidentialityProfile.action(for: .rows) == .keep)
        #expect(TableLines(profileTable).ranges.count == 652)
    }
}
