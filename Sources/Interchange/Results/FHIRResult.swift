// FHIRResult owns a result as a FHIR R4 Bundle: the patient, who determined and who read, the images' study, an Observation
// for each reader's opinion, and the DiagnosticReport that holds them together.
//
// Pure. References are UUIDs made of what they name. The report is one resource in all versions of the exam's result: a
// later bundle holds its next version, `amended` where it takes the place of a final one.
// Source: HL7 FHIR R4, Bundle, DiagnosticReport, Observation, ImagingStudy, Patient.

internal import Foundation

/// Writes a result's bundle.
package struct FHIRResult: Sendable {
    private let result: ReportedResult
    private let identifiers: ReportIdentifiers
    private let text: ReportText

    package init(_ result: ReportedResult) {
        self.result = result
        identifiers = ReportIdentifiers(result: result)
        text = ReportText(result: result)
    }

    package func bytes() -> [UInt8] {
        let bundle = FHIRNode.of([
            "resourceType": "Bundle",
            "identifier": .of([
                "system": "urn:ietf:rfc:3986",
                "value": .text(identifiers.uuid("Bundle/\(result.recipient.id)/\(result.version)")),
            ]),
            "type": "collection", "timestamp": .text(result.determinedAt), "entry": .list(entries),
        ])
        var json = JSONText()
        bundle.write(to: &json)
        json.raw("\n")
        return json.take()
    }

    private var entries: [FHIRNode] {
        var entries = [
            entry("Patient", FHIRResultPatient(result.patient, facility: result.facility).node),
            entry("Organization/site", organization(result.site)),
            entry("Organization/facility", organization(result.facility)),
        ]
        for reader in readers { entries.append(entry("Practitioner/\(reader.reader.id)", practitioner(reader))) }
        entries.append(entry("ImagingStudy", study))
        for (index, opinion) in result.opinions.enumerated() {
            entries.append(entry(Self.name(ofOpinion: index), observation(opinion)))
        }
        return entries + [entry("DiagnosticReport", report)]
    }

    /// Each reader once, by their first opinion.
    private var readers: [ReportedOpinion] {
        var seen: Set<String> = []
        return result.opinions.filter { seen.insert($0.reader.id).inserted }
    }

    private static func name(ofOpinion index: Int) -> String { "Observation/\(index + 1)" }

    private func entry(_ name: String, _ resource: FHIRNode) -> FHIRNode {
        .of(["fullUrl": .text(identifiers.uuid(name)), "resource": resource])
    }

    private func reference(_ name: String) -> FHIRNode { .of(["reference": .text(identifiers.uuid(name))]) }

    private func organization(_ party: ReportedParty) -> FHIRNode {
        .of([
            "resourceType": "Organization", "identifier": [.of(["value": .text(party.id)])],
            "name": .text(party.name),
        ])
    }

    private func practitioner(_ opinion: ReportedOpinion) -> FHIRNode {
        .of([
            "resourceType": "Practitioner", "identifier": [.of(["value": .text(opinion.reader.id)])],
            "name": .list(
                opinion.personName.map { FHIRResultPatient.names($0, text: opinion.reader.name) }
                    ?? [.of(["text": .text(opinion.reader.name)])]),
        ])
    }

    private var accession: FHIRNode? {
        result.study.accessionNumber.map { number in
            .of([
                "type": .of(["coding": [Self.coding("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN", nil)]]),
                "value": .text(number), "assigner": .of(["display": .text(result.facility.name)]),
            ])
        }
    }

    private var study: FHIRNode {
        let study = result.study
        let uid = FHIRNode.of(["system": "urn:dicom:uid", "value": .text("urn:oid:" + study.studyInstanceUID)])
        return .of([
            "resourceType": "ImagingStudy", "identifier": .list([uid, accession].compactMap { $0 }),
            "status": "available", "subject": reference("Patient"), "started": date.map { .text($0) },
            "numberOfSeries": .number(study.series.count),
            "numberOfInstances": .number(study.series.reduce(0) { $0 + $1.instances.count }),
            "description": study.description.map { .text($0) },
            "series": .list(
                study.series.map { series in
                    .of([
                        "uid": .text(series.seriesInstanceUID),
                        "modality": Self.coding("http://dicom.nema.org/resources/ontology/DCM", series.modality, nil),
                        "numberOfInstances": .number(series.instances.count),
                    ])
                }),
        ])
    }

    /// `YYYY-MM-DD`. The clock of the images has no offset, which a time of FHIR needs.
    private var date: String? { result.study.date.map(FHIRResultPatient.date) }

    private func observation(_ opinion: ReportedOpinion) -> FHIRNode {
        .of([
            "resourceType": "Observation", "status": .text(result.status.fhirCode),
            "code": .of([
                "coding": [Self.coding("http://loinc.org", "59776-5", "Procedure findings Narrative")]
            ]),
            "subject": reference("Patient"), "effectiveDateTime": date.map { .text($0) },
            "issued": .text(opinion.readAt),
            "performer": [reference("Practitioner/\(opinion.reader.id)")],
            "valueString": .text(ReportText.statement(opinion)),
        ])
    }

    private var report: FHIRNode {
        let label = result.label.map { label in
            FHIRNode.of(["text": .text(label)])
        }
        return .of([
            "resourceType": "DiagnosticReport", "meta": .of(["versionId": .text(String(result.version))]),
            "identifier": .list([.of(["value": .text(identifiers.document)]), accession].compactMap { $0 }),
            "status": .text(result.status.fhirCode),
            "category": [
                .of(["coding": [Self.coding("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")]])
            ],
            "code": .of(["coding": [Self.coding("http://loinc.org", "18748-4", "Diagnostic imaging study")]]),
            "subject": reference("Patient"), "effectiveDateTime": date.map { .text($0) },
            "issued": .text(result.determinedAt), "performer": [reference("Organization/site")],
            "resultsInterpreter": .list(readers.map { reference("Practitioner/\($0.reader.id)") }),
            "result": .list(result.opinions.indices.map { reference(Self.name(ofOpinion: $0)) }),
            "imagingStudy": [reference("ImagingStudy")], "conclusion": .text(text.conclusion),
            "conclusionCode": label.map { [$0] },
            "presentedForm": [
                .of([
                    "contentType": "text/plain; charset=utf-8",
                    "data": .text(Data(text.whole.utf8).base64EncodedString()), "title": .text(text.title),
                ])
            ],
        ])
    }

    private static func coding(_ system: String, _ code: String, _ display: String?) -> FHIRNode {
        .of(["system": .text(system), "code": .text(code), "display": display.map { .text($0) }])
    }
}
