// ChartItems owns the reading of a charts drop, whatever its form: the contract's JSON, FHIR R4 Bundles, HL7 v2.
//
// Invariant: a segment, resource or object that cannot be taken is refused by itself, with its place and why; the rest is
// taken. Pure.

package import Radiology

/// The form of a dropped chart.
package enum ChartForm: Hashable, Sendable {
    /// The contract's own, and FHIR.
    case json
    case hl7
    /// Neither; says what it is and what would be right.
    case unknown(reason: String)

    /// - Parameters:
    ///   - name: The drop's name.
    ///   - prefix: The first KiB at least, or all of a shorter file.
    package static func detect(name: String, prefix: [UInt8]) -> ChartForm {
        let wanted = "a chart is JSON, a FHIR R4 Bundle in JSON, or HL7 v2"
        switch FormSigns.of(prefix, columns: []) {
        case .json: return .json
        case .hl7: return .hl7
        case .dicom: return .unknown(reason: "the file is DICOM; \(wanted)")
        case .empty: return .unknown(reason: "the file is empty; \(wanted)")
        case .other(let kind): return .unknown(reason: "the file is \(kind); \(wanted)")
        case .csv, .text:
            switch name.lowercased().split(separator: ".").last.map(String.init) {
            case "json": return .json
            case "hl7": return .hl7
            default: return .unknown(reason: "the text has no known form; \(wanted)")
            }
        }
    }
}

/// The reader of charts drops.
package enum ChartItems {
    /// The items of a drop, in order: one for each chart object, resource, or group of segments.
    ///
    /// - Parameter zone: The offsets of the place where times without an offset were written down.
    /// - Throws: When the drop as a whole cannot be read.
    package static func items(
        _ bytes: [UInt8], form: ChartForm, zone: ZoneOffset = .unknown
    ) throws(ItemError) -> [Result<ChartItem, ItemError>] {
        switch form {
        case .json: try json(bytes)
        case .hl7: try HL7Charts.items(bytes, zone: zone)
        case .unknown(let reason): throw ItemError(text: reason)
        }
    }

    private static let limits: JSONLimits = {
        var limits = JSONLimits()
        // A bundle is one object.
        limits.maximumNodeCount = 2_000_000
        limits.maximumStringByteCount = 32 << 20
        return limits
    }()

    private static func json(_ bytes: [UInt8]) throws(ItemError) -> [Result<ChartItem, ItemError>] {
        let objects = try JSONItems.items(bytes, limits: limits) { node, lines throws(ItemError) in
            try object(node, lines)
        }
        var items: [Result<ChartItem, ItemError>] = []
        for object in objects {
            switch object {
            case .success(let read): items += read
            case .failure(let error): items.append(.failure(error))
            }
        }
        return items
    }

    /// A chart, or the resources of a bundle.
    private static func object(
        _ node: JSONNode, _ lines: LineTable
    ) throws(ItemError) -> [Result<ChartItem, ItemError>] {
        guard FHIRValue(node, path: "", lines: lines)["resourceType"] != nil else {
            return [.success(try JSONChart.chart(node, lines))]
        }
        return try FHIRBundle(node, lines).items()
    }
}
