// What a protocol asks of an exam, read from its catalogue rows.

internal import Catalog
internal import Configuration
internal import Foundation

/// The sort of exam that one is.
struct ExamFacts: Sendable, Equatable {
    let facility: String
    let modalities: Set<String>
    let bodyParts: Set<String>
    /// Descriptions of study, procedure and series.
    let descriptions: [String]

    init(facility: String, modalities: Set<String>, bodyParts: Set<String>, descriptions: [String]) {
        self.facility = facility
        self.modalities = modalities
        self.bodyParts = bodyParts
        self.descriptions = descriptions
    }

    init(_ exam: ExamRecord, series: [SeriesRecord]) throws {
        facility = exam.facility
        modalities = Set(series.map(\.modality)).subtracting([""])
        bodyParts = Set(series.map(\.bodyPart)).subtracting([""])
        let study = try AttributeText(exam.studyAttributes)
        descriptions =
            [study["studyDescription"], study["requestedProcedureDescription"]].compactMap { $0 }
            + (try series.flatMap { series in
                let attributes = try AttributeText(series.attributes)
                return [attributes["seriesDescription"], attributes["performedProcedureStepDescription"]]
                    .compactMap { $0 }
            })
    }

    /// The first protocol of the configuration that is for such an exam.
    func readingProtocol(of protocols: [ReadingProtocol]) -> ReadingProtocol? {
        protocols.first { fits($0.match) }
    }

    /// Whether a protocol is for such an exam. Descriptions fit when a wanted text is part of one, whatever the case.
    func fits(_ match: ProtocolMatch) -> Bool {
        match.facilities.contains(facility) && Self.fits(match.modalities, modalities)
            && Self.fits(match.bodyParts, bodyParts) && fitsDescriptions(match.descriptions)
    }

    private static func fits(_ wanted: Selection, _ values: Set<String>) -> Bool {
        guard case .only(let names) = wanted else { return true }
        return names.contains { values.contains($0) }
    }

    private func fitsDescriptions(_ wanted: Selection) -> Bool {
        guard case .only(let texts) = wanted else { return true }
        return texts.contains { text in
            descriptions.contains { $0.range(of: text, options: .caseInsensitive) != nil }
        }
    }
}

/// The attributes of a catalogue row.
struct AttributeText {
    private let values: [String: Any]

    init(_ json: String) throws {
        guard let values = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
            throw StageError.unexpected("attributes of a row are no JSON object: \(json.prefix(80))")
        }
        self.values = values
    }

    /// A value as text; nil when the row does not have it, or it is empty.
    subscript(_ name: String) -> String? {
        switch values[name] {
        case let text as String: text.isEmpty ? nil : text
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// All that the row says anything of, be it that there is none.
    var names: [String] { Array(values.keys) }
}
