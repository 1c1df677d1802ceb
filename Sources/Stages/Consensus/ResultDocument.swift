// The result of examination as the contract has it, with what it takes to compute it anew.
//
// Pure. The same determination gives the same bytes.

internal import Consensus
internal import Files
internal import Interchange

/// What a result says besides the determination itself.
struct ResultHead {
    let examKey: String
    let version: Int
    let ruleVersion: String
    /// ISO 8601 with offset.
    let determinedAt: String
    let images: [String]
    let basis: ResultBasis
}

/// What it takes, besides the reads, to determine an exam again as it was.
struct ResultBasis: Codable, Equatable {
    let `protocol`: String
    /// The day whose declared weights were in force.
    let weightsOn: String
    /// The place of the newest sealed read that was there.
    let readLimit: Int64
    /// The model that was learnt with; nil when the rule learns nothing, or there was too little to learn from.
    let model: String?
    /// Whether it was determined with fewer reads than the protocol asks for, because its deadline had passed.
    let byDeadline: Bool
    let rule: RuleParameters
    /// What was declared of the readers that counted.
    let skills: [SkillParameters]
}

enum ResultDocument {
    static func json(_ head: ResultHead, _ determination: Determination, reads: [JudgedRead]) -> String {
        var text = JSONText()
        text.raw("{\"type\":\"result\",\n")
        text.member("exam", head.examKey, first: true)
        text.member("version", head.version)
        text.member("label", determination.label)
        text.member("status", determination.status.rawValue)
        text.member("rule", head.basis.rule.kind)
        text.member("ruleVersion", head.ruleVersion)
        text.member("determinedAt", head.determinedAt)
        text.member("reason", determination.reason)
        appendPosterior(determination, to: &text)
        appendReads(determination, reads, to: &text)
        text.raw(",\n\"images\":")
        text.strings(head.images)
        text.key("supersedes")
        if head.version > 1 { text.number(head.version - 1) } else { text.null() }
        appendBasis(head.basis, to: &text)
        text.raw("}\n")
        return String(decoding: text.take(), as: UTF8.self)
    }

    private static func appendPosterior(_ determination: Determination, to text: inout JSONText) {
        text.raw(",\n\"posterior\":{")
        for (index, label) in determination.posterior.keys.sorted().enumerated() {
            if index > 0 { text.raw(",") }
            text.string(label)
            text.raw(":")
            text.raw(number(determination.posterior[label] ?? 0))
        }
        text.raw("}")
        text.key("margin")
        text.raw(number(determination.margin))
    }

    private static func appendReads(
        _ determination: Determination, _ reads: [JudgedRead], to text: inout JSONText
    ) {
        let weighed = Dictionary(determination.reads.map { ($0.digest, $0) }) { first, _ in first }
        text.raw(",\n\"reads\":[")
        for (index, judged) in reads.enumerated() {
            let facts = judged.read.facts
            let own = weighed[facts.digest.hex]
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("digest", facts.digest.hex, first: true)
            text.member("reader", facts.reader)
            text.member("label", facts.label)
            text.key("weight")
            text.raw(number(own?.weight ?? 0))
            text.member("counted", own?.counted ?? false)
            text.member("reason", judged.reason ?? own?.reason)
            text.key("confidence")
            if let confidence = facts.confidence { text.raw(number(confidence)) } else { text.null() }
            text.member("round", facts.round)
            text.key("packetVersion")
            if let version = facts.packetVersion { text.number(version) } else { text.null() }
            text.member("readAt", facts.readAt)
            text.member("text", facts.text)
            text.key("findings")
            text.raw(facts.findings)
            text.raw("}")
        }
        text.raw("],\n\"minority\":[")
        for (index, read) in determination.minority.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.member("reader", read.reader, first: true)
            text.member("label", read.label)
            text.raw("}")
        }
        text.raw("]")
    }

    private static func appendBasis(_ basis: ResultBasis, to text: inout JSONText) {
        text.raw(",\n\"basis\":{")
        text.member("protocol", basis.protocol, first: true)
        text.member("weightsOn", basis.weightsOn)
        text.member("readLimit", basis.readLimit)
        text.member("model", basis.model)
        text.member("byDeadline", basis.byDeadline)
        append(basis.rule, to: &text)
        text.raw(",\n\"skills\":[")
        for (index, skill) in basis.skills.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.member("reader", skill.reader, first: true)
            text.member("weight", skill.weight)
            text.member("sensitivity", skill.sensitivity)
            text.member("specificity", skill.specificity)
            text.raw("}")
        }
        text.raw("]}")
    }

    private static func append(_ rule: RuleParameters, to text: inout JSONText) {
        text.raw(",\n\"rule\":{")
        text.member("kind", rule.kind, first: true)
        text.member("labels", rule.labels)
        text.member("ordered", rule.ordered)
        text.member("threshold", rule.threshold)
        text.member("positive", rule.positive)
        text.key("k")
        if let k = rule.k { text.number(k) } else { text.null() }
        text.member("ties", rule.ties)
        text.member("arbiter", rule.arbiter)
        text.member("arbiterSees", rule.arbiterSees)
        text.member("escalateBelowMargin", rule.escalateBelowMargin)
        text.member("minimumReads", rule.minimumReads)
        text.member("technicalRecall", rule.technicalRecall)
        text.member("prevalence", rule.prevalence)
        text.member("model", rule.model)
        text.raw("}")
    }

    /// The shortest text that reads back as the same number.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }
}
