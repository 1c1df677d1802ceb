// A system that keeps a facility's charts, and takes results in its own formats.
//
// Owns one item of `chartSystems` in `parties.yaml`.

/// A chart system.
package struct ChartSystem: Sendable, Equatable {
    package let id: String
    package let name: String
    /// The facility whose charts it keeps.
    package let facility: String
    package let formats: [ChartFormat]
    /// The characters of its HL7 messages and DICOM objects.
    package let characterSet: ChartCharacterSet

    init(_ reader: KeyedReader, known: Identifiers) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        facility = reader.required("facility", Decode.reference(to: known.facilities, noun: "facility"), else: "")
        formats = reader.value(
            "formats", Decode.list(of: Decode.word(ChartFormat.self), atLeast: 1), default: [.fhir, .hl7])
        characterSet = reader.value("characterSet", Decode.word(ChartCharacterSet.self), default: .utf8)
    }
}

/// A form in which a chart system takes results.
package enum ChartFormat: String, CaseIterable, Sendable {
    /// `hl7Batch`: the message of `hl7` in a batch; `mdm`: a document; `pdf`: a report to read; `dicomPDF`: the same in a
    /// DICOM envelope.
    case fhir, hl7, hl7Batch, mdm, sr, pdf, dicomPDF
}

/// Characters that a chart system reads.
package enum ChartCharacterSet: String, CaseIterable, Sendable {
    case utf8 = "UTF-8"
    /// Japanese by the escapes of ISO 2022.
    case iso2022Japanese = "ISO-2022-JP"
}
