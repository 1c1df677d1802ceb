// One patient's chart as the party's own store has it: what is known of the patient, every version of every entry, and what
// was asked of the service for it.
//
// Invariant: a version is never changed; the newest one of a name counts.

import Files
import Interchange
import Radiology

struct StoredChart: Codable {
    struct Version: Codable {
        let entry: ChartEntry
        /// Of its content, hex.
        let sha256: String
        /// ISO 8601.
        let addedAt: String
    }

    /// A request that was made for the chart, and whose delivery is not here yet.
    struct Asked: Codable, Equatable {
        let id: String
        let purpose: String
        let query: ExamAsked
    }

    var patient: ChartPatient
    var versions: [Version] = []
    /// Who was merged into the patient.
    var merged: [PatientIdentity] = []
    /// Who the patient is now; nil for one who was not merged.
    var mergedInto: PatientIdentity?
    var asked: [Asked] = []

    init(_ identity: PatientIdentity) {
        patient = ChartPatient(identity: identity)
    }

    /// The entries as they are now, each with when it came, in the order in which they were first written.
    var current: [Version] {
        var places: [String: Int] = [:]
        var found: [Version] = []
        for version in versions {
            if let place = places[version.entry.name] {
                found[place] = version
            } else {
                places[version.entry.name] = found.count
                found.append(version)
            }
        }
        return found
    }

    /// Takes what a chart says of the patient.
    ///
    /// - Returns: Whether it says anything new.
    mutating func take(_ other: ChartPatient) -> Bool {
        let known = patient
        patient = ChartPatient(
            identity: known.identity, name: other.name ?? known.name, birthDate: other.birthDate ?? known.birthDate,
            sex: other.sex ?? known.sex)
        return patient != known
    }

    /// Takes an entry.
    ///
    /// - Returns: Whether it says anything new.
    mutating func take(_ entry: ChartEntry, at: String) -> Bool {
        let digest = SHA256.digest(of: CanonicalChart.bytes(of: entry)).hex
        guard versions.last(where: { $0.entry.name == entry.name })?.sha256 != digest else { return false }
        versions.append(Version(entry: entry, sha256: digest, addedAt: at))
        return true
    }
}

/// Which exams are asked for: numbers, a patient id and a day; nothing else of a chart is in it.
struct ExamAsked: Codable, Hashable {
    let facility: String
    let patientID: String
    var issuerOfPatientID: String?
    var accessionNumber: String?
    var studyInstanceUID: String?
    /// `YYYY-MM-DD`
    var nearestTo: String?
    /// Keys of exams that are here.
    var except: [String]?
}
