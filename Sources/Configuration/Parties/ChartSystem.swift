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

    init(_ reader: KeyedReader, known: Identifiers) {
        id = reader.required("id", Decode.identifier, else: "")
        name = reader.value("name", Decode.text, default: id)
        facility = reader.required("facility", Decode.reference(to: known.facilities, noun: "facility"), else: "")
        formats = reader.value(
            "formats", Decode.list(of: Decode.word(ChartFormat.self), atLeast: 1), default: [.fhir, .hl7])
    }
}

/// A form in which a chart system takes results.
package enum ChartFormat: String, CaseIterable, Sendable {
    /// `pdf`: a report to read.
    case fhir, hl7, sr, pdf
}
