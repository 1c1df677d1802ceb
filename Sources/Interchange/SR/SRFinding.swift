// SRFinding owns the meaning of a content item (121071, DCM, "Finding") as findings: one for each image that shows it.
//
// Source: DICOM PS3.16 TID 1500 and 4000 in their parts; PS3.3 sections C.17.3 and C.18.6.

internal import DICOM
internal import Radiology

/// The reader of one finding.
struct SRFinding {
    let item: SRContentItem
    /// Of one report.
    static let maximumCount = 10_000

    /// A place on an image.
    private struct Reference {
        let sopInstanceUID: String
        let frame: Int?
        var point: (x: Double, y: Double)?
    }

    /// - Returns: One finding, or one for each image; empty when the item says nothing.
    func findings() throws(ItemError) -> [Finding] {
        let code = item.code
        let text = try FieldSyntax.text(item.text ?? code?.meaning ?? "", at: item.place)
        let references = references(of: item)
        let laterality = item.descendants.compactMap(\.code).compactMap(SRCode.laterality).first
        guard !references.isEmpty else {
            let finding = Finding(code: code?.key, laterality: laterality, text: text)
            return finding.isEmpty ? [] : [finding]
        }
        return references.map { reference in
            let frame = reference.frame.map { "Frame \($0)." }
            let words = [frame, text].compactMap(\.self).joined(separator: " ")
            return Finding(
                code: code?.key, laterality: laterality, sopInstanceUID: reference.sopInstanceUID,
                x: reference.point?.x, y: reference.point?.y, text: words.isEmpty ? nil : words)
        }
    }

    /// The images below an item, each once for each place.
    private func references(of item: SRContentItem) -> [Reference] {
        item.children.flatMap { child -> [Reference] in
            switch child.valueType {
            case "IMAGE": images(child)
            case "SCOORD":
                references(of: child).map { reference in
                    var reference = reference
                    reference.point = centre(child)
                    return reference
                }
            default: references(of: child)
            }
        }
    }

    private func images(_ item: SRContentItem) -> [Reference] {
        item.dataSet.items(.referencedSOPSequence).compactMap { image in
            guard let uid = image.text(.referencedSOPInstanceUID), !uid.isEmpty else { return nil }
            return Reference(sopInstanceUID: uid, frame: image.integer(.referencedFrameNumber), point: nil)
        }
    }

    /// The point, a circle's centre (its first point), or the middle of the points of other shapes.
    private func centre(_ item: SRContentItem) -> (x: Double, y: Double)? {
        let numbers = item.dataSet.decimals(.graphicData).filter(\.isFinite)
        guard numbers.count >= 2, numbers.count % 2 == 0 else { return nil }
        let isFirstEnough = ["POINT", "CIRCLE"].contains(item.dataSet.text(.graphicType) ?? "")
        let count = isFirstEnough ? 1 : numbers.count / 2
        var sum = (x: 0.0, y: 0.0)
        for index in 0..<count {
            sum.x += numbers[index * 2]
            sum.y += numbers[index * 2 + 1]
        }
        return (sum.x / Double(count), sum.y / Double(count))
    }
}
