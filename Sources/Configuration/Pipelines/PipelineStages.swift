// The stages that each pipeline has.
//
// Owns their names and order. Invariant: what a site leaves out is at the end, because a stage works on what the one
// before it has made.

/// Stages by pipeline.
package enum PipelineStages {
    /// All stages of a pipeline, in order.
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

    /// How many of them must be there for a receipt to be true.
    static func requiredCount(of kind: DropKind) -> Int {
        switch kind {
        case .images, .diagnoses, .reports: 4
        case .requests, .charts: 3
        case .acks: 2
        }
    }

    static func decode(_ field: Field, kind: DropKind) -> [String]? {
        let all = all(of: kind)
        let before = field.log.count
        let known = Decode.reference(to: Set(all), noun: "stage")
        guard let stages = Decode.list(of: known)(field), field.log.count == before else { return nil }
        guard stages == Array(all.prefix(stages.count)), stages.count >= requiredCount(of: kind) else {
            let required = all.prefix(requiredCount(of: kind)).joined(separator: ", ")
            let order = all.joined(separator: ", ")
            field.fail("the stages of \(kind.rawValue) are [\(order)] in this order, with at least \(required)")
            return nil
        }
        return stages
    }
}
