// The fee of one exam that is delivered.
//
// Owns one item of `dataFees` of a price list. What it leaves out fits everything; the most specific fee wins.

/// A fee.
package struct DataFee: Sendable, Equatable {
    /// A code of DICOM's Modality.
    package let modality: String?
    /// A code of DICOM's Body Part Examined.
    package let bodyPart: String?
    /// The description of a procedure.
    package let procedure: String?
    /// The id of a purpose.
    package let purpose: String?
    /// The id of the party that gets the exam.
    package let party: String?
    package let fee: ExactDecimal

    init(_ reader: KeyedReader, known: Identifiers) {
        modality = reader.optional("modality", Decode.code)
        bodyPart = reader.optional("bodyPart", Decode.code)
        procedure = reader.optional("procedure", Decode.text)
        purpose = reader.optional("purpose", Decode.reference(to: known.pricedPurposes, noun: "purpose"))
        party = reader.optional("party", Decode.reference(to: known.parties, noun: "party"))
        fee = reader.required("fee", Decode.price, else: ExactDecimal(0))
    }

    /// How many things it asks for.
    package var specificity: Int {
        [modality, bodyPart, procedure, purpose, party].count { $0 != nil }
    }

    func isForSame(as other: DataFee) -> Bool {
        (modality, bodyPart, procedure, purpose, party)
            == (other.modality, other.bodyPart, other.procedure, other.purpose, other.party)
    }
}
