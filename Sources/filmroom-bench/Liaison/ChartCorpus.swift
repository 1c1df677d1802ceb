// Made-up charts and exams of one facility: most entries name an exam or belong to a visit that does, some have nothing but a
// day, a few are wrong.
//
// The same numbers give the same charts on every machine. Exams of one patient lie years apart or on days near each other.

import Consensus
import Files
import Radiology

struct ChartCorpus {
    let entryCount: Int
    let examCount: Int
    /// Exams a patient has, on average: 10 of 6.
    var patientCount: Int { max(1, examCount * 6 / 10) }

    private static let dayCount = 1000
    private static let flushAt = 1 << 20

    struct Exam {
        let number: Int
        let patient: Int
        /// Whether its images say whose it is.
        let saysPatient: Bool
        let day: Int

        var key: String { "northside_A-\(number)" }
        var accession: String { "A-\(number)" }
        var uid: String { "1.2.840.113619.2.55.3.604688.\(number).\(day)" }
        var patientID: String { saysPatient ? "P-\(patient)" : "" }
    }

    func exams() -> [Exam] {
        var random = SplitMix64(seed: 20_261_128)
        return (0..<examCount).map { number in
            Exam(
                number: number, patient: random.index(below: patientCount), saysPatient: random.index(below: 100) > 0,
                day: random.index(below: Self.dayCount))
        }
    }

    /// Calls `body` with each entry.
    func forEachEntry(of exams: [Exam], _ body: (ChartEntry) throws -> Void) rethrows {
        var own: [[Int]] = Array(repeating: [], count: patientCount)
        for exam in exams { own[exam.patient].append(exam.number) }
        var random = SplitMix64(seed: 20_261_129)
        for number in 0..<entryCount {
            let patient = random.index(below: patientCount)
            let isRight = random.index(below: 100) < 97 && !own[patient].isEmpty
            let any = random.index(below: max(1, isRight ? own[patient].count : examCount))
            try body(entry(number, patient, exams[isRight ? own[patient][any] : any], &random))
        }
    }

    private func entry(_ number: Int, _ patient: Int, _ exam: Exam, _ random: inout SplitMix64) -> ChartEntry {
        let drawn = random.index(below: 100)
        let kind: ChartEntry.Kind = drawn < 30 ? .order : drawn < 50 ? .imaging : drawn < 70 ? .condition : .encounter
        let namesExam = drawn < 50 || drawn == 99
        let hasOwnDay = (85..<99).contains(drawn)
        return ChartEntry(
            name: "E\(number)", kind: kind, patient: PatientIdentity(patientID: "P-\(patient)"),
            accessionNumbers: namesExam ? [exam.accession] : [],
            studyInstanceUIDs: kind == .imaging ? [exam.uid] : [],
            encounter: kind == .encounter ? nil : "V\(patient)-\(exam.number)",
            time: Self.day(hasOwnDay ? random.index(below: Self.dayCount) : exam.day),
            status: drawn == 99 ? "entered-in-error" : nil)
    }

    /// `YYYY-MM-DD` of a day of the corpus.
    static func day(_ number: Int) -> String { days[number] }

    /// The first days from 2024 on.
    private static let days: [String] = {
        func two(_ value: Int) -> String { String(String(100 + value).dropFirst()) }
        return (2024...2027).flatMap { year in
            (1...12).flatMap { month in
                (1...LocalTime.dayCount(year: year, month: month)).map { "\(year)-\(two(month))-\(two($0))" }
            }
        }
    }()

    // MARK: Files

    /// Writes both lists.
    func write(entries: String, exams examsPath: String) throws(BenchError) {
        try BenchError.wrap {
            let exams = exams()
            var file = try OpenFile.create(examsPath)
            var text = Array("exam,patientID,accessionNumber,studyInstanceUID,studyDate\n".utf8)
            for exam in exams {
                text += "\(exam.key),\(exam.patientID),\(exam.accession),\(exam.uid),\(Self.day(exam.day))\n".utf8
                try Self.flush(&text, to: file, at: Self.flushAt)
            }
            try Self.flush(&text, to: file, at: 0)
            file = try OpenFile.create(entries)
            text = Array("patientID,entry,kind,encounter,time,accessionNumber,studyInstanceUID,status\n".utf8)
            try forEachEntry(of: exams) { entry in
                let numbers = "\(entry.accessionNumbers.first ?? ""),\(entry.studyInstanceUIDs.first ?? "")"
                text += "\(entry.patient.patientID),\(entry.name),\(entry.kind.rawValue),\(entry.encounter ?? "")".utf8
                text += ",\(entry.time ?? ""),\(numbers),\(entry.status ?? "")\n".utf8
                try Self.flush(&text, to: file, at: Self.flushAt)
            }
            try Self.flush(&text, to: file, at: 0)
        }
    }

    private static func flush(_ text: inout [UInt8], to file: OpenFile, at size: Int) throws(FilesError) {
        guard text.count > size else { return }
        try file.write(text)
        text.removeAll(keepingCapacity: true)
    }
}
