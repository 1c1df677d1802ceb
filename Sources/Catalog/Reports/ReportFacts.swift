// Reports as they are stored: what came, whose exam it is of, and where its file lies.
//
// Pure values. `digest` is the SHA-256 of the report's `report.json` in the archive; parties name a report by it.

internal import Foundation
internal import GRDB
package import Files
package import Radiology

/// A file that came with a report.
package struct ReportAttachment: Sendable, Equatable, Codable {
    /// A plain file name.
    package let name: String
    /// `application/pdf`, `text/plain` or `application/dicom`.
    package let mediaType: String
    package let byteCount: Int64
    /// 64 hexadecimal digits.
    package let sha256: String

    package init(name: String, mediaType: String, byteCount: Int64, sha256: String) {
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

/// What a report says and where its file lies, before it has a place in the catalogue.
package struct ReportFacts: Sendable, Equatable {
    package enum State: String, Sendable {
        case accepted, waiting, refused
    }

    /// Its place in the drop, from 0.
    package let position: Int
    /// Who sent it.
    package let party: String
    package let digest: SHA256Digest
    /// Of what it says, however it names its exam: the same twice is one report.
    package let content: SHA256Digest
    /// The exam as the report names it; empty where it does not. The facility is always named.
    package let facility: String
    package let accessionNumber: String
    package let studyInstanceUID: String
    /// nil while there is no such exam.
    package let study: Int64?
    /// `json`, `sr` or `pdf`.
    package let form: String
    package let author: String
    package let status: Report.Status
    package let purpose: String?
    package let text: String?
    package let supersedes: SHA256Digest?
    /// Its place in its chain of versions, from 1.
    package let version: Int
    package let state: State
    package let reason: String?
    package let files: [ReportAttachment]
    package let tier: String
    /// Of the tar in the archive.
    package let byteCount: Int64
    package let tarSHA256: SHA256Digest

    package init(
        position: Int, party: String, digest: SHA256Digest, content: SHA256Digest, facility: String,
        accessionNumber: String, studyInstanceUID: String, study: Int64?, form: String, author: String,
        status: Report.Status, purpose: String?, text: String?, supersedes: SHA256Digest?, version: Int, state: State,
        reason: String?, files: [ReportAttachment], tier: String, byteCount: Int64, tarSHA256: SHA256Digest
    ) {
        self.position = position
        self.party = party
        self.digest = digest
        self.content = content
        self.facility = facility
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.study = study
        self.form = form
        self.author = author
        self.status = status
        self.purpose = purpose
        self.text = text
        self.supersedes = supersedes
        self.version = version
        self.state = state
        self.reason = reason
        self.files = files
        self.tier = tier
        self.byteCount = byteCount
        self.tarSHA256 = tarSHA256
    }

    /// The same with a decision.
    package func decided(_ state: State, study: Int64?, version: Int, reason: String?) -> ReportFacts {
        ReportFacts(
            position: position, party: party, digest: digest, content: content, facility: facility,
            accessionNumber: accessionNumber, studyInstanceUID: studyInstanceUID, study: study, form: form,
            author: author, status: status, purpose: purpose, text: text, supersedes: supersedes, version: version,
            state: state, reason: reason, files: files, tier: tier, byteCount: byteCount, tarSHA256: tarSHA256)
    }
}

/// A report of the catalogue.
package struct StoredReport: Sendable, Equatable {
    package let id: Int64
    package let drop: DropID
    package let facts: ReportFacts
    /// The exam's key; nil while there is no such exam.
    package let examKey: String?
    /// ISO 8601 with offset.
    package let receivedAt: String
    /// The digest of the report that took its place; nil for the newest of its chain.
    package private(set) var supersededBy: SHA256Digest?

    package var digest: SHA256Digest { facts.digest }
    package var isNewest: Bool { supersededBy == nil }

    /// The same before another one took its place.
    package var whenItCame: StoredReport {
        var report = self
        report.supersededBy = nil
        return report
    }

    init?(_ row: Row) {
        guard let digest = Catalog.digest(row["digest"]), let content = Catalog.digest(row["content"]),
            let tar = Catalog.digest(row["tar_sha256"]), let status = Report.Status(rawValue: row["report_status"]),
            let state = ReportFacts.State(rawValue: row["state"]), let files = ReportFacts.files(row["files"])
        else { return nil }
        id = row["id"]
        drop = DropID(row["drop_id"])
        examKey = row["exam_key"]
        receivedAt = row["received_at"]
        supersededBy = Catalog.digest(row["superseded_by"])
        facts = ReportFacts(
            position: row["position"], party: row["party"], digest: digest, content: content,
            facility: row["facility"], accessionNumber: row["accession_number"], studyInstanceUID: row["study_uid"],
            study: row["study_id"], form: row["form"], author: row["author"], status: status, purpose: row["purpose"],
            text: row["text"], supersedes: Catalog.digest(row["supersedes"]), version: row["version"], state: state,
            reason: row["reason"], files: files, tier: row["tier"], byteCount: row["byte_count"], tarSHA256: tar)
    }
}

extension ReportFacts {
    /// nil when the text is no list of attachments.
    static func files(_ json: String) -> [ReportAttachment]? {
        do { return try JSONDecoder().decode([ReportAttachment].self, from: Data(json.utf8)) } catch { return nil }
    }

    func filesJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(files), as: UTF8.self)
    }
}
