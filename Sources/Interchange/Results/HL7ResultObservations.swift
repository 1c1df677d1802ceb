// HL7ResultObservations owns the OBX segments of a result: each with its place, its status and its time.
//
// Pure. A text that is longer than a field may be goes in several segments, whose sub-ids say that they belong together: 4,
// 4.2, 4.3. Put together without anything between them they are the text.
// Source: HL7 v2.5.1 chapter 7, section 7.4.2.

/// A list of observations in the making.
struct HL7ResultObservations {
    private(set) var segments: [HL7SegmentText] = []
    private let status: ReportStatus
    private var count = 0

    /// Characters of the longest field, less than the 65536 of FT because escapes take more than one.
    private static let longestText = 20_000

    init(status: ReportStatus) {
        self.status = status
    }

    /// An observation of any type.
    ///
    /// - Parameter fill: Sets OBX-5.
    mutating func add(
        _ type: String, _ name: [String], observedAt: String, by person: [String?] = [],
        _ fill: (inout HL7SegmentText) -> Void
    ) {
        count += 1
        append(type, name, subID: String(count), observedAt, person, fill)
    }

    /// A formatted text.
    mutating func add(text: String, _ name: [String], observedAt: String, by person: [String?] = []) {
        count += 1
        for (index, piece) in Self.pieces(text).enumerated() {
            let subID = index == 0 ? String(count) : "\(count).\(index + 1)"
            append("FT", name, subID: subID, observedAt, person) { $0.set(5, lines: piece) }
        }
    }

    private mutating func append(
        _ type: String, _ name: [String], subID: String, _ observedAt: String, _ person: [String?],
        _ fill: (inout HL7SegmentText) -> Void
    ) {
        var segment = HL7SegmentText("OBX")
        segment.set(1, String(segments.count + 1))
        segment.set(2, type)
        segment.set(3, components: name)
        segment.set(4, subID)
        fill(&segment)
        segment.set(11, status.hl7Code)
        segment.set(14, HL7Time.text(observedAt))
        segment.set(16, components: person)
        segments.append(segment)
    }

    /// At least one, so that an empty text is said too.
    private static func pieces(_ text: String) -> [String] {
        var rest = text.unicodeScalars[...]
        var pieces: [String] = []
        repeat {
            pieces.append(String(rest.prefix(longestText)))
            rest = rest.dropFirst(longestText)
        } while !rest.isEmpty
        return pieces
    }
}
