// Which DICOM attributes the catalogue keeps, at which level, and their JSON text.
//
// Names are the keywords of PS3.6 in lowerCamelCase. A row of a level holds the attributes as they were first stored;
// an instance that says otherwise carries what differs, so that the catalogue shows each file as it is.

internal import DICOM
internal import Foundation
internal import Interchange

/// An attribute that the catalogue keeps.
struct CatalogAttribute: Sendable {
    let tag: Tag
    /// `"keyword":`
    let key: String
    let isNumber: Bool

    init(_ group: UInt16, _ element: UInt16, _ keyword: String, number: Bool = false) {
        tag = Tag(group: group, element: element)
        key = "\"\(keyword)\":"
        isNumber = number
    }
}

enum CatalogAttributes {
    static let patient = [
        CatalogAttribute(0x0010, 0x0010, "patientName"),
        CatalogAttribute(0x0010, 0x0020, "patientID"),
        CatalogAttribute(0x0010, 0x0021, "issuerOfPatientID"),
        CatalogAttribute(0x0010, 0x0030, "patientBirthDate"),
        CatalogAttribute(0x0010, 0x0040, "patientSex"),
    ]
    static let study = [
        CatalogAttribute(0x0020, 0x000D, "studyInstanceUID"),
        CatalogAttribute(0x0020, 0x0010, "studyID"),
        CatalogAttribute(0x0008, 0x0020, "studyDate"),
        CatalogAttribute(0x0008, 0x0030, "studyTime"),
        CatalogAttribute(0x0008, 0x0050, "accessionNumber"),
        CatalogAttribute(0x0008, 0x1030, "studyDescription"),
        CatalogAttribute(0x0032, 0x1060, "requestedProcedureDescription"),
        CatalogAttribute(0x0008, 0x0090, "referringPhysicianName"),
        CatalogAttribute(0x0008, 0x0080, "institutionName"),
    ]
    static let series = [
        CatalogAttribute(0x0020, 0x000E, "seriesInstanceUID"),
        CatalogAttribute(0x0008, 0x0060, "modality"),
        CatalogAttribute(0x0020, 0x0011, "seriesNumber", number: true),
        CatalogAttribute(0x0008, 0x103E, "seriesDescription"),
        CatalogAttribute(0x0040, 0x0254, "performedProcedureStepDescription"),
        CatalogAttribute(0x0008, 0x0021, "seriesDate"),
        CatalogAttribute(0x0018, 0x0015, "bodyPartExamined"),
        CatalogAttribute(0x0020, 0x0060, "laterality"),
        CatalogAttribute(0x0018, 0x1030, "protocolName"),
        CatalogAttribute(0x0008, 0x0070, "manufacturer"),
        CatalogAttribute(0x0008, 0x1090, "manufacturerModelName"),
        CatalogAttribute(0x0008, 0x1010, "stationName"),
    ]
    static let instance = [
        CatalogAttribute(0x0008, 0x0018, "sopInstanceUID"),
        CatalogAttribute(0x0008, 0x0016, "sopClassUID"),
        CatalogAttribute(0x0020, 0x0013, "instanceNumber", number: true),
        CatalogAttribute(0x0008, 0x0008, "imageType"),
        CatalogAttribute(0x0008, 0x0022, "acquisitionDate"),
        CatalogAttribute(0x0008, 0x0023, "contentDate"),
        CatalogAttribute(0x0020, 0x0062, "imageLaterality"),
        CatalogAttribute(0x0018, 0x5101, "viewPosition"),
        CatalogAttribute(0x0028, 0x0002, "samplesPerPixel", number: true),
        CatalogAttribute(0x0028, 0x0004, "photometricInterpretation"),
        CatalogAttribute(0x0028, 0x0008, "numberOfFrames", number: true),
        CatalogAttribute(0x0028, 0x0010, "rows", number: true),
        CatalogAttribute(0x0028, 0x0011, "columns", number: true),
        CatalogAttribute(0x0028, 0x0100, "bitsAllocated", number: true),
        CatalogAttribute(0x0028, 0x0101, "bitsStored", number: true),
        CatalogAttribute(0x0028, 0x0103, "pixelRepresentation", number: true),
        CatalogAttribute(0x0028, 0x0301, "burnedInAnnotation"),
    ]

    /// The attributes of a level as a JSON object; what the file does not have is left out.
    static func json(_ attributes: [CatalogAttribute], of file: ScannedFile) -> String {
        var text = JSONText()
        append(attributes, of: file, to: &text, isFirst: true)
        text.raw("}")
        return String(decoding: text.take(), as: UTF8.self)
    }

    /// The instance's own attributes as a JSON object.
    static func instanceJSON(of file: ScannedFile) -> String {
        var text = JSONText()
        text.raw("{\"transferSyntaxUID\":")
        text.string(file.transferSyntaxUID)
        append(instance, of: file, to: &text, isFirst: false)
        text.raw("}")
        return String(decoding: text.take(), as: UTF8.self)
    }

    /// Adds to an instance's attributes what differs from a row of a level above.
    ///
    /// - Parameters:
    ///   - instance: The instance's JSON object.
    ///   - own: The level's attributes in this file.
    ///   - row: The level's attributes as first stored.
    static func merge(_ instance: String, own: String, row: String) throws(StageError) -> String {
        if own == row { return instance }
        return try StageError.wrap {
            let own = try object(own)
            let row = try object(row)
            var merged = try object(instance)
            for key in Set(own.keys).union(row.keys) where !isEqual(own[key], row[key]) {
                merged[key] = own[key] ?? NSNull()
            }
            let data = try JSONSerialization.data(
                withJSONObject: merged, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self)
        }
    }

    private static func append(
        _ attributes: [CatalogAttribute], of file: ScannedFile, to text: inout JSONText, isFirst: Bool
    ) {
        var separator = isFirst ? "{" : ","
        for attribute in attributes {
            guard let value = file.text(attribute.tag) else { continue }
            text.raw(separator)
            text.raw(attribute.key)
            separator = ","
            if attribute.isNumber, let number = file.integer(attribute.tag) {
                text.number(number)
            } else {
                text.string(value)
            }
        }
        if separator == "{" { text.raw("{") }
    }

    private static func object(_ json: String) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
            throw StageError.unexpected("attributes of a row are no JSON object: \(json.prefix(80))")
        }
        return object
    }

    private static func isEqual(_ left: Any?, _ right: Any?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left as NSObject, let right as NSObject): left.isEqual(right)
        default: false
        }
    }
}
