// Ranges and wishes as the catalogue keeps them with a decision: in JSON, exactly, so that what was granted is given however
// the configuration has changed since.
//
// Pure.

internal import Access
internal import Foundation

/// An available range as it is kept.
struct StoredRange: Codable, Equatable {
    let kinds: [String]?
    let imageTypes: [String]?
    let seriesDescriptions: [String]?
    let keyImagesOnly: Bool
    let pixelDensity: String
    let imageProcessing: Bool
    let reports: Bool
    let reportInput: Bool
    let mostRecent: Int?
    let forMilliseconds: Int64?
    let deidentified: Bool

    init(_ range: AvailableRange) {
        kinds = range.kinds.modalities.sortedNames
        imageTypes = range.kinds.imageTypes?.map { $0.values.joined(separator: "\\") }
        seriesDescriptions = range.kinds.seriesDescriptions?.map(\.text)
        keyImagesOnly = range.kinds.keyImagesOnly
        pixelDensity = range.pixelDensity.description
        imageProcessing = range.imageProcessing
        reports = range.reports
        reportInput = range.reportInput
        mostRecent = range.mostRecent
        forMilliseconds = range.forMilliseconds
        deidentified = range.deidentified
    }

    func range() throws -> AvailableRange {
        guard let density = PixelDensity(decimal: pixelDensity) else {
            throw StageError.unexpected("a stored range has the pixel density '\(pixelDensity)'")
        }
        return AvailableRange(
            kinds: ImageKinds(
                modalities: kinds.map { .only(Set($0)) } ?? .all, imageTypes: imageTypes?.map { ImageTypePattern($0) },
                seriesDescriptions: seriesDescriptions?.map { DescriptionPattern($0) }, keyImagesOnly: keyImagesOnly),
            pixelDensity: density, imageProcessing: imageProcessing, reports: reports, reportInput: reportInput,
            mostRecent: mostRecent, forMilliseconds: forMilliseconds, deidentified: deidentified)
    }
}

/// A wish, or an offer, as it is kept.
struct StoredWish: Codable, Equatable {
    let kinds: [String]?
    let pixelDensity: String?
    let imageProcessing: Bool?
    let reports: Bool?
    /// Of an offer: which images of these kinds the purpose gives, where not all.
    let only: ImageLimits?

    init(_ wish: WantedRange, only: ImageLimits? = nil) {
        self.only = only
        kinds = wish.kinds
        pixelDensity = wish.pixelDensity?.description
        imageProcessing = wish.imageProcessing
        reports = wish.reports
    }

    var wish: WantedRange {
        WantedRange(
            kinds: kinds, pixelDensity: pixelDensity.flatMap { PixelDensity(decimal: $0) },
            imageProcessing: imageProcessing, reports: reports)
    }
}

/// What a purpose demands of images besides their modality; nil and false demand nothing.
struct ImageLimits: Codable, Equatable {
    let imageTypes: [String]?
    let seriesDescriptions: [String]?
    let keyImagesOnly: Bool

    /// nil when nothing is demanded.
    init?(_ kinds: ImageKinds) {
        guard kinds.imageTypes != nil || kinds.seriesDescriptions != nil || kinds.keyImagesOnly else { return nil }
        imageTypes = kinds.imageTypes?.map { $0.values.joined(separator: "\\") }
        seriesDescriptions = kinds.seriesDescriptions?.map(\.text)
        keyImagesOnly = kinds.keyImagesOnly
    }
}

/// Values as the text of a catalogue row.
enum StoredJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, of text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
