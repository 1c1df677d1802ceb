// HL7ResultSegments owns the segments that a result's messages are made of.
//
// Pure. The accession number is the filler's order number; without one the study's UID is.

/// The segments of a result.
struct HL7ResultSegments {
    private let result: ReportedResult
    private let identifiers: ReportIdentifiers
    private let text: ReportText

    init(_ result: ReportedResult) {
        self.result = result
        identifiers = ReportIdentifiers(result: result)
        text = ReportText(result: result)
    }

    private var time: String { HL7Time.text(result.determinedAt) }

    /// FHS or BHS.
    func envelope(_ name: String, _ form: ResultForm) -> HL7SegmentText {
        var segment = HL7SegmentText(name)
        segment.set(3, "FILMROOM")
        segment.set(4, result.site.id)
        segment.set(5, result.recipient.id)
        segment.set(6, result.facility.id)
        segment.set(7, time)
        segment.set(9, identifiers.document)
        segment.set(11, identifiers.controlID(form))
        return segment
    }

    /// - Parameter characterSets: MSH-18 as it is written.
    func header(_ type: [String], _ form: ResultForm, _ characterSets: String) -> HL7SegmentText {
        var segment = HL7SegmentText("MSH")
        segment.set(3, "FILMROOM")
        segment.set(4, result.site.id)
        segment.set(5, result.recipient.id)
        segment.set(6, result.facility.id)
        segment.set(7, time)
        segment.set(9, components: type)
        segment.set(10, identifiers.controlID(form))
        segment.set(11, "P")
        segment.set(12, "2.5.1")
        segment.set(18, raw: characterSets)
        return segment
    }

    func event(_ trigger: String) -> HL7SegmentText {
        var segment = HL7SegmentText("EVN")
        segment.set(1, trigger)
        segment.set(2, time)
        segment.set(6, time)
        return segment
    }

    func patient() -> HL7SegmentText {
        let patient = result.patient
        var segment = HL7SegmentText("PID")
        segment.set(1, "1")
        segment.set(3, raw: "\"\"")
        if !patient.patientID.isEmpty {
            segment.set(3, components: [patient.patientID, nil, nil, patient.issuer ?? result.facility.id, "MR"])
        }
        // PID-5 has to be there; a name that is not known is empty within its quotes.
        let names = HL7PersonName.patient(patient.name)
        if names.isEmpty { segment.set(5, raw: "\"\"") } else { segment.set(5, repetitions: names) }
        segment.set(7, patient.birthDate)
        segment.set(8, patient.sex)
        return segment
    }

    /// The visit is not known here: only that there was one.
    func visit() -> HL7SegmentText {
        var segment = HL7SegmentText("PV1")
        segment.set(1, "1")
        segment.set(2, "U")
        return segment
    }

    func order() -> HL7SegmentText {
        var segment = HL7SegmentText("ORC")
        segment.set(1, "RE")
        segment.set(3, filler)
        return segment
    }

    private var filler: String { result.study.accessionNumber ?? result.study.studyInstanceUID }

    func request() -> HL7SegmentText {
        var segment = HL7SegmentText("OBR")
        segment.set(1, "1")
        segment.set(3, filler)
        segment.set(4, components: ["18748-4", "Diagnostic imaging study", "LN"])
        segment.set(7, studyTime)
        segment.set(20, identifiers.document)
        segment.set(22, time)
        segment.set(24, "RAD")
        segment.set(25, result.status.hl7Code)
        return segment
    }

    private var studyTime: String? {
        guard let date = result.study.date else { return nil }
        let clock = result.study.time.map { String($0.prefix(6)) } ?? ""
        return clock.utf8.count == 6 ? date + clock : date
    }

    func document() -> HL7SegmentText {
        var segment = HL7SegmentText("TXA")
        segment.set(1, "1")
        segment.set(2, components: ["DI"])
        segment.set(3, "FT")
        segment.set(4, studyTime)
        segment.set(6, time)
        segment.set(7, time)
        segment.set(12, identifiers.document)
        segment.set(13, identifiers.predecessor)
        segment.set(15, filler)
        segment.set(16, identifiers.document)
        segment.set(17, result.status.documentCode)
        segment.set(19, "AV")
        return segment
    }

    /// The study, the label where there is one, the conclusion, and a statement of each reader.
    func observations() -> [HL7SegmentText] {
        var list = HL7ResultObservations(status: result.status)
        list.add("HD", Self.study, observedAt: result.determinedAt) {
            $0.set(5, components: [nil, result.study.studyInstanceUID, "ISO"])
        }
        if let label = result.label {
            list.add("CE", Self.impression, observedAt: result.determinedAt) {
                $0.set(5, components: [label, label, "99FILMROOM"])
            }
        }
        list.add(text: text.conclusion, Self.impression, observedAt: result.determinedAt)
        for opinion in result.opinions {
            list.add(
                text: ReportText.statement(opinion), Self.findings, observedAt: opinion.readAt,
                by: HL7PersonName.person(id: opinion.reader.id, opinion.structuredName))
        }
        return list.segments
    }

    private static let study = ["113014", "DICOM Study", "DCM"]
    private static let impression = ["19005-8", "Radiology Imaging study [Impression] (narrative)", "LN"]
    private static let findings = ["59776-5", "Procedure findings Narrative", "LN"]
}
