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
        text.key("exam", first: true)
        text.string(head.examKey)
        text.key("version")
        text.number(head.version)
        text.key("label")
        text.string(determination.label)
        text.key("status")
        text.string(determination.status.rawValue)
        text.key("rule")
        text.string(head.basis.rule.kind)
        text.key("ruleVersion")
        text.string(head.ruleVersion)
        text.key("determinedAt")
        text.string(head.determinedAt)
        text.key("reason")
        text.string(determination.reason)
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
            text.key("digest", first: true)
            text.string(facts.digest.hex)
            text.key("reader")
            text.string(facts.reader)
            text.key("label")
            text.string(facts.label)
            text.key("weight")
            text.raw(number(own?.weight ?? 0))
            text.key("counted")
            text.boolean(own?.counted ?? false)
            text.key("reason")
            text.string(judged.reason ?? own?.reason)
            text.key("confidence")
            if let confidence = facts.confidence { text.raw(number(confidence)) } else { text.null() }
            text.key("round")
            text.number(facts.round)
            text.key("packetVersion")
            if let version = facts.packetVersion { text.number(version) } else { text.null() }
            text.key("readAt")
            text.string(facts.readAt)
            text.key("text")
            text.string(facts.text)
            text.key("findings")
            text.raw(facts.findings)
            text.raw("}")
        }
        text.raw("],\n\"minority\":[")
        for (index, read) in determination.minority.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.key("reader", first: true)
            text.string(read.reader)
            text.key("label")
            text.string(read.label)
            text.raw("}")
        }
        text.raw("]")
    }

    private static func appendBasis(_ basis: ResultBasis, to text: inout JSONText) {
        text.raw(",\n\"basis\":{")
        text.key("protocol", first: true)
        text.string(basis.protocol)
        text.key("weightsOn")
        text.string(basis.weightsOn)
        text.key("readLimit")
        text.number(basis.readLimit)
        text.key("model")
        text.string(basis.model)
        text.key("byDeadline")
        text.boolean(basis.byDeadline)
        append(basis.rule, to: &text)
        text.raw(",\n\"skills\":[")
        for (index, skill) in basis.skills.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.key("reader", first: true)
            text.string(skill.reader)
            text.key("weight")
            text.string(skill.weight)
            text.key("sensitivity")
            text.string(skill.sensitivity)
            text.key("specificity")
            text.string(skill.specificity)
            text.raw("}")
        }
        text.raw("]}")
    }

    private static func append(_ rule: RuleParameters, to text: inout JSONText) {
        text.raw(",\n\"rule\":{")
        text.key("kind", first: true)
        text.string(rule.kind)
        text.key("labels")
        text.strings(rule.labels)
        text.key("ordered")
        text.boolean(rule.ordered)
        text.key("threshold")
        text.string(rule.threshold)
        text.key("positive")
        text.string(rule.positive)
        text.key("k")
        if let k = rule.k { text.number(k) } else { text.null() }
        text.key("ties")
        text.string(rule.ties)
        text.key("arbiter")
        text.string(rule.arbiter)
        text.key("arbiterSees")
        text.string(rule.arbiterSees)
        text.key("escalateBelowMargin")
        text.string(rule.escalateBelowMargin)
        text.key("minimumReads")
        text.number(rule.minimumReads)
        text.key("technicalRecall")
        text.strings(rule.technicalRecall)
        text.key("prevalence")
        text.string(rule.prevalence)
        text.key("model")
        text.string(rule.model)
        text.raw("}")
    }

    /// The shortest text that reads back as the same number.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }
}
