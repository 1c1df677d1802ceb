// What the catalogue knows of charts: patients, entries, links.

internal import Foundation
internal import GRDB
package import Files
package import Radiology

/// What one item of a charts drop says of a facility's patients.
package struct NewChart: Sendable {
    package let facility: String
    /// Its place in the drop.
    package let position: Int
    /// Identities in it have "" for the facility's own issuer.
    package let item: ChartItem
    /// Of each patient and entry, in their order.
    package let patientDigests: [SHA256Digest]
    package let entryDigests: [SHA256Digest]

    package init(
        facility: String, position: Int, item: ChartItem, patientDigests: [SHA256Digest], entryDigests: [SHA256Digest]
    ) {
        self.facility = facility
        self.position = position
        self.item = item
        self.patientDigests = patientDigests
        self.entryDigests = entryDigests
    }
}

/// A patient of a facility's charts.
package struct ChartPatientRecord: Sendable, Equatable {
    package let id: Int64
    package let facility: String
    package let identity: PatientIdentity
    package let name: String?
    /// `YYYY-MM-DD`.
    package let birthDate: String?
    package let sex: String?
    /// Whom the patient was merged into; nil for one who stays.
    package let into: Int64?

    static let columns = """
        chart_patient.id, party.name AS facility, patient_id, issuer, chart_patient.name, birth_date, sex, into_id
        """

    init(_ row: Row) {
        id = row["id"]
        facility = row["facility"]
        identity = PatientIdentity(patientID: row["patient_id"], issuer: row["issuer"])
        name = row["name"]
        birthDate = row["birth_date"]
        sex = row["sex"]
        into = row["into_id"]
    }
}

/// An entry of a chart, in one version.
package struct ChartEntryRecord: Sendable, Equatable {
    package let id: Int64
    /// Of the patient whom it was written for.
    package let patient: Int64
    package let entry: ChartEntry
    /// From 1.
    package let version: Int
    package let isCurrent: Bool
    package let drop: DropID
    package let position: Int
    /// ISO 8601 with offset.
    package let notedAt: String

    static let columns = "chart_entry.*, patient_id, issuer"

    init(_ row: Row) throws {
        let numbers = try JSONDecoder().decode(StoredNumbers.self, from: Data((row["numbers"] as String).utf8))
        id = row["id"]
        patient = row["patient_row"]
        entry = ChartEntry(
            name: row["name"], kind: ChartEntry.Kind(rawValue: row["kind"]) ?? .document,
            patient: PatientIdentity(patientID: row["patient_id"], issuer: row["issuer"]),
            accessionNumbers: numbers.accessions ?? [], studyInstanceUIDs: numbers.uids ?? [],
            statedExams: (numbers.exams ?? []).map {
                ExamReference(accessionNumber: $0.accession, studyInstanceUID: $0.uid)
            }, encounter: row["encounter"], time: row["time"], title: row["title"], text: row["text"],
            status: row["status"])
        version = row["version"]
        isCurrent = row["is_current"]
        drop = DropID(row["drop_id"])
        position = row["position"]
        notedAt = row["noted_at"]
    }
}

/// The numbers by which an entry names exams, as they are stored.
struct StoredNumbers: Codable {
    struct Exam: Codable {
        let accession: String?
        let uid: String?
    }

    let accessions: [String]?
    let uids: [String]?
    let exams: [Exam]?

    init(_ entry: ChartEntry) {
        accessions = entry.accessionNumbers.isEmpty ? nil : entry.accessionNumbers
        uids = entry.studyInstanceUIDs.isEmpty ? nil : entry.studyInstanceUIDs
        exams =
            entry.statedExams.isEmpty
            ? nil : entry.statedExams.map { Exam(accession: $0.accessionNumber, uid: $0.studyInstanceUID) }
    }

    /// JSON; the same numbers give the same text.
    var text: String {
        get throws {
            if accessions == nil, uids == nil, exams == nil { return "{}" }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// All of them, each once.
    var all: Set<String> {
        let stated = (exams ?? []).flatMap { [$0.accession, $0.uid].compactMap { $0 } }
        return Set((accessions ?? []) + (uids ?? []) + stated)
    }
}

/// A link between an entry and an exam, or what is held because their patients differ.
package struct ChartLinkRecord: Sendable, Equatable {
    package let entry: Int64
    package let study: Int64
    package let basis: LinkBasis
    package let certainty: LinkCertainty
    /// Whose exam it is, where that is another patient: then it is held for a person, unless that is settled.
    package let conflict: String?
    /// Whether the office said whose it is.
    package let isSettled: Bool
    package let since: String
    package let endedAt: String?
    package let endedBecause: String?

    init(_ row: Row) {
        entry = row["entry_id"]
        study = row["study_id"]
        basis = LinkBasis(rawValue: row["basis"]) ?? .patientID
        certainty = LinkCertainty(rawValue: row["certainty"]) ?? .possible
        conflict = row["conflict"]
        isSettled = row["is_settled"]
        since = row["since"]
        endedAt = row["ended_at"]
        endedBecause = row["ended_because"]
    }
}
