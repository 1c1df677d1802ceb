// The documents of a delivery: `release.json` of each exam that is given, `<exam key>.denial.json` of each that is not,
// `summary.json` of all.
//
// Pure: the same facts give the same bytes.
//
// - Source: Contract, section 5.

internal import Access
internal import Catalog
internal import Interchange
internal import Radiology

struct DeliveryDocuments {
    let request: LendingRequest
    /// Seconds since 1970 as records have times.
    let time: (Int64) -> String
    /// How a facility issues its own patient ids, by its id; nil where that has no name.
    let ownIssuer: (String) -> String?

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
        text.member("request", request.name)
        text.member("exam", given.granted.exam.key)
        putAbout(
            given.granted.grant.range.deidentified ? nil : given.granted.exam, given.granted.settled, to: &text)
        text.member("recipient", request.party)
        text.member("purpose", request.purpose)
        text.member("policyVersion", given.release.policyVersion)
        text.member("releasedAt", given.release.releasedAt)
        text.member("until", given.release.untilSeconds.map(time))
        Self.putRange(given.granted.grant, to: &text)
        text.key("reducedFrom")
        Self.putWish(given.granted.grant.reducedFrom.map { StoredWish($0) }, to: &text)
        text.raw(",\n\"files\":[")
        let isDeidentified = given.granted.grant.range.deidentified
        for (index, file) in given.files.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("path", file.path, first: true)
            text.member("sha256", file.sha256.hex)
            text.member("byteCount", file.byteCount)
            text.member("sopInstanceUID", file.sopInstanceUID)
            text.member("sourceSHA256", isDeidentified ? nil : file.sourceSHA256?.hex)
            text.member("changed", file.changed)
            text.raw("}")
        }
        text.raw("],\n\"leftOut\":[")
        for (index, item) in given.leftOut.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("sopInstanceUID", item.sopInstanceUID, first: true)
            text.member("reason", item.reason)
            text.raw("}")
        }
        text.raw("]")
        Self.putCharge(given.release.charge, to: &text)
        text.raw("}\n")
        return text.take()
    }

    /// - Parameter own: The exam, where it is the party's own; nothing more is said of others.
    func denial(_ denial: DenialRecord, of exam: RequestedExam, own: ExamRecord?) throws -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"denial\"")
        text.member("request", request.name)
        text.member("exam", exam.key)
        putAbout(own, nil, to: &text)
        text.member("purpose", request.purpose)
        text.member("reason", denial.reason)
        text.member("message", denial.message)
        text.member("policyVersion", denial.policyVersion)
        text.member("decidedAt", denial.decidedAt)
        text.key("wouldBeAllowed")
        let offer = try denial.wouldBeAllowed.map { try StoredJSON.value(StoredWish.self, of: $0) }
        Self.putOffer(offer, to: &text)
        Self.putLimits(offer?.only, to: &text)
        text.raw("}\n")
        return text.take()
    }

    // MARK: Parts

    /// Which exam it is by its images: what a chart is linked by.
    private func putAbout(
        _ exam: ExamRecord?, _ settled: ExamOutline.Settled?, to text: inout JSONText
    ) {
        text.raw(",\n\"about\":")
        guard let exam else { return text.null() }
        text.raw("{")
        text.member("facility", exam.facility, first: true)
        text.member("accessionNumber", exam.accessionNumber.isEmpty ? nil : exam.accessionNumber)
        text.member("studyInstanceUID", exam.studyInstanceUID)
        text.member("studyDate", DateText.iso(exam.studyDate))
        text.member("patientID", exam.patientID.isEmpty ? nil : exam.patientID)
        text.member("issuerOfPatientID", exam.issuer.isEmpty ? nil : exam.issuer)
        text.member("ownIssuer", ownIssuer(exam.facility))
        text.member("storedAt", exam.firstStoredAt)
        switch settled {
        case .patient(let patient)?:
            text.raw(",\"settled\":{")
            text.member("patientID", patient.patientID, first: true)
            text.member("issuerOfPatientID", patient.issuer.isEmpty ? nil : patient.issuer)
            text.raw("}")
        case .both?: text.member("settled", "both")
        case nil: text.member("settled", nil)
        }
        text.raw("}")
    }

    static func putRange(_ grant: Grant, to text: inout JSONText) {
        let range = grant.range
        text.raw(",\n\"range\":{")
        text.member("kinds", grant.kinds, first: true)
        text.member("pixelDensity", range.pixelDensity.description)
        text.member("imageProcessing", range.imageProcessing)
        text.member("reports", range.reports)
        text.member("reportInput", range.reportInput)
        text.member("deidentified", range.deidentified)
        putLimits(ImageLimits(range.kinds), to: &text)
        text.raw("}")
    }

    /// Which images of the kinds are meant; left out for all.
    private static func putLimits(_ limits: ImageLimits?, to text: inout JSONText) {
        guard let limits else { return }
        text.raw(",\n\"onlyImages\":{")
        text.key("imageTypes", first: true)
        text.strings(orNull: limits.imageTypes)
        text.key("seriesDescriptions")
        text.strings(orNull: limits.seriesDescriptions)
        text.member("keyImagesOnly", limits.keyImagesOnly)
        text.raw("}")
    }

    static func putCharge(_ charge: ReleaseCharge?, to text: inout JSONText) {
        text.raw(",\n\"charge\":")
        guard let charge else { return text.null() }
        text.raw("{")
        text.member("event", charge.event, first: true)
        text.member("amount", charge.amount)
        text.member("currency", charge.currency)
        text.member("description", charge.reason)
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
        text.member("pixelDensity", offer.pixelDensity)
        text.member("imageProcessing", offer.imageProcessing ?? false)
        text.member("reports", offer.reports ?? false)
        text.raw("}")
    }
}

extension JSONText {
    fileprivate mutating func strings(orNull values: [String]?) {
        if let values { strings(values) } else { null() }
    }
}

/// What was left out of a delivery, as it is kept.
struct StoredLeftOut: Codable, Equatable {
    let sopInstanceUID: String?
    let reason: String
}
