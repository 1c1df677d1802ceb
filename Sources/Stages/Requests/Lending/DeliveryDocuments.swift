// The documents of a delivery: `release.json` of each exam that is given, `<exam key>.denial.json` of each that is not,
// `summary.json` of all.
//
// Pure: the same facts give the same bytes.
//
// - Source: Contract, section 5.

internal import Access
internal import Catalog
internal import Interchange

struct DeliveryDocuments {
    let request: LendingRequest
    /// Seconds since 1970 as records have times.
    let time: (Int64) -> String

    /// What was given of an exam.
    struct Given {
        let granted: GrantedExam
        let release: ReleaseRecord
        let files: [ReleaseFile]
        let leftOut: [StoredLeftOut]
    }

    func release(_ given: Given) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"release\"")
        Self.put("request", request.name, to: &text)
        Self.put("exam", given.granted.exam.key, to: &text)
        Self.put("recipient", request.party, to: &text)
        Self.put("purpose", request.purpose, to: &text)
        Self.put("policyVersion", given.release.policyVersion, to: &text)
        Self.put("releasedAt", given.release.releasedAt, to: &text)
        Self.put("until", given.release.untilSeconds.map(time), to: &text)
        Self.putRange(given.granted.grant, to: &text)
        text.key("reducedFrom")
        Self.putWish(given.granted.grant.reducedFrom.map(StoredWish.init), to: &text)
        text.raw(",\n\"files\":[")
        let isDeidentified = given.granted.grant.range.deidentified
        for (index, file) in given.files.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.key("path", first: true)
            text.string(file.path)
            Self.put("sha256", file.sha256.hex, to: &text)
            text.key("byteCount")
            text.number(file.byteCount)
            Self.put("sopInstanceUID", file.sopInstanceUID, to: &text)
            Self.put("sourceSHA256", isDeidentified ? nil : file.sourceSHA256?.hex, to: &text)
            text.key("changed")
            text.strings(file.changed)
            text.raw("}")
        }
        text.raw("],\n\"leftOut\":[")
        for (index, item) in given.leftOut.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.key("sopInstanceUID", first: true)
            text.string(item.sopInstanceUID)
            Self.put("reason", item.reason, to: &text)
            text.raw("}")
        }
        text.raw("]")
        Self.putCharge(given.release.charge, to: &text)
        text.raw("}\n")
        return text.take()
    }

    func denial(_ denial: DenialRecord, of exam: RequestedExam) throws -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"denial\"")
        Self.put("request", request.name, to: &text)
        Self.put("exam", exam.key, to: &text)
        Self.put("purpose", request.purpose, to: &text)
        Self.put("reason", denial.reason, to: &text)
        Self.put("message", denial.message, to: &text)
        Self.put("policyVersion", denial.policyVersion, to: &text)
        Self.put("decidedAt", denial.decidedAt, to: &text)
        text.key("wouldBeAllowed")
        Self.putOffer(try denial.wouldBeAllowed.map { try StoredJSON.value(StoredWish.self, of: $0) }, to: &text)
        text.raw("}\n")
        return text.take()
    }

    // MARK: Parts

    static func putRange(_ grant: Grant, to text: inout JSONText) {
        let range = grant.range
        text.raw(",\n\"range\":{")
        text.key("kinds", first: true)
        text.strings(grant.kinds)
        put("pixelDensity", range.pixelDensity.description, to: &text)
        put("imageProcessing", range.imageProcessing, to: &text)
        put("reports", range.reports, to: &text)
        put("reportInput", range.reportInput, to: &text)
        put("deidentified", range.deidentified, to: &text)
        text.raw("}")
    }

    static func put(_ key: StaticString, _ value: String?, to text: inout JSONText) {
        text.key(key)
        text.string(value)
    }

    static func put(_ key: StaticString, _ value: Bool, to text: inout JSONText) {
        text.key(key)
        text.boolean(value)
    }

    static func putCharge(_ charge: ReleaseCharge?, to text: inout JSONText) {
        text.raw(",\n\"charge\":")
        guard let charge else { return text.null() }
        text.raw("{")
        text.key("event", first: true)
        text.string(charge.event)
        put("amount", charge.amount, to: &text)
        put("currency", charge.currency, to: &text)
        put("description", charge.reason, to: &text)
        text.raw("}")
    }

    /// What was asked for: its parts that say something.
    private static func putWish(_ wish: StoredWish?, to text: inout JSONText) {
        guard let wish else { return text.null() }
        text.raw("{")
        var isFirst = true
        func key(_ name: StaticString, in text: inout JSONText) {
            text.key(name, first: isFirst)
            isFirst = false
        }
        if let kinds = wish.kinds {
            key("kinds", in: &text)
            text.strings(kinds)
        }
        if let density = wish.pixelDensity {
            key("pixelDensity", in: &text)
            text.string(density)
        }
        if let processing = wish.imageProcessing {
            key("imageProcessing", in: &text)
            text.boolean(processing)
        }
        if let reports = wish.reports {
            key("reports", in: &text)
            text.boolean(reports)
        }
        text.raw("}")
    }

    /// What would be allowed: all four parts, the kinds as `want` takes them.
    private static func putOffer(_ offer: StoredWish?, to text: inout JSONText) {
        guard let offer else { return text.null() }
        text.raw("{")
        text.key("kinds", first: true)
        if let kinds = offer.kinds { text.strings(kinds) } else { text.string("all") }
        put("pixelDensity", offer.pixelDensity, to: &text)
        put("imageProcessing", offer.imageProcessing ?? false, to: &text)
        put("reports", offer.reports ?? false, to: &text)
        text.raw("}")
    }
}

/// What was left out of a delivery, as it is kept.
struct StoredLeftOut: Codable, Equatable {
    let sopInstanceUID: String?
    let reason: String
}
