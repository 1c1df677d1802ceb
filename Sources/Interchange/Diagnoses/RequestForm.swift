// RequestForm owns the question in which form a dropped request is written. The content decides; the name only where
// text says nothing.
//
// Pure.

/// The form of a dropped request.
package enum RequestForm: Hashable, Sendable {
    case json, csv
    /// Neither; says what it is and what would be right.
    case unknown(reason: String)

    /// - Parameters:
    ///   - name: The drop's name.
    ///   - prefix: The first KiB at least, or all of a shorter file.
    package static func detect(name: String, prefix: [UInt8]) -> RequestForm {
        let wanted = "a request is JSON or CSV"
        switch FormSigns.of(prefix, columns: CSVItems.requestColumns) {
        case .json: return .json
        case .csv: return .csv
        case .empty: return .unknown(reason: "the file is empty; \(wanted)")
        case .hl7: return .unknown(reason: "the file is HL7; \(wanted)")
        case .dicom: return .unknown(reason: "the file is DICOM; \(wanted)")
        case .other(let kind): return .unknown(reason: "the file is \(kind); \(wanted)")
        case .text:
            if name.lowercased().hasSuffix(".csv") { return .csv }
            if name.lowercased().hasSuffix(".json") { return .json }
            return .unknown(reason: "the text has no known form; \(wanted)")
        }
    }
}
