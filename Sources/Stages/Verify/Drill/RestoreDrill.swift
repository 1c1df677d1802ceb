// The restore drill: exams chosen by chance are restored to a place of their own and compared with what was stored.
//
// Invariants: the archive is only read; one exam lies in the place at a time, readable by this account alone, and is gone
// before the next; nothing is recorded before all were tried. A killed drill leaves an exam in the place, which the next one
// removes.

internal import Catalog
internal import Files

/// What came of a drill.
package struct RestoreDrillReport: Sendable {
    package struct Exam: Sendable {
        package let key: String
        package let facility: String
        package let tier: String
        package let instanceCount: Int
        package let reportCount: Int
        /// Of what was restored.
        package let byteCount: Int64
        package let findings: [VerificationFinding]
    }

    package let seed: String
    /// ISO 8601 with offset.
    package let at: String
    package let exams: [Exam]

    package var failedCount: Int { exams.filter { !$0.findings.isEmpty }.count }
    package var hasPassed: Bool { failedCount == 0 }
}

package struct RestoreDrill {
    private let site: SiteContext
    private let seed: String
    private let examCount: Int
    private let place: String
    private let keeps: Bool
    private let onByteCount: (Int64) -> Void

    /// The name of the folder that exams are restored to.
    package static let placeName = "filmroom-drill"

    /// - Parameters:
    ///   - seed: Stands in the name of the notice; nil for the month of the site's clock.
    ///   - examCount: Exams that are chosen at most.
    ///   - folder: Where the place is made; nil for the site's folder.
    ///   - keeps: Whether what was restored stays there.
    ///   - onByteCount: Called with what was read or restored.
    package init(
        site: SiteContext, seed: String?, examCount: Int, folder: String?, keeps: Bool,
        onByteCount: @escaping (Int64) -> Void
    ) {
        self.site = site
        self.seed = seed ?? String(site.clock.timestamp.prefix("YYYY-MM".count))
        self.examCount = examCount
        place = "\(folder ?? site.root)/\(Self.placeName)"
        self.keeps = keeps
        self.onByteCount = onByteCount
    }

    package func run() throws(StageError) -> RestoreDrillReport {
        try StageError.wrap {
            try makePlace()
            let at = site.clock.timestamp
            let chosen = try chosen()
            var exams: [RestoreDrillReport.Exam] = []
            var drilled: [DrillCandidate] = []
            for exam in chosen {
                let restored = try restore(exam)
                // What an order has deleted meanwhile is no fault of the archive.
                guard try restored.findings.isEmpty || site.catalog.exam(study: exam.study) != nil else { continue }
                exams.append(restored)
                drilled.append(exam)
            }
            if !keeps { try removePlace() }
            let report = RestoreDrillReport(seed: seed, at: at, exams: exams)
            try record(report, drilled)
            return report
        }
    }

    private func chosen() throws -> [DrillCandidate] {
        var choice = DrillChoice(seed: seed, count: examCount)
        try site.catalog.forEachDrillCandidate { choice.offer($0) }
        return choice.chosen
    }

    private func restore(_ exam: DrillCandidate) throws -> RestoreDrillReport.Exam {
        let folder = "\(place)/\(exam.examKey)"
        for path in [folder, "\(folder)/images", "\(folder)/reports"] {
            try Paths.makeDirectories(path, permissions: 0o700)
        }
        var restored = RestoredExam(site: site, folder: folder, onByteCount: onByteCount)
        try restored.restore(exam)
        if !keeps { try OpenDirectory.open(place).removeTree(FileName(exam.examKey)) }
        return RestoreDrillReport.Exam(
            key: exam.examKey, facility: exam.facility, tier: exam.tier, instanceCount: restored.instanceCount,
            reportCount: restored.reportCount, byteCount: restored.byteCount, findings: restored.findings)
    }

    private func record(_ report: RestoreDrillReport, _ drilled: [DrillCandidate]) throws {
        let exams = zip(drilled, report.exams).map { candidate, exam in
            DrilledExam(
                study: candidate.study, examKey: exam.key, instanceCount: exam.instanceCount,
                byteCount: exam.byteCount, reason: exam.findings.first?.reason)
        }
        try site.catalog.record(
            drill: seed, exams, report: String(decoding: RestoreDrillFile.json(report), as: UTF8.self),
            offices: site.configuration.managementOffices.map(\.id), at: report.at)
    }

    /// Makes the place anew and empty.
    private func makePlace() throws {
        try removePlace()
        try Paths.makeDirectories(place, permissions: 0o700)
    }

    private func removePlace() throws {
        guard Paths.exists(place) else { return }
        try OpenDirectory.open(followingLinks: Paths.parent(of: place)).removeTree(FileName(Self.placeName))
    }
}
