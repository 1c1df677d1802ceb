// ReadingFee owns what a doctor is paid for the reading of one exam, and which readings it is for.
//
// Pure. What it leaves out fits everything.

/// A fee for a reading.
package struct ReadingFee: Hashable, Sendable {
    /// The id of a reader; nil for any.
    package let reader: String?
    /// A code of DICOM's Modality; nil for any.
    package let modality: String?
    package let fee: Price

    package init(reader: String? = nil, modality: String? = nil, fee: Price) {
        self.reader = reader
        self.modality = modality
        self.fee = fee
    }

    /// How many things it asks for.
    var specificity: Int { [reader, modality].count { $0 != nil } }

    func fits(_ reading: Reading) -> Bool {
        reader.map { $0 == reading.reader } ?? true && modality.map(reading.modalities.contains) ?? true
    }

    /// What it asks for, for people: `modality MG`; `any exam` when it asks for nothing.
    var conditionText: String {
        let conditions = [reader.map { "reader \($0)" }, modality.map { "modality \($0)" }].compactMap(\.self)
        return conditions.isEmpty ? "any exam" : conditions.joined(separator: ", ")
    }
}

/// The first answer of a doctor on an exam.
package struct Reading: Hashable, Sendable {
    /// The id of its event in the usage ledger.
    package let event: String
    package let reader: String
    /// The key of the exam.
    package let exam: String
    /// The id of the facility whose exam it is.
    package let facility: String
    /// When it was sealed, in seconds since 1970.
    package let atSeconds: Int64
    /// The day of that, in the time zone of the site.
    package let day: BillingDay
    package let modalities: Set<String>

    package init(
        event: String, reader: String, exam: String, facility: String, atSeconds: Int64, day: BillingDay,
        modalities: Set<String>
    ) {
        self.event = event
        self.reader = reader
        self.exam = exam
        self.facility = facility
        self.atSeconds = atSeconds
        self.day = day
        self.modalities = modalities
    }
}
