// What one facility lets another one ask for.
//
// Owns one item of `sharing` in `purposes.yaml`. Invariant: two different facilities.

/// A permission between facilities.
package struct SharingRule: Sendable, Equatable {
    /// The facility whose exams they are.
    package let from: String
    /// The facility that may ask for them.
    package let to: String
    /// Ids of purposes.
    package let purposes: Selection
    /// Patient ids, as the facility `from` issues them.
    package let patients: Selection

    init(_ reader: KeyedReader, known: Identifiers) {
        let facility = Decode.reference(to: known.facilities, noun: "facility")
        from = reader.required("from", facility, else: "")
        to = reader.required("to", facility, else: "")
        purposes = reader.required(
            "purposes", Decode.selection(of: Decode.reference(to: known.purposes, noun: "purpose")), else: .all)
        patients = reader.value("patients", Decode.selection(of: Decode.text), default: .all)
        if from == to, !from.isEmpty {
            reader.given("to")?.fail("a facility has its own exams anyway; name another one than \"\(from)\"")
        }
    }
}
