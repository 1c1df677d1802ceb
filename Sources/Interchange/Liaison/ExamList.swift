// A list of exams that charts are linked to, and which of them a patient id or a number leads to.
//
// Texts are numbers of tables that the list of entries shares. Memory: the list and its names.

internal import Radiology

struct ExamList: Sendable {
    /// The places of the exams' keys in the file.
    private(set) var keys: [Range<Int>] = []
    private(set) var exams: [LinkRules.Exam] = []
    private(set) var byPatient = Places()
    private(set) var byNumber = Places()

    private static let required = ["exam", "patientID", "accessionNumber", "studyInstanceUID", "studyDate"]

    let file: ListFile

    init(_ bytes: UnsafeRawBufferPointer, file name: String, names: inout ListNames) throws(ItemError) {
        file = try ListFile(bytes, name: name, required: Self.required, optional: [])
        for part in file.parts(1) {
            var lines = ListLines(file, part)
            while try lines.advance() { try take(lines, &names) }
        }
        byPatient.finish()
        byNumber.finish()
    }

    private mutating func take(_ lines: ListLines, _ names: inout ListNames) throws(ItemError) {
        let exam = Int32(exams.count)
        let known = LinkRules.Exam(
            patient: try names.patient(lines.field(1), lines.fault),
            accession: try names.number(lines.field(2), lines.fault),
            uid: try names.number(lines.field(3), lines.fault), day: DayNumber.of(bytes: lines.field(4)),
            order: Int64(exam))
        keys.append(lines.place(0))
        exams.append(known)
        byPatient.add(exam, at: known.patient)
        byNumber.add(exam, at: known.accession)
        if known.uid != known.accession { byNumber.add(exam, at: known.uid) }
    }

    /// Which exams each number leads to: sorted pairs, and where those of each number begin.
    struct Places: Sendable {
        private var pairs: [(number: UInt32, exam: Int32)] = []
        private var starts: [UInt32] = []
        private var exams: [Int32] = []

        mutating func add(_ exam: Int32, at number: UInt32) {
            if number != 0 { pairs.append((number, exam)) }
        }

        mutating func finish() {
            let most = pairs.reduce(0) { max($0, $1.number) }
            starts = [UInt32](repeating: 0, count: Int(most) + 2)
            for pair in pairs { starts[Int(pair.number) + 1] += 1 }
            for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
            var next = starts
            exams = [Int32](repeating: 0, count: pairs.count)
            for pair in pairs {
                exams[Int(next[Int(pair.number)])] = pair.exam
                next[Int(pair.number)] += 1
            }
            pairs = []
        }

        /// In their order.
        func exams(_ number: UInt32) -> ArraySlice<Int32> {
            guard number != 0, number != .max, Int(number) + 1 < starts.count else { return [] }
            return exams[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])]
        }
    }
}
