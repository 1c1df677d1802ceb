// FHIRResultPatient owns a patient of ours as a FHIR R4 Patient, and DICOM names as FHIR has them.
//
// Pure. Source: HL7 FHIR R4, Patient and HumanName; the extension iso21090-EN-representation for the script of a name.

internal import DICOM

/// Writes a Patient.
struct FHIRResultPatient {
    private let patient: ReportedPatient
    private let facility: ReportedParty

    init(_ patient: ReportedPatient, facility: ReportedParty) {
        self.patient = patient
        self.facility = facility
    }

    var node: FHIRNode {
        let type = FHIRNode.of([
            "coding": [
                .of(["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"])
            ]
        ])
        let identifier = FHIRNode.of([
            "type": type, "value": .text(patient.patientID),
            "assigner": .of(["display": .text(patient.issuer ?? facility.id)]),
        ])
        return .of([
            "resourceType": "Patient", "identifier": patient.patientID.isEmpty ? nil : [identifier],
            "name": .list(Self.names(patient.name, text: nil)), "gender": gender.map { .text($0) },
            "birthDate": patient.birthDate.map { .text(Self.date($0)) },
        ])
    }

    private var gender: String? { patient.sex.flatMap { ["M": "male", "F": "female", "O": "other"][$0] } }

    /// `19700201` as `1970-02-01`.
    static func date(_ date: String) -> String { "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))" }

    /// A name for each script that a DICOM name has.
    ///
    /// - Parameter text: The name for people; nil leaves it out.
    static func names(_ name: String, text: String?) -> [FHIRNode] {
        let name = PersonName(name)
        return [(name.alphabetic, "ABC"), (name.ideographic, "IDE"), (name.phonetic, "SYL")]
            .filter { !$0.0.isEmpty }.map { group, code in
                .of([
                    "extension": [
                        .of([
                            "url": "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
                            "valueCode": .text(code),
                        ])
                    ],
                    "text": text.map { .text($0) }, "family": .text(group.family),
                    "given": .list([group.given, group.middle].filter { !$0.isEmpty }.map { .text($0) }),
                    "prefix": group.prefix.isEmpty ? nil : [.text(group.prefix)],
                    "suffix": group.suffix.isEmpty ? nil : [.text(group.suffix)],
                ])
            }
    }
}
