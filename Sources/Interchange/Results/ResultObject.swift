// ResultObject owns what the DICOM objects of a result have alike: patient, study, series, equipment, identity, and the
// character set in which all of it can be said.
//
// Pure. What the recipient's repertoire lacks is written in UTF-8.
// Source: DICOM PS3.3 sections C.7.1.1, C.7.2.1, C.7.5.1, C.12.1.

internal import DICOM

/// The data set of an object about a result.
struct ResultObject {
    let result: ReportedResult
    let identifiers: ReportIdentifiers

    init(_ result: ReportedResult) {
        self.result = result
        identifiers = ReportIdentifiers(result: result)
    }

    /// A Part 10 file.
    ///
    /// - Parameter fill: Adds what is of this kind of object alone.
    func file(_ form: ResultForm, _ fill: (inout DataSet) throws(DICOMError) -> Void) throws(DICOMError) -> [UInt8] {
        var failure: DICOMError?
        for terms in characterSets {
            do throws(DICOMError) {
                var dataSet = DataSet()
                if !terms.isEmpty { try dataSet.set(.specificCharacterSet, terms) }
                try describe(&dataSet, form)
                try fill(&dataSet)
                return try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: dataSet)
            } catch { failure = error }
        }
        throw failure ?? .unwritable(tag: .specificCharacterSet, text: "no character set is left")
    }

    /// In the order in which they are tried.
    private var characterSets: [[String]] {
        let unicode = ["ISO_IR 192"]
        guard result.repertoire == .iso2022Japanese else { return [unicode] }
        return [["", "ISO 2022 IR 87"], ["", "ISO 2022 IR 87", "ISO 2022 IR 159"], unicode]
    }

    private func describe(_ dataSet: inout DataSet, _ form: ResultForm) throws(DICOMError) {
        let (patient, study) = (result.patient, result.study)
        try dataSet.set(.patientName, patient.name)
        try dataSet.set(.patientID, patient.patientID)
        if let issuer = patient.issuer { try dataSet.set(.issuerOfPatientID, issuer) }
        try dataSet.set(.patientBirthDate, patient.birthDate ?? "")
        try dataSet.set(.patientSex, patient.sex ?? "")
        try dataSet.set(.studyInstanceUID, study.studyInstanceUID)
        try dataSet.set(.studyDate, study.date ?? "")
        try dataSet.set(.studyTime, study.time ?? "")
        try dataSet.set(.accessionNumber, study.accessionNumber ?? "")
        try dataSet.set(.studyID, study.studyID ?? "")
        try dataSet.set(.referringPhysicianName, study.referringPhysicianName ?? "")
        if let description = study.description { try dataSet.set(.studyDescription, description) }
        try dataSet.set(.seriesInstanceUID, identifiers.seriesInstanceUID(form))
        try dataSet.set(.seriesNumber, integers: [Self.seriesNumbers[form] ?? 1])
        try dataSet.set(.manufacturer, "Filmroom")
        try dataSet.set(.institutionName, Self.shortened(result.site.name))
        try dataSet.set(.sopInstanceUID, identifiers.sopInstanceUID(form, version: result.version))
        try dataSet.set(.instanceNumber, integers: [result.version])
        try dataSet.set(.contentDate, String(result.determinedAt.prefix(10).filter(\.isNumber)))
        try dataSet.set(.contentTime, String(result.determinedAt.dropFirst(11).prefix(8).filter(\.isNumber)))
        try dataSet.set(.timezoneOffsetFromUTC, String(HL7Time.text(result.determinedAt).suffix(5)))
    }

    /// After those that apparatus gives.
    private static let seriesNumbers: [ResultForm: Int] = [.sr: 9001, .dicomPDF: 9002]

    /// A text as LO takes one: 64 characters, no backslash.
    ///
    /// - Source: DICOM PS3.5 table 6.2-1.
    static func shortened(_ text: String) -> String {
        let line = text.unicodeScalars.map { $0 == "\\" || $0.value < 0x20 ? " " : $0 }.prefix(64)
        return line.reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}
