// SRTags owns the tags of structured reports and documents that the module DICOM has no names for, and the codes of DICOM and SNOMED
// that reading a report asks for.

internal import DICOM
internal import Radiology

extension Tag {
    static let longCodeValue = Tag(0x0008_0119)
    static let urnCodeValue = Tag(0x0008_0120)
    static let graphicData = Tag(0x0070_0022)
    static let graphicType = Tag(0x0070_0023)
    static let authorObserverSequence = Tag(0x0040_A078)
    static let verifyingObserverIdentificationCodeSequence = Tag(0x0040_A088)
    static let personIdentificationCodeSequence = Tag(0x0040_1101)
    static let measurementUnitsCodeSequence = Tag(0x0040_08EA)
    static let referencedRequestSequence = Tag(0x0040_A370)
    static let performedProcedureCodeSequence = Tag(0x0040_A372)
    static let observationDateTime = Tag(0x0040_A032)
    static let completionFlagDescription = Tag(0x0040_A492)
    static let preliminaryFlag = Tag(0x0040_A496)
    static let sourceInstanceSequence = Tag(0x0042_0013)
    static let encapsulatedDocumentLength = Tag(0x0042_0015)
}

/// Codes that have a meaning here.
enum SRCode {
    static let personObserverName = CodedConcept(
        value: "121008", schemeDesignator: "DCM", meaning: "Person Observer Name")
    static let finding = CodedConcept(value: "121071", schemeDesignator: "DCM")
    static let certaintyOfFinding = CodedConcept(value: "111012", schemeDesignator: "DCM")

    /// The side that a code names, as the contract writes it.
    ///
    /// - Source: DICOM PS3.16 CID 244, with SNOMED RT codes as older reports have them.
    static func laterality(_ code: CodedConcept) -> String? {
        switch code.key {
        case "SCT:7771000", "SRT:G-A101", "SNM3:G-A101": "L"
        case "SCT:24028007", "SRT:G-A100", "SNM3:G-A100": "R"
        case "SCT:51440002", "SRT:G-A102", "SNM3:G-A102": "B"
        case "SCT:66459002", "SRT:G-A103", "SNM3:G-A103": "U"
        default: nil
        }
    }

    /// The code of a code sequence's first item.
    static func concept(_ tag: Tag, of dataSet: DataSet) -> CodedConcept? {
        guard let item = dataSet.items(tag).first else { return nil }
        let values = [Tag.codeValue, .longCodeValue, .urnCodeValue].compactMap { item.text($0) }
        guard let value = values.first(where: { !$0.isEmpty }) else { return nil }
        return CodedConcept(
            value: value, schemeDesignator: item.text(.codingSchemeDesignator) ?? "", meaning: item.text(.codeMeaning))
    }
}
