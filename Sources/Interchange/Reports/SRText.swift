// SRText owns what a structured report says as plain text, for people: one line for each statement, indented by its depth.
//
// Source: DICOM PS3.3 section C.17.3. Pure. References to images are counted and not listed.

internal import DICOM
internal import Radiology

/// The writer of a report's text.
enum SRText {
    /// Characters at most; what is beyond is left out, and said to be.
    private static let characterLimit = 200_000
    private static let depthLimit = 40

    /// - Returns: nil when it says nothing.
    static func text(of root: SRContentItem) -> String? {
        var lines: [String] = []
        if let title = root.name?.meaning { lines.append(title) }
        for child in root.children { append(child, depth: 0, to: &lines) }
        let text = lines.joined(separator: "\n")
        guard text.count > characterLimit else { return text.isEmpty ? nil : text }
        return text.prefix(characterLimit) + "\n[the report goes on; see the file itself]"
    }

    private static func append(_ item: SRContentItem, depth: Int, to lines: inout [String]) {
        guard depth < depthLimit, !["HAS OBS CONTEXT", "HAS ACQ CONTEXT"].contains(item.relationship) else { return }
        let name = item.name?.meaning ?? item.name?.value
        let said = [name, value(item)].compactMap(\.self).filter { !$0.isEmpty }
        var below = depth
        if !said.isEmpty {
            lines.append(String(repeating: "  ", count: depth) + said.joined(separator: ": "))
            below += 1
        }
        for child in item.children { append(child, depth: below, to: &lines) }
    }

    private static func value(_ item: SRContentItem) -> String? {
        switch item.valueType {
        case "TEXT": item.text
        case "CODE": item.code.map { $0.meaning ?? $0.value }
        case "NUM": number(item.dataSet)
        case "PNAME": item.dataSet.text(.personName)
        case "DATE": item.dataSet.text(.contentDateValue)
        case "TIME": item.dataSet.text(.contentTimeValue)
        case "DATETIME": item.dataSet.text(.contentDateTimeValue)
        case "UIDREF": item.dataSet.text(.contentUIDValue)
        default: nil
        }
    }

    private static func number(_ dataSet: DataSet) -> String? {
        guard let measured = dataSet.items(.measuredValueSequence).first,
            let number = measured.text(.numericValue)
        else { return nil }
        let unit = SRCode.concept(.measurementUnitsCodeSequence, of: measured)?.value
        return [number, unit == "1" ? nil : unit].compactMap(\.self).joined(separator: " ")
    }
}

extension Tag {
    fileprivate static let contentDateValue = Tag(0x0040_A121)
    fileprivate static let contentTimeValue = Tag(0x0040_A122)
    fileprivate static let contentDateTimeValue = Tag(0x0040_A120)
    fileprivate static let contentUIDValue = Tag(0x0040_A124)
}
