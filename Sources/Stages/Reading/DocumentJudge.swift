// Judges the items of one drop of diagnoses, requests or charts, each by itself, and what the drop as a whole comes to.
//
// Reads the catalogue, writes nothing.

internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Radiology

/// What became of a drop's items.
struct JudgedDocument {
    var status = DropStatus.accepted
    var reason: String?
    var diagnoses: [DiagnosisFacts] = []
    var items: [ItemFacts] = []
    var effects: [ItemEffect] = []
    /// Why an unattested drop may be cut off; nil when it is whole as far as can be seen.
    var cutReason: String?
}

struct DocumentJudge {
    let site: SiteContext
    let drop: DropRecord

    private static let prefixByteCount = 4096

    func judge(_ bytes: [UInt8]) throws -> JudgedDocument {
        do {
            if drop.dropKind == .charts { return try ChartJudge(site: site, drop: drop).judge(bytes) }
            if drop.dropKind == .requests { return try judge(requests: try readRequests(bytes)) }
            return try judge(diagnoses: try readDiagnoses(bytes))
        } catch let error as ItemError {
            return JudgedDocument(
                status: .quarantined, reason: error.description,
                cutReason: DocumentEnd.mayBeMissing(bytes) ? error.description : nil)
        }
    }

    private func readRequests(_ bytes: [UInt8]) throws(ItemError) -> [Result<RequestItem, ItemError>] {
        switch RequestForm.detect(name: drop.name.text, prefix: Array(bytes.prefix(Self.prefixByteCount))) {
        case .json: return try JSONItems.requests(bytes)
        case .csv: return try CSVItems.requests(bytes)
        case .unknown(let reason): throw ItemError(text: reason)
        }
    }

    private func readDiagnoses(_ bytes: [UInt8]) throws(ItemError) -> [Result<Diagnosis, ItemError>] {
        let zone = ZoneOffset(identifier: site.configuration.site.timeZone) ?? .unknown
        switch DiagnosisForm.detect(name: drop.name.text, prefix: Array(bytes.prefix(Self.prefixByteCount))) {
        case .json: return try JSONItems.diagnoses(bytes)
        case .csv: return try CSVItems.diagnoses(bytes)
        case .hl7: return try HL7Items.diagnoses(bytes, zone: zone)
        case .sr: return [.success(try SRItems.diagnosis(bytes, zone: zone))]
        case .unknown(let reason): throw ItemError(text: reason)
        }
    }

    private func judge(diagnoses items: [Result<Diagnosis, ItemError>]) throws -> JudgedDocument {
        var judged = JudgedDocument()
        let judge = DiagnosisJudge(site: site, party: drop.party)
        for (position, item) in items.enumerated() {
            switch item {
            case .success(let diagnosis):
                judged.diagnoses.append(
                    try judge.judge(diagnosis, position: position, earlier: judged.diagnoses))
            case .failure(let error):
                judged.diagnoses.append(judge.refused(position: position, reason: error.description))
            }
        }
        judged.settle(judged.diagnoses)
        return judged
    }

    private func judge(requests items: [Result<RequestItem, ItemError>]) throws -> JudgedDocument {
        guard let party = site.configuration.party(drop.party) else {
            throw StageError.unexpected("\(drop.party) is no party")
        }
        var judged = JudgedDocument()
        let judge = RequestJudge(site: site, party: party, drop: drop.id)
        for (position, item) in items.enumerated() {
            switch item {
            case .success(let request):
                let digest = SHA256.digest(of: CanonicalRequest.bytes(of: request))
                let decision = try judge.judge(
                    request, position: position, digest: digest, earlier: judged.items, effects: judged.effects)
                judged.items.append(decision.facts)
                judged.effects += decision.effects
            case .failure(let error):
                judged.items.append(
                    ItemFacts(
                        position: position, name: error.id, status: .refused, reason: error.description,
                        sha256: SHA256.digest(of: error.description)))
            }
        }
        judged.settle(judged.items)
        return judged
    }
}

extension JudgedDocument {
    /// The status of the whole drop by those of its reads.
    mutating func settle(_ reads: [DiagnosisFacts]) {
        settle(
            isNew: reads.contains { [.sealed, .waiting, .replaced].contains($0.status) },
            hasDuplicates: reads.contains { $0.status == .duplicate },
            refusals: reads.filter { $0.status == .refused }.map { $0.reason ?? "" }, of: reads.count)
    }

    /// The status of the whole drop by those of its items.
    mutating func settle(_ items: [ItemFacts]) {
        let states = items.map(\.status)
        settle(
            isNew: states.contains { [.accepted, .waiting].contains($0) }, hasDuplicates: states.contains(.duplicate),
            refusals: items.filter { $0.status == .refused }.map { $0.reason ?? "" }, of: items.count)
    }

    private mutating func settle(isNew: Bool, hasDuplicates: Bool, refusals: [String], of count: Int) {
        if let first = refusals.first {
            reason = count == 1 ? first : "\(refusals.count) of \(count) items are refused; the first: \(first)"
            status = isNew || hasDuplicates ? .partial : .refused
        } else {
            status = isNew ? .accepted : .duplicate
        }
    }
}
