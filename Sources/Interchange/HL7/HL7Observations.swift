// HL7Observations owns the OBX segments of one OBR group: which are ours, and how often each may come.
//
// Other observations that a system adds are left alone; a code that is nearly one of ours is refused, so that a typing
// error never passes silently.

/// The observations of one group.
struct HL7Observations: Sendable {
    /// The codes of OBX-3 (contract, section 3).
    static let codes = ["DIAG", "CONF", "FIND", "TXT"]
    /// OBX-11 of observations that are final; the others are not yet, or no longer, a reader's word.
    private static let finalStatuses = ["", "F", "C", "U"]

    private(set) var byCode: [String: [HL7Segment]] = [:]

    init(_ segments: [HL7Segment]) throws(ItemError) {
        for segment in segments where segment.name == "OBX" {
            guard let code = try Self.code(of: segment) else { continue }
            let status = segment.raw(11)
            guard Self.finalStatuses.contains(status) else {
                throw segment.place(11).fault(
                    "the status \(Quoted.text(status)) is not final; only F, C and U are read")
            }
            byCode[code, default: []].append(segment)
        }
    }

    /// The code of an observation that is ours; nil for others.
    ///
    /// - Throws: When it is nearly one of ours.
    static func code(of segment: HL7Segment) throws(ItemError) -> String? {
        guard let code = try segment.component(1, field: 3) else { return nil }
        if codes.contains(code) { return code }
        guard let near = near(code) else { return nil }
        throw segment.place(3).fault("\(Quoted.text(code)) is no identifier; did you mean '\(near)'?")
    }

    /// All of ours, in the order of the codes.
    var all: [HL7Segment] { Self.codes.flatMap { byCode[$0] ?? [] } }

    func all(_ code: String) -> [HL7Segment] { byCode[code] ?? [] }

    /// The only one of its code; nil when there is none.
    ///
    /// - Throws: When there are several.
    func only(_ code: String) throws(ItemError) -> HL7Segment? {
        let all = all(code)
        guard all.count < 2 else {
            throw all[1].place(3).fault("a second \(code) in one OBR group; send an OBR group for each reader")
        }
        return all.first
    }

    private static func near(_ code: String) -> String? {
        Nearest.name(to: code, among: codes) ?? codes.first { code.uppercased().hasPrefix($0) }
    }
}
