// A site whose catalogue gets charts and exams as drops bring them, without their files; and what one more drop costs while it
// grows.

import Catalog
import Files
import Interchange
import Pipeline
import Radiology
import Stages

struct ChartSite {
    let root: String
    let corpus: ChartCorpus

    private static let facility = "northside"
    private static let at = "2026-11-20T10:00:00+09:00"
    private static let examsInOne = 1000
    private static let entriesInOne = 5000
    private static let linkedInOne = 200
    private static let measuredCount = 50
    private static let entriesInMeasured = 5

    private static let parties = """
        site: {id: bench, name: Bench, timeZone: Asia/Tokyo, currency: EUR}
        facilities: [{id: \(facility), name: Northside, timeZone: Asia/Tokyo, purposes: [treatment]}]
        readers: []
        management: [{id: office}]
        chartSystems: []

        """

    /// - Parameter marks: Counts of entries, rising.
    func growth(_ marks: [Int]) throws(BenchError) -> [LiaisonGrowth] {
        _ = try BenchSite(
            root: root,
            files: [
                "parties.yaml": Self.parties, "reading.yaml": "protocols: []\n",
                "tariff.yaml": "priceLists: []\nrentals: []\n",
                "purposes.yaml": "purposes: [{id: treatment, range: {kinds: all}}]\n",
            ])
        let site = try BenchSite.open(root, asOf: Self.at)
        return try BenchError.wrap {
            try site.catalog.noteTier("fast", path: "archive/fast", at: Self.at)
            let exams = corpus.exams()
            var entries: [ChartEntry] = []
            entries.reserveCapacity(corpus.entryCount)
            corpus.forEachEntry(of: exams) { entries.append($0) }
            var growth: [LiaisonGrowth] = []
            var (entryCount, examCount) = (0, 0)
            for mark in marks {
                let before = SiteClock.monotonicNanoseconds
                let target = examsFor(mark)
                while examCount < target {
                    let part = exams[examCount..<min(target, examCount + Self.examsInOne)]
                    try store(part, site.catalog)
                    examCount += part.count
                }
                let first = entryCount
                while entryCount < mark {
                    let part = entries[entryCount..<min(mark, entryCount + Self.entriesInOne)]
                    try drop(Array(part), site.catalog)
                    entryCount += part.count
                }
                try link(site.catalog)
                let seconds = Double(SiteClock.monotonicNanoseconds - before) / 1e9
                let measured = try measure(exams, site.catalog)
                growth.append(
                    LiaisonGrowth(
                        entryCount: entryCount, examCount: examCount, dropMilliseconds: measured * 1e3,
                        microsecondsAnEntry: seconds * 1e6 / Double(max(1, entryCount - first))))
                Progress.say(growth[growth.count - 1].text)
            }
            try site.catalog.close()
            return growth
        }
    }

    private func examsFor(_ entries: Int) -> Int {
        Int(Int64(entries) * Int64(corpus.examCount) / Int64(corpus.entryCount))
    }

    /// Drops of a few entries, each committed and linked; the median of their seconds.
    private func measure(_ exams: [ChartCorpus.Exam], _ catalog: Catalog) throws -> Double {
        var seconds: [Double] = []
        for number in 0..<Self.measuredCount {
            let patient = PatientIdentity(patientID: "P-\(exams[number].patient)")
            let entries = (0..<Self.entriesInMeasured).map { place in
                ChartEntry(
                    name: "measured-\(SiteClock.monotonicNanoseconds)-\(place)", kind: .order, patient: patient,
                    accessionNumbers: [exams[number].accession], time: ChartCorpus.day(exams[number].day))
            }
            let start = SiteClock.monotonicNanoseconds
            try drop(entries, catalog)
            try link(catalog)
            seconds.append(Double(SiteClock.monotonicNanoseconds - start) / 1e9)
        }
        return Statistics.median(seconds)
    }

    private func link(_ catalog: Catalog) throws {
        let facilities = [
            Self.facility: LiaisonFacility(ownIssuer: nil, recipients: [Self.facility], asksForExams: false)
        ]
        while true {
            let dues =
                try catalog.dueLiaison(.patient, limit: Self.linkedInOne)
                + catalog.dueLiaison(.exam, limit: Self.linkedInOne)
            guard !dues.isEmpty else { return }
            try catalog.relink(dues, facilities: facilities, at: Self.at)
        }
    }

    // MARK: Drops

    private func lease(_ catalog: Catalog, kind: String, _ name: String) throws -> (drop: DropRecord, work: Work) {
        let sighting = Sighting(
            party: Self.facility, kind: kind, name: FileName(name), isFolder: false, signature: 1)
        let request = LeaseRequest(owner: "bench", now: 0, until: .max, policyNow: 0, deadOwners: [])
        guard let drop = try catalog.observe([sighting], at: Self.at).first,
            let work = try catalog.lease(pipeline: kind, stage: "receive", drop: drop.id, request)
        else { throw BenchError.failed("the drop \(name) cannot be worked on") }
        return (drop, work)
    }

    private func drop(_ entries: [ChartEntry], _ catalog: Catalog) throws {
        let name = "charts-\(SiteClock.monotonicNanoseconds)"
        let (drop, work) = try lease(catalog, kind: "charts", name)
        let item = ChartItem(name: name, entries: entries)
        let chart = NewChart(
            facility: Self.facility, position: 0, item: item, patientDigests: [],
            entryDigests: entries.map { SHA256.digest(of: CanonicalChart.bytes(of: $0)) })
        let digest = SHA256.digest(of: name)
        try catalog.commit(
            ItemsOutcome(
                sha256: digest, byteCount: 1, attested: true, status: "accepted", reason: nil, isHeld: false,
                content: nil,
                items: [ItemFacts(position: 0, name: name, status: .accepted, reason: nil, sha256: digest)],
                effects: [.chart(chart)]), of: drop, work: work, owner: "bench", at: Self.at)
    }

    private func store(_ exams: ArraySlice<ChartCorpus.Exam>, _ catalog: Catalog) throws {
        let name = "images-\(SiteClock.monotonicNanoseconds)"
        let (drop, work) = try lease(catalog, kind: "images", name)
        let list = Array(exams)
        let outcome = DropOutcome(
            sha256: SHA256.digest(of: name), byteCount: 1, attested: true, status: "accepted", reason: nil,
            isHeld: false,
            series: list.map { exam in
                DropOutcome.SeriesFacts(
                    patientID: exam.patientID, issuer: "", patientAttributes: "{}", examKey: exam.key,
                    studyInstanceUID: exam.uid, accessionNumber: exam.accession,
                    studyDate: ChartCorpus.day(exam.day).filter { $0 != "-" }, studyAttributes: "{}",
                    seriesInstanceUID: exam.uid + ".1", modality: "MG", bodyPart: "BREAST", seriesAttributes: "{}")
            },
            packs: list.enumerated().map { place, exam in
                DropOutcome.PackFacts(
                    series: place, digest: SHA256.digest(of: exam.uid), tier: "fast", byteCount: 1024, memberCount: 1)
            },
            instances: list.enumerated().map { place, exam in
                DropOutcome.InstanceFacts(
                    pack: place, sopInstanceUID: exam.uid + ".1.1", offset: 512, byteCount: 10,
                    sha256: SHA256.digest(of: exam.uid), conflict: false, attributes: "{}")
            },
            files: [], generation: try catalog.generation(party: Self.facility))
        try catalog.commit(outcome, of: drop, work: work, owner: "bench", at: Self.at)
    }
}
