// Collects what happened to the things that are explained, and puts it in the order of time.
//
// Invariant: an entry of the ledger is told once, however many things it belongs to. What the ledger does not hold, such
// as the first sight of a drop or each time that a file came, is told from the catalogue's rows. Reads only.

import Catalog
import Foundation
import Pipeline

struct Story {
    let catalog: Catalog
    private var events: [(seconds: Int64, event: [String: Any])] = []
    private var told: Set<String> = []

    init(catalog: Catalog) {
        self.catalog = catalog
    }

    /// What happened, the oldest first; of one moment, in the order of telling.
    var inOrder: [[String: Any]] {
        events.enumerated().sorted { ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset) }
            .map(\.element.event)
    }

    /// Notes what happened to a subject.
    ///
    /// - Returns: What it is.
    mutating func tell(_ subject: Subject) throws -> [String: Any] {
        switch subject {
        case .drop(let drop): try tell(drop)
        case .exam(let exam): try tell(exam)
        case .file(let sightings): try tell(sightings)
        case .event(let event): try tell(event)
        case .read(let read): try tell(read)
        case .report(let reports): try tell(reports)
        case .request(let request): try tell(request)
        case .invoice(let record): try tell(record)
        case .line(let line, let place): try tell(line, at: place)
        case .use(let use): try tell(use)
        case .entry(let versions): try tell(versions)
        }
    }

    mutating func tell(_ drop: DropRecord) throws -> [String: Any] {
        let place = "\(drop.party)/\(drop.kind)/\(drop.name.text)"
        if drop.releasedFrom == nil { add("seen", at: drop.firstSeenAt, drop: drop.id, ["detail": place]) }
        if let origin = drop.releasedFrom, let released = try catalog.event(act: "released:\(origin)") {
            try add(released)
        }
        for event in try catalog.events(ofDrop: drop.id) { try add(event) }
        if drop.state == .held {
            add("held", at: drop.receivedAt, drop: drop.id, ["detail": "kept in quarantine: \(drop.reason ?? "")"])
        }
        if let receipt = drop.receipt {
            add("receipt", at: drop.receivedAt, drop: drop.id, ["detail": "\(drop.party)/receipts/\(receipt)"])
        }
        var result = SubjectText.drop(drop)
        var tally: [String: Int] = [:]
        try catalog.forEachFile(of: drop.id) { tally[$0.status, default: 0] += 1 }
        result["files"] = tally
        result["exams"] = try catalog.exams(of: drop.id).map(\.key)
        let failed = try catalog.allWork().first { $0.drop == drop.id && $0.attempt > 0 }
        result["attempts"] = failed?.attempt ?? 0
        result["error"] = failed?.lastError ?? NSNull()
        return result
    }

    private mutating func tell(_ exam: ExamRecord) throws -> [String: Any] {
        let drops = try catalog.drops(ofStudy: exam.study)
        for item in drops {
            guard let drop = try catalog.drop(item.drop) else { continue }
            for event in try catalog.events(ofDrop: drop.id) where event.study == nil || event.study == exam.study {
                try add(event)
            }
            for (status, count) in item.statuses.sorted(by: { $0.key < $1.key }) where status != "stored" {
                add(
                    "instances" + status.capitalized, at: drop.receivedAt, drop: drop.id,
                    ["exam": exam.key, "instanceCount": count])
            }
        }
        for event in try catalog.events(ofStudy: exam.study) { try add(event) }
        try tell(links: try catalog.chartLinks(ofStudy: exam.study))
        var result = SubjectText.exam(exam, series: try catalog.series(ofStudy: exam.study), drops: drops.map(\.drop))
        result["deletedAt"] = exam.deletedAt ?? NSNull()
        result["deletions"] = try catalog.deletions(study: exam.study).map { deletion in
            DeletionText.deletion(
                deletion, instances: try catalog.instances(ofDeletion: deletion.id),
                files: try catalog.files(ofDeletion: deletion.id))
        }
        result["holders"] = try catalog.releases(ofStudy: exam.study).map { ReleaseText.holder($0, exam: exam.key) }
        result["lastDrill"] =
            try catalog.latestDrill(ofStudy: exam.study).map {
                ["at": $0.at, "seed": $0.seed, "reason": $0.reason ?? NSNull()] as [String: Any]
            } ?? NSNull()
        return result
    }

    /// A request is explained by its drop, by what was decided about each exam, and by what was given.
    private mutating func tell(_ request: LendingRequest) throws -> [String: Any] {
        if let drop = try catalog.drop(request.drop) { _ = try tell(drop) }
        let exams = try catalog.requestedExams(ofRequest: request.id)
        let keys = Dictionary(exams.map { ($0.position, $0.key) }) { first, _ in first }
        let denials = try catalog.denials(ofRequest: request.id)
        for denial in denials {
            add(
                "denied", at: denial.decidedAt, drop: request.drop,
                ["exam": keys[denial.position] ?? "", "detail": "\(denial.reason): \(denial.message)"])
        }
        let grants = try catalog.grants(ofRequest: request.id)
        for grant in grants {
            add(
                "granted", at: grant.decidedAt, drop: request.drop,
                ["exam": keys[grant.position] ?? "", "detail": "by policy \(grant.policyVersion)"])
        }
        let releases = try catalog.releases(ofRequest: request.id)
        let place = "\(request.party)/deliveries/\(request.deliveryName)"
        for act in try catalog.publicationActs(of: place) {
            if let event = try catalog.event(act: act) { try add(event) }
        }
        return ReleaseText.request(request, exams: exams, grants: grants, denials: denials, releases: releases)
    }

    private mutating func tell(_ sightings: [FileSighting]) throws -> [String: Any] {
        guard let first = sightings.first else { return [:] }
        var facility: String?
        for sighting in sightings {
            guard let drop = try catalog.drop(sighting.drop) else { continue }
            facility = facility ?? drop.party
            var more: [String: Any] = ["path": sighting.path, "name": drop.name.text]
            if let exam = sighting.stored?.examKey ?? sighting.deletedExam { more["exam"] = exam }
            if let reason = sighting.reason { more["detail"] = reason }
            add("file" + sighting.status.capitalized, at: drop.receivedAt, drop: drop.id, more)
        }
        return SubjectText.file(first, facility: facility, drops: Set(sightings.map(\.drop)).sorted())
    }

    /// A read is explained by the drops that it came in, and by what its exam went through besides others' reads.
    private mutating func tell(_ times: [DiagnosisRecord]) throws -> [String: Any] {
        guard let read = times.first(where: { $0.facts.status == .sealed }) ?? times.first else { return [:] }
        for item in times {
            if let drop = try catalog.drop(item.drop) { _ = try tell(drop) }
        }
        let facts = read.facts
        for event in try facts.study.map({ try catalog.events(ofStudy: $0) }) ?? [] {
            let isOwn = event.party == facts.reader || event.party.isEmpty
            if isOwn || ["determined", "published"].contains(event.kind) { try add(event) }
        }
        return SubjectText.read(read, drops: Set(times.map(\.drop)).sorted())
    }

    /// An event is explained by the drop that it is of.
    private mutating func tell(_ event: LedgerEvent) throws -> [String: Any] {
        if let number = event.drop, let drop = try catalog.drop(number) { _ = try tell(drop) }
        try add(event)
        var result = try describe(event)
        result["type"] = "event"
        result["id"] = event.act
        return result
    }

    mutating func add(_ event: LedgerEvent) throws {
        guard told.insert(event.act).inserted else { return }
        events.append((SiteClock.seconds(of: event.at) ?? 0, try describe(event)))
    }

    private mutating func add(_ what: String, at: String?, drop: DropID, _ more: [String: Any]) {
        guard let at, let seconds = SiteClock.seconds(of: at) else { return }
        let event: [String: Any] = ["at": at, "what": what, "drop": drop.description].merging(more) { own, _ in own }
        let name = "\(what) \(drop) \(more["path"] ?? "") \(more["exam"] ?? "")"
        if told.insert(name).inserted { events.append((seconds, event)) }
    }

    /// - Parameter name: What it is told once by.
    mutating func add(_ what: String, at: String, name: String, _ more: [String: Any]) {
        guard let seconds = SiteClock.seconds(of: at), told.insert(name).inserted else { return }
        events.append((seconds, ["at": at, "what": what].merging(more) { own, _ in own }))
    }

    private func describe(_ event: LedgerEvent) throws -> [String: Any] {
        var result: [String: Any] = ["at": event.at, "what": event.kind, "event": event.act]
        if let drop = event.drop { result["drop"] = drop.description }
        if let study = event.study { result["exam"] = try examKey(study) ?? NSNull() }
        if let count = event.instanceCount { result["instanceCount"] = count }
        if let bytes = event.byteCount { result["byteCount"] = bytes }
        if let tier = event.tier { result["tier"] = tier }
        if let detail = event.detail { result["detail"] = detail }
        return result
    }

    private func examKey(_ study: Int64) throws -> String? {
        var query = ExamSearch()
        query.study = study
        query.includesDeleted = true
        var key: String?
        try catalog.forEachExam(query) { key = $0.key }
        return key
    }
}
