// Tells each facility what of its charts and exams needs somebody's eye: `audit.json` and `audit.html` in its liaison folder.
//
// Made from facts alone: what lies there is replaced only when the facts are others. A facility that keeps no charts here
// gets none.

package import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Interchange
internal import Pages
internal import Radiology
internal import Spool

/// What an audit found.
package struct LiaisonAuditReport: Sendable, Equatable {
    package let facility: String
    package let counts: LiaisonCounts
    /// By kind.
    package let findings: [AuditFinding.Kind: Int]
}

package struct LiaisonAudit {
    let site: SiteContext

    private static let kind = "liaison"
    private static let documentName = "audit.json"
    private static let pageName = "audit.html"
    /// Lines of one list on the page; the document has all.
    private static let lineLimit = 500

    package init(site: SiteContext) {
        self.site = site
    }

    /// - Parameter only: One facility; nil for all.
    package func run(only: String? = nil) throws(StageError) -> [LiaisonAuditReport] {
        try StageError.wrap {
            try site.configuration.facilities.filter { only == nil || $0.id == only }.compactMap { try audit($0) }
        }
    }

    private func audit(_ facility: Facility) throws -> LiaisonAuditReport? {
        let counts = try site.catalog.liaisonCounts(facility: facility.id)
        guard counts.patients > 0 else { return nil }
        var text = JSONText()
        text.raw("{")
        text.member("type", "liaisonAudit", first: true)
        text.member("facility", facility.id)
        text.raw(",\n\"counts\":{")
        text.member("patients", counts.patients, first: true)
        text.member("entries", counts.entries)
        text.member("exams", counts.exams)
        text.member("links", counts.links)
        text.raw("}")
        var lists: [AuditPage.List] = []
        var sums: [AuditFinding.Kind: Int] = [:]
        for kind in AuditFinding.Kind.allCases {
            let list = try list(kind, facility, &text)
            sums[kind] = list.count
            lists.append(list)
        }
        text.raw("}\n")
        let page = AuditPage(
            facilityName: facility.name,
            figures: [
                "\(counts.patients) patients", "\(counts.entries) entries", "\(counts.exams) exams",
                "\(counts.links) links",
            ], lists: lists)
        let document = text.take()
        for recipient in site.liaisonFacilities[facility.id]?.recipients ?? [] {
            try publish(page.html(), Self.pageName, to: recipient)
            try publish(document, Self.documentName, to: recipient)
        }
        return LiaisonAuditReport(facility: facility.id, counts: counts, findings: sums)
    }

    private func publish(_ bytes: [UInt8], _ name: String, to party: String) throws {
        let outbox = Outbox(layout: site.layout)
        let there = try outbox.digest(party: party, kind: Self.kind, name: FileName(name))
        guard there != SHA256.digest(of: bytes) else { return }
        try outbox.publish(bytes, party: party, kind: Self.kind, name: FileName(name))
    }

    private func list(
        _ kind: AuditFinding.Kind, _ facility: Facility, _ text: inout JSONText
    ) throws -> AuditPage.List {
        var lines: [AuditPage.Line] = []
        var count = 0
        text.raw(",\n\"\(Self.keys[kind] ?? kind.rawValue)\":[")
        try site.catalog.forEachAuditFinding(kind, facility: facility.id) { finding in
            text.raw(count == 0 ? "\n{" : ",\n{")
            append(finding, facility, to: &text)
            text.raw("}")
            count += 1
            if lines.count < Self.lineLimit { lines.append(line(finding, facility)) }
        }
        text.raw("]")
        return AuditPage.List(title: Self.titles[kind] ?? kind.rawValue, count: count, lines: lines)
    }

    private static let keys: [AuditFinding.Kind: String] = [
        .unmatchedEntry: "unmatchedEntries", .unmatchedExam: "unmatchedExams", .merge: "merges",
    ]
    private static let titles: [AuditFinding.Kind: String] = [
        .unmatchedEntry: "Entries without images", .unmatchedExam: "Exams without an entry",
        .doubtful: "Doubtful links", .held: "Held for a person", .settled: "Settled by the office",
        .merge: "Merged patients",
    ]

    private func append(_ finding: AuditFinding, _ facility: Facility, to text: inout JSONText) {
        let issuer = finding.patient.issuer.isEmpty ? facility.issuerOfPatientID : finding.patient.issuer
        text.member("patientID", finding.patient.patientID, first: true)
        text.member("issuerOfPatientID", issuer)
        if let entry = finding.entry { text.member("entry", entry) }
        if let exam = finding.exam { text.member("exam", exam) }
        if let basis = finding.basis { text.member("by", basis.rawValue) }
        if let other = finding.other {
            if finding.kind == .merge {
                text.member("mergedPatientID", other)
            } else {
                text.member("patientOfExam", other)
            }
        }
        if finding.kind == .settled { text.member("belongs", finding.other == nil) }
        text.member("time", finding.time)
    }

    private func line(_ finding: AuditFinding, _ facility: Facility) -> AuditPage.Line {
        let (what, why): (String, String) =
            switch finding.kind {
            case .unmatchedEntry: (finding.entry ?? "", "no exam has its number, visit or day")
            case .unmatchedExam: (finding.exam ?? "", "no entry of a chart belongs to it")
            case .doubtful:
                ("\(finding.entry ?? "") and \(finding.exam ?? "")", "nothing but the patient relates them")
            case .held:
                (
                    "\(finding.entry ?? "") and \(finding.exam ?? "")",
                    "the exam is patient \(finding.other ?? "")'s by its images"
                )
            case .settled:
                (
                    "\(finding.entry ?? "") and \(finding.exam ?? "")",
                    finding.other.map { "the exam is patient \($0)'s" } ?? "they belong together"
                )
            case .merge: ("\(finding.other ?? "") is this patient", "merged \(finding.time ?? "")")
            }
        return AuditPage.Line(
            patientID: finding.patient.patientID, address: address(finding, facility), what: what, why: why)
    }

    /// nil where the patient has no page: an exam without an entry may be of one without a chart.
    private func address(_ finding: AuditFinding, _ facility: Facility) -> String? {
        guard finding.kind != .unmatchedExam else { return nil }
        let folder = LiaisonName.folder(finding.patient, facility: facility.id, own: facility.issuerOfPatientID)
        let page = LinkText.path([folder, "index.html"])
        return finding.entry.map { "\(page)#entry=\(LinkText.percentEncoded($0))" } ?? page
    }
}
