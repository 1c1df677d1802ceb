// DiagnosisForm owns the question in which form a dropped diagnosis is written. The content decides; the name only
// where text says nothing, so that the right reader tells what is wrong with it.
//
// Pure.

/// The form of a dropped diagnosis.
package enum DiagnosisForm: Hashable, Sendable {
    case json, csv, hl7, sr
    /// None of them; says what it is and what would be right.
    case unknown(reason: String)

    /// - Parameters:
    ///   - name: The drop's name.
    ///   - prefix: The first KiB at least, or all of a shorter file.
    package static func detect(name: String, prefix: [UInt8]) -> DiagnosisForm {
        let wanted = "a diagnosis is JSON, CSV, HL7 v2 or DICOM SR"
        switch FormSigns.of(prefix, columns: CSVItems.diagnosisColumns) {
        case .json: return .json
        case .csv: return .csv
        case .hl7: return .hl7
        case .dicom: return .sr
        case .empty: return .unknown(reason: "the file is empty; \(wanted)")
        case .other(let kind): return .unknown(reason: "the file is \(kind); \(wanted)")
        case .text: return byName(name) ?? .unknown(reason: "the text has no known form; \(wanted)")
        }
    }

    private static func byName(_ name: String) -> DiagnosisForm? {
        let ending = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
        return ["json": .json, "csv": .csv, "hl7": .hl7][ending]
    }
}
