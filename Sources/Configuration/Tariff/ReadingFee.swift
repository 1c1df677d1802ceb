// What a doctor is paid for the reading of one exam.
//
// Owns one item of `readingFees` of a price list. What it leaves out fits everything; the most specific fee wins. Where a list
// has none, readings of its facilities' exams are not settled.

/// A fee for a reading.
package struct ReadingFee: Sendable, Equatable {
    /// The id of a reader.
    package let reader: String?
    /// A code of DICOM's Modality.
    package let modality: String?
    package let fee: ExactDecimal

    init(_ reader: KeyedReader, known: Identifiers) {
        self.reader = reader.optional("reader", Decode.reference(to: known.readers, noun: "reader"))
        modality = reader.optional("modality", Decode.code)
        fee = reader.required("fee", Decode.price, else: ExactDecimal(0))
    }
}
