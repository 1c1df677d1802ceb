// CSVItems owns the columns of CSV diagnoses and CSV requests (contract, section 3).
//
// Pure.

package import Radiology

/// The readers of CSV drops.
package enum CSVItems {
    /// The diagnoses of a whole drop, in order.
    ///
    /// - Throws: When the header is bad or no line follows it.
    package static func diagnoses(
        _ bytes: [UInt8], limits: CSVLimits = .standard
    ) throws(ItemError) -> [Result<Diagnosis, ItemError>] {
        try all(bytes, diagnosisReader(limits: limits))
    }

    /// The requests of a whole drop, in order.
    ///
    /// - Throws: When the header is bad or no line follows it.
    package static func requests(
        _ bytes: [UInt8], limits: CSVLimits = .standard
    ) throws(ItemError) -> [Result<RequestItem, ItemError>] {
        try all(bytes, requestReader(limits: limits))
    }

    /// A reader of diagnoses that takes the drop in chunks.
    package static func diagnosisReader(limits: CSVLimits = .standard) -> CSVItemReader<Diagnosis> {
        CSVItemReader(
            .init(
                name: "diagnoses", columns: diagnosisColumns, required: ["label", "readAt"],
                read: { fields throws(ItemError) in try diagnosis(fields) }), limits: limits)
    }

    /// A reader of requests that takes the drop in chunks.
    package static func requestReader(limits: CSVLimits = .standard) -> CSVItemReader<RequestItem> {
        CSVItemReader(
            .init(
                name: "requests", columns: requestColumns, required: ["id", "purpose"],
                read: { fields throws(ItemError) in try request(fields) }), limits: limits)
    }

    static let diagnosisColumns = [
        "facility", "accessionNumber", "studyInstanceUID", "reader", "label", "confidence", "readAt", "round", "text",
    ]
    static let requestColumns = ["id", "accessionNumber", "studyInstanceUID", "purpose", "prefer"]

    private static func all<Item>(
        _ bytes: [UInt8], _ reader: CSVItemReader<Item>
    ) throws(ItemError) -> [Result<Item, ItemError>] {
        var reader = reader
        var items: [Result<Item, ItemError>] = []
        for start in stride(from: 0, to: bytes.count, by: chunkByteCount) {
            let chunk = bytes[start..<min(start + chunkByteCount, bytes.count)]
            let part = chunk.withUnsafeBytes { chunk in
                Result { () throws(ItemError) in try reader.read(chunk) }
            }
            items += try part.get()
        }
        return items + (try reader.finish())
    }

    /// Bytes whose records are in memory at a time.
    private static let chunkByteCount = 1 << 16

    private static func exam(_ fields: CSVFields) throws(ItemError) -> ExamReference {
        ExamReference(
            facility: try fields.line("facility", FieldSyntax.partyID),
            accessionNumber: try fields.line("accessionNumber"),
            studyInstanceUID: try fields.line("studyInstanceUID", FieldSyntax.uid))
    }

    private static func diagnosis(_ fields: CSVFields) throws(ItemError) -> Diagnosis {
        var confidence = try fields.number("confidence")
        if let number = confidence { confidence = try FieldSyntax.confidence(number, at: fields.place("confidence")) }
        let diagnosis = Diagnosis(
            reader: try fields.line("reader", FieldSyntax.partyID), exam: try exam(fields),
            label: try fields.required(try fields.line("label"), "label"), confidence: confidence,
            text: try fields.text("text"),
            readAt: try fields.required(try fields.line("readAt", FieldSyntax.instant), "readAt"),
            round: try fields.count("round") ?? 1)
        return try DiagnosisRules.checked(diagnosis, at: fields.place)
    }

    private static func request(_ fields: CSVFields) throws(ItemError) -> RequestItem {
        let exam = try exam(fields)
        guard exam.namesExam else {
            throw fields.place.fault("names no exam: give its accessionNumber, its studyInstanceUID or both")
        }
        return .request(
            ExamRequest(
                id: try fields.required(try fields.line("id", FieldSyntax.requestID), "id"), subject: .exam(exam),
                purpose: try fields.required(try fields.line("purpose"), "purpose"), prefer: try preference(fields)))
    }

    private static func preference(_ fields: CSVFields) throws(ItemError) -> ExamRequest.Preference {
        guard let text = try fields.line("prefer") else { return .reduce }
        let words = ExamRequest.Preference.allCases.map(\.rawValue)
        let word = try FieldSyntax.word(text, of: words, at: fields.place("prefer"))
        return ExamRequest.Preference(rawValue: word) ?? .reduce
    }
}
