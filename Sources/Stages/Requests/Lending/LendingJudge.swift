// Decides what becomes of a request for exams when it comes in: which exams it is about, and, where these are few, what is
// given of each.
//
// A request that is understood is accepted, whatever is decided about its exams: the answer is its delivery. Reads the
// catalogue, writes nothing.

internal import Access
internal import Catalog
internal import Configuration
internal import Pipeline
internal import Radiology

struct LendingJudge {
    let site: SiteContext
    let party: Party

    /// Requests about more exams than this are decided afterwards, a batch at a time.
    private static let immediateLimit = 20

    /// What it causes, and what its sender is told of it at once; nil for nothing.
    typealias Judged = (request: NewLendingRequest, note: String?)

    /// - Parameter earlier: The ids of requests before it in the same drop.
    /// - Throws: `AskedExams.Unclear` when it cannot be answered as it is.
    func judge(_ request: ExamRequest, position: Int, earlier: [String]) throws -> Judged {
        try requireName(request, earlier)
        let exams = try AskedExams(site: site, party: party).exams(of: request.subject)
        return try judge(request, about: exams, position: position)
    }

    /// - Parameter exams: What it is about, whatever its subject says.
    func judge(_ request: ExamRequest, about exams: [RequestedExam], position: Int) throws -> Judged {
        let access = AccessRequest(request)
        let decider = LendingDecider(site: site, party: party, request: access)
        // Where a count of earlier grants matters, decisions are made one request after the other.
        let isImmediate = exams.count <= Self.immediateLimit && !decider.countsExams
        let decisions = isImmediate ? try decider.decide(exams).decisions : []
        let new = NewLendingRequest(
            position: position, name: request.id, purpose: request.purpose, prefer: request.prefer.rawValue,
            format: request.format.rawValue, wantsDICOMDIR: request.dicomdir,
            want: try StoredJSON.text(StoredWish(access.want)), exams: exams, decisions: decisions)
        return (new, try note(exams, decisions))
    }

    /// Deliveries lie under the id, and the names of two must not be one.
    private func requireName(_ request: ExamRequest, _ earlier: [String]) throws {
        let name = LendingRequest.deliveryName(request.id, format: request.format.rawValue)
        guard !name.hasPrefix("."), !name.hasSuffix(".sha256") else {
            throw AskedExams.Unclear(
                reason: "the id \(request.id) cannot name a delivery: it begins with a dot or ends in .sha256")
        }
        let isTaken =
            try site.catalog.isDeliveryNameTaken(party: party.id, name: name)
            || earlier.contains { other in
                other != request.id
                    && ExamRequest.Format.allCases.contains {
                        LendingRequest.deliveryName(other, format: $0.rawValue) == name
                    }
            }
        if isTaken {
            throw AskedExams.Unclear(
                reason: "deliveries/\(name) is the answer to another request of yours; take another id")
        }
    }

    private func note(_ exams: [RequestedExam], _ decisions: [LendingDecision]) throws -> String? {
        if exams.isEmpty { return "no exam of yours fits" }
        guard !decisions.isEmpty else { return nil }
        var reasons: [String] = []
        var granted: [Int64] = []
        for decision in decisions {
            switch decision.outcome {
            case .grant(let study, _, _): granted.append(study)
            case .denial(let reason, _, _): reasons.append(reason)
            }
        }
        var notes: [String] = []
        if !reasons.isEmpty {
            let what = exams.count == 1 ? "denied" : "\(reasons.count) of \(exams.count) exams denied"
            notes.append("\(what): \(Set(reasons).sorted().joined(separator: ", "))")
        }
        if let recall = try recall(granted) { notes.append(recall) }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// Where the site brings exams back before it serves them: when that is expected to be done.
    private func recall(_ studies: [Int64]) throws -> String? {
        guard !site.configuration.storage.serveFromSlow else { return nil }
        guard try studies.contains(where: { try Recall(site: site).isNeeded(study: $0) }) else { return nil }
        let seconds = site.clock.seconds + site.configuration.storage.expectedRecallMilliseconds / 1000
        return "recall from slow storage; expected by \(site.clock.text(seconds))"
    }
}
