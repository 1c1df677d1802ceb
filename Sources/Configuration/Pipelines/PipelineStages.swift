// The stages that each pipeline has.
//
// Owns their names and order. Invariant: of images, what a site leaves out is at the end, because a stage works on what the
// one before it has made. Of the other pipelines only the names are judged: what is left out there has no effect.

/// Stages by pipeline.
package enum PipelineStages {
    /// The stages of a pipeline where nothing is said, in order.
    package static func all(of kind: DropKind) -> [String] {
        switch kind {
        case .images: ["receive", "unpack", "identify", "store", "assign"]
        case .diagnoses: ["receive", "decode", "judge", "seal", "determine"]
        case .requests: ["receive", "decode", "decide", "deliver"]
        case .reports: ["receive", "decode", "judge", "store"]
        case .charts: ["receive", "decode", "link"]
        case .acks: ["receive", "match"]
        }
    }

    /// Every name that a pipeline knows: its usual stages, and those that a site may add.
    package static func known(of kind: DropKind) -> [String] {
        switch kind {
        case .images: all(of: kind)
        case .diagnoses: ["receive", "unpack", "decode", "identify", "judge", "seal", "store", "determine"]
        case .requests: ["receive", "unpack", "decode", "identify", "judge", "decide", "price", "deliver"]
        case .reports: ["receive", "unpack", "decode", "identify", "judge", "store", "link"]
        case .charts: ["receive", "unpack", "decode", "identify", "judge", "store", "link"]
        case .acks: ["receive", "decode", "judge", "match"]
        }
    }

    /// How many of the usual stages must be there for a receipt to be true; nil where only names are judged.
    static func requiredCount(of kind: DropKind) -> Int? { kind == .images ? 4 : nil }

    static func decode(_ field: Field, kind: DropKind) -> [String]? {
        let before = field.log.count
        let stages = Decode.list(of: { name($0, of: kind) }, atLeast: 1)(field)
        guard let stages, field.log.count == before else { return nil }
        guard let required = requiredCount(of: kind) else { return stages }
        let all = all(of: kind)
        guard stages == Array(all.prefix(stages.count)), stages.count >= required else {
            let least = all.prefix(required).joined(separator: ", ")
            let order = all.joined(separator: ", ")
            field.fail("the stages of \(kind.rawValue) are [\(order)] in this order, with at least \(least)")
            return nil
        }
        return stages
    }

    private static func name(_ field: Field, of kind: DropKind) -> String? {
        guard let text = Decode.text(field) else { return nil }
        let known = known(of: kind)
        if known.contains(text) { return text }
        let near = Spelling.nearest(to: text, among: known).map { "; did you mean \"\($0)\"?" } ?? ";"
        field.fail("\(kind.rawValue) has no stage \"\(text)\"\(near) known are: \(known.joined(separator: " "))")
        return nil
    }
}
