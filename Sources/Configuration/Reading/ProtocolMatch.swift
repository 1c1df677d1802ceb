// Which exams a protocol is for.
//
// Owns the `match` block of a protocol. Everything that it leaves out matches all.

/// The exams of a protocol.
package struct ProtocolMatch: Sendable, Equatable {
    /// Codes of DICOM's Modality: `MG`.
    package let modalities: Selection
    /// Codes of DICOM's Body Part Examined.
    package let bodyParts: Selection
    /// Parts of the study's or procedure's description, compared without regard to case.
    package let descriptions: Selection
    /// Ids of facilities.
    package let facilities: Selection

    /// Matches every exam.
    package static let everything = ProtocolMatch(
        modalities: .all, bodyParts: .all, descriptions: .all, facilities: .all)

    static func decode(_ field: Field, known: Identifiers) -> ProtocolMatch? {
        KeyedReader.block(field) { reader in
            ProtocolMatch(
                modalities: reader.value("modalities", Decode.selection(of: Decode.code), default: .all),
                bodyParts: reader.value("bodyParts", Decode.selection(of: Decode.code), default: .all),
                descriptions: reader.value("descriptions", Decode.selection(of: Decode.text), default: .all),
                facilities: reader.value(
                    "facilities",
                    Decode.selection(of: Decode.reference(to: known.facilities, noun: "facility")), default: .all))
        }
    }
}
