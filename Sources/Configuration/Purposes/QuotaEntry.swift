// How many exams a party may be given for a purpose within a time.
//
// Owns one item of `quotas` in `purposes.yaml`. The first one that names party and purpose holds.

/// A bound on exams given.
package struct QuotaEntry: Sendable, Equatable {
    /// Ids of parties, each of which has the bound for itself.
    package let parties: Selection
    /// The id of a purpose.
    package let purpose: String
    package let examCount: Int
    package let withinMilliseconds: Int64

    init(_ reader: KeyedReader, known: Identifiers) {
        parties = reader.value(
            "parties", Decode.selection(of: Decode.reference(to: known.parties, noun: "party")), default: .all)
        purpose = reader.required("purpose", Decode.reference(to: known.purposes, noun: "purpose"), else: "")
        examCount = reader.required("exams", Decode.integer(in: 0...100_000_000), else: 0)
        withinMilliseconds = reader.required("within", Decode.positiveDuration, else: 1)
    }
}
