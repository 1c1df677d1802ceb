// `report.json` of a report's tar: what the report says, and the files that came with it.
//
// Its bytes depend on the content alone; their SHA-256 is the report's digest, by which parties name it.

internal import Archive
internal import Catalog
internal import Files
internal import Foundation
internal import Radiology

struct ReportDocument: Codable, Equatable {
    var version = 1
    var party: String
    var facility: String
    var accessionNumber: String?
    var studyInstanceUID: String?
    var form: String
    var author: String
    var status: String
    var purpose: String?
    var text: String?
    var supersedes: String?
    var files: [ReportAttachment]

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }

    /// What is said of a report without its exam.
    static let waitingReason = "there is no such exam yet; the report is attached when it comes"

    /// The digest of what it says, however it names its exam.
    var contentDigest: SHA256Digest {
        get throws {
            var content = self
            content.facility = ""
            content.accessionNumber = nil
            content.studyInstanceUID = nil
            return SHA256.digest(of: try content.bytes)
        }
    }

    init(
        _ report: Report, party: String, facility: String, form: String, author: String, purpose: String?,
        files: [ReportAttachment]
    ) {
        self.party = party
        self.facility = facility
        accessionNumber = report.exam.accessionNumber
        studyInstanceUID = report.exam.studyInstanceUID
        self.form = form
        self.author = author
        status = report.status.rawValue
        self.purpose = purpose
        text = report.text
        supersedes = report.supersedes
        self.files = files
    }

    static func decoded(_ bytes: [UInt8]) throws -> ReportDocument {
        try JSONDecoder().decode(ReportDocument.self, from: Data(bytes))
    }

    var reference: ExamReference {
        ExamReference(
            facility: facility.isEmpty ? nil : facility, accessionNumber: accessionNumber,
            studyInstanceUID: studyInstanceUID)
    }
}

/// `drop.json` of a report's tar: the drop that brought it.
struct ReportDropNote: Codable, Equatable {
    var kind = "reports"
    var sha256: String
    var name: String
    var byteCount: Int64
    var attested: Bool
    /// Its place in the drop.
    var index: Int

    static func decoded(_ bytes: [UInt8]) throws -> ReportDropNote {
        try JSONDecoder().decode(ReportDropNote.self, from: Data(bytes))
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }
}
