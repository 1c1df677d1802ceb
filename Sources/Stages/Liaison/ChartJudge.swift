// Judges the items of one drop of charts, each by itself: what of them is new.
//
// Reads the catalogue, writes nothing. Patients are the facility's own, whether it or its chart system dropped the chart.

internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Radiology

struct ChartJudge {
    let site: SiteContext
    let drop: DropRecord

    private static let prefixByteCount = 4096

    /// - Throws: `ItemError` when it as a whole cannot be read.
    func judge(_ bytes: [UInt8]) throws -> JudgedDocument {
        guard let party = site.configuration.party(drop.party), let id = party.facility,
            let facility = site.configuration.facility(id)
        else { throw StageError.unexpected("\(drop.party) is of no facility") }
        let form = ChartForm.detect(name: drop.name.text, prefix: Array(bytes.prefix(Self.prefixByteCount)))
        let zone = ZoneOffset(identifier: facility.timeZone) ?? .unknown
        var known = KnownCharts(catalog: site.catalog, facility: facility.id)
        var judged = JudgedDocument()
        for (position, result) in try ChartItems.items(bytes, form: form, zone: zone).enumerated() {
            switch result {
            case .failure(let error):
                judged.items.append(
                    ItemFacts(
                        position: position, name: error.id, status: .refused, reason: error.description,
                        sha256: SHA256.digest(of: error.description)))
            case .success(let written):
                let item = written.normalized(own: facility.issuerOfPatientID)
                let chart = NewChart(
                    facility: facility.id, position: position, item: item,
                    patientDigests: item.patients.map { SHA256.digest(of: CanonicalChart.bytes(of: $0)) },
                    entryDigests: item.entries.map { SHA256.digest(of: CanonicalChart.bytes(of: $0)) })
                let isNew = try known.take(chart)
                judged.items.append(
                    ItemFacts(
                        position: position, name: item.name, status: isNew ? .accepted : .duplicate, reason: nil,
                        sha256: SHA256.digest(of: CanonicalChart.bytes(of: item))))
                if isNew { judged.effects.append(.chart(chart)) }
            }
        }
        judged.settle(judged.items)
        return judged
    }
}

/// What is known of charts, with what came before in the same drop.
private struct KnownCharts {
    let catalog: Catalog
    let facility: String
    private var patients: [PatientIdentity: SHA256Digest] = [:]
    private var entries: [EntryName: SHA256Digest] = [:]

    private struct EntryName: Hashable {
        let patient: PatientIdentity
        let name: String
    }

    init(catalog: Catalog, facility: String) {
        self.catalog = catalog
        self.facility = facility
    }

    /// - Returns: Whether it says anything new.
    mutating func take(_ chart: NewChart) throws -> Bool {
        var isNew = false
        for (patient, digest) in zip(chart.item.patients, chart.patientDigests) {
            let before =
                try patients[patient.identity]
                ?? catalog.chartPatientDigest(facility: facility, patient: patient.identity)
            if before != digest { isNew = true }
            patients[patient.identity] = digest
        }
        for (entry, digest) in zip(chart.item.entries, chart.entryDigests) {
            let name = EntryName(patient: entry.patient, name: entry.name)
            let before =
                try entries[name]
                ?? catalog.chartEntryDigest(facility: facility, patient: entry.patient, name: entry.name)
            if before != digest { isNew = true }
            entries[name] = digest
        }
        for merge in chart.item.merges where try !isMerged(merge) { isNew = true }
        return isNew
    }

    /// Whether both are known as one patient already.
    private func isMerged(_ merge: PatientMerge) throws -> Bool {
        guard let from = try root(of: merge.from), let into = try root(of: merge.into) else { return false }
        return from == into
    }

    private func root(of identity: PatientIdentity) throws -> Int64? {
        let patients = try catalog.chartPatients(facility: facility, patientID: identity.patientID)
        return try patients.first { $0.identity == identity }.map { try catalog.chartRoot(of: $0.id) }
    }
}

extension ChartItem {
    /// The same with "" for the facility's own issuer.
    fileprivate func normalized(own: String?) -> ChartItem {
        ChartItem(
            name: name,
            patients: patients.map {
                ChartPatient(
                    identity: $0.identity.normalized(own: own), name: $0.name, birthDate: $0.birthDate, sex: $0.sex)
            },
            entries: entries.map {
                ChartEntry(
                    name: $0.name, kind: $0.kind, patient: $0.patient.normalized(own: own),
                    accessionNumbers: $0.accessionNumbers, studyInstanceUIDs: $0.studyInstanceUIDs,
                    statedExams: $0.statedExams, encounter: $0.encounter, time: $0.time, title: $0.title,
                    text: $0.text, status: $0.status)
            },
            merges: merges.map {
                PatientMerge(from: $0.from.normalized(own: own), into: $0.into.normalized(own: own))
            })
    }
}
