import Testing

@testable import Radiology

@Suite struct PatientLinksTests {
    private let patient = PatientIdentity(patientID: "P-1")
    private let other = PatientIdentity(patientID: "P-2")

    private func exam(_ study: Int64, _ accession: String, _ day: String? = "2026-11-20", of patient: PatientIdentity?)
        -> ExamOutline
    {
        ExamOutline(
            study: study, patient: patient, accessionNumber: accession, studyInstanceUID: "1.\(study)", day: day)
    }

    private func entry(
        _ name: String, _ kind: ChartEntry.Kind = .encounter, accession: String? = nil, uid: String? = nil,
        stated: ExamReference? = nil, encounter: String? = nil, time: String? = nil, status: String? = nil
    ) -> ChartEntry {
        ChartEntry(
            name: name, kind: kind, patient: patient, accessionNumbers: accession.map { [$0] } ?? [],
            studyInstanceUIDs: uid.map { [$0] } ?? [], statedExams: stated.map { [$0] } ?? [], encounter: encounter,
            time: time, status: status)
    }

    private func links(_ entries: [ChartEntry], _ exams: [ExamOutline]) -> [String] {
        PatientLinks(identities: [patient], entries: entries, exams: exams).links.map {
            "\(entries[$0.entry].name)-\($0.study) \($0.basis) \($0.certainty)\($0.conflict == nil ? "" : " held")"
        }
    }

    @Test func theSurestReasonCountsAndOnlyOnce() {
        let all = entry(
            "E", accession: "A", uid: "1.1", stated: ExamReference(accessionNumber: "A", studyInstanceUID: "1.1"))
        #expect(links([all], [exam(1, "A", of: patient)]) == ["E-1 stated exact"])
        #expect(
            links([entry("E", accession: "A", uid: "1.1")], [exam(1, "A", of: patient)])
                == ["E-1 studyInstanceUID exact"])
    }

    @Test func statedNumbersMustBeOfOneExam() {
        let stated = entry("E", stated: ExamReference(accessionNumber: "B", studyInstanceUID: "1.1"))
        #expect(links([stated], [exam(1, "A", of: patient), exam(2, "B", of: patient)]).isEmpty)
    }

    @Test func oneAccessionNumberMayCoverSeveralStudies() {
        #expect(
            links([entry("E", accession: "A")], [exam(2, "A", of: patient), exam(1, "A", of: patient)])
                == ["E-1 accessionNumber exact", "E-2 accessionNumber exact"])
    }

    @Test func anotherPatientsExamIsHeldAndOneOfNobodyIsProbable() {
        let entries = [entry("E", accession: "A")]
        #expect(links(entries, [exam(1, "A", of: other)]) == ["E-1 accessionNumber exact held"])
        #expect(links(entries, [exam(1, "A", of: nil)]) == ["E-1 accessionNumber probable"])
    }

    @Test func whatIsHeldLendsNothingToItsVisit() {
        let entries = [entry("V"), entry("O", .order, accession: "A", encounter: "V")]
        #expect(links(entries, [exam(1, "A", of: other)]) == ["O-1 accessionNumber exact held"])
        #expect(links(entries, [exam(1, "A", of: patient)]) == ["V-1 encounter probable", "O-1 accessionNumber exact"])
    }

    @Test func anEntryThatNamesAnExamWaitsForIt() {
        #expect(links([entry("E", accession: "B", time: "2026-11-20")], [exam(1, "A", of: patient)]).isEmpty)
    }

    @Test func theDayThenTheNearestExamOfThePatientCounts() {
        let exams = [
            exam(1, "A", "2026-11-20", of: patient), exam(2, "B", "2026-10-01", of: patient),
            exam(3, "C", "2026-11-21", of: other), exam(4, "D", nil, of: patient),
        ]
        #expect(links([entry("E", time: "2026-11-20T23:59:00+09:00")], exams) == ["E-1 date probable"])
        #expect(links([entry("E", time: "2026-11-23")], exams) == ["E-1 patientID possible"])
        #expect(links([entry("E", time: "2026-07-03")], exams) == ["E-2 patientID possible"])
        #expect(links([entry("E", time: "2026-07-02")], exams).isEmpty)
        #expect(links([entry("E")], exams).isEmpty)
    }

    @Test func whatWasEnteredByMistakeIsLinkedToNothing() {
        let void = entry("E", accession: "A", status: "entered-in-error")
        #expect(links([void], [exam(1, "A", of: patient)]).isEmpty)
    }

    @Test func theOrderOfWhatCameDoesNotMatter() {
        let entries = [
            entry("V"), entry("O", .order, accession: "A", encounter: "V"), entry("D", time: "2026-10-01"),
        ]
        let exams = [exam(1, "A", of: patient), exam(2, "B", "2026-10-01", of: patient)]
        let expected = Set(links(entries, exams))
        #expect(Set(links(entries.reversed(), exams.reversed())) == expected)
        #expect(expected.count == 3)
    }

    private func settled(_ settled: ExamOutline.Settled) -> [String] {
        let exam = ExamOutline(
            study: 1, patient: other, accessionNumber: "A", studyInstanceUID: "1.1", day: "2026-11-20", settled: settled
        )
        let entries = [entry("E", accession: "A"), entry("D", time: "2026-11-20")]
        return PatientLinks(identities: [patient], entries: entries, exams: [exam]).links.map {
            "\(entries[$0.entry].name) \($0.basis) \($0.certainty) \($0.conflict?.patientID ?? "-") \($0.isSettled)"
        }
    }

    @Test func aPersonsWordCountsMoreThanTheImages() {
        #expect(settled(.patient(patient)) == ["E accessionNumber exact - true", "D date probable - false"])
        #expect(settled(.patient(other)) == ["E accessionNumber exact P-2 true"])
        #expect(settled(.both) == ["E accessionNumber probable - true"])
    }
}
