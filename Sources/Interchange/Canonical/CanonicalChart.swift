// CanonicalChart owns the form of a chart's patient or entry that has a digest: the same content gives the same bytes,
// whatever document it came in.
//
// Pure.

package import Radiology

/// Writes what a chart says in canonical form.
package enum CanonicalChart {
    package static func bytes(of patient: ChartPatient) -> [UInt8] {
        CanonicalJSON.object([
            "patient": identity(patient.identity), "name": .optional(patient.name),
            "birthDate": .optional(patient.birthDate), "sex": .optional(patient.sex),
        ]).bytes
    }

    package static func bytes(of entry: ChartEntry) -> [UInt8] {
        CanonicalJSON.object([
            "patient": identity(entry.patient), "name": .string(entry.name), "kind": .string(entry.kind.rawValue),
            "accessionNumbers": list(entry.accessionNumbers), "studyInstanceUIDs": list(entry.studyInstanceUIDs),
            "exams": .array(
                entry.statedExams.map {
                    .object([
                        "accessionNumber": .optional($0.accessionNumber),
                        "studyInstanceUID": .optional($0.studyInstanceUID),
                    ])
                }),
            "encounter": .optional(entry.encounter), "time": .optional(entry.time), "title": .optional(entry.title),
            "text": .optional(entry.text), "status": .optional(entry.status),
        ]).bytes
    }

    package static func bytes(of item: ChartItem) -> [UInt8] {
        let patients = item.patients.map { bytes(of: $0) }
        let entries = item.entries.map { bytes(of: $0) }
        let merges = item.merges.map {
            CanonicalJSON.object(["from": identity($0.from), "into": identity($0.into)]).bytes
        }
        return Array((patients + entries + merges).joined(separator: [0x0A]))
    }

    private static func identity(_ identity: PatientIdentity) -> CanonicalJSON {
        .object(["patientID": .string(identity.patientID), "issuer": .string(identity.issuer)])
    }

    private static func list(_ texts: [String]) -> CanonicalJSON { .array(texts.map { .string($0) }) }
}
