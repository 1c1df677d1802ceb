// A list of entries of charts, by patient: read by several threads, each a part of the file.
//
// Of names and encounters only the places in the file are kept; numbers that no exam has stand for one and the same.

internal import Dispatch
internal import Radiology

struct EntryList: Sendable {
    /// What is kept of a line.
    struct Line: Sendable {
        var patient: UInt32
        let name: Place
        let visit: Place
        let accession: UInt32
        let uid: UInt32
        /// `DayNumber`, or `noDay`.
        let day: Int32
        let isVoid: Bool
    }

    /// A place in the file.
    struct Place: Sendable {
        let start: UInt32
        let count: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            count = UInt32(range.count)
        }

        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    let file: ListFile
    private let lines: [Line]
    /// The lines of each patient, one patient after the other.
    private let order: [UInt32]
    /// Where those of each patient begin; the first patient has the number 1.
    private let starts: [UInt32]

    static let noDay = Int32.min
    private static let required = ["patientID", "entry"]
    private static let optional = ["kind", "encounter", "time", "accessionNumber", "studyInstanceUID", "status"]
    private static let partCount = 8

    init(_ bytes: UnsafeRawBufferPointer, file name: String, names: inout ListNames) throws(ItemError) {
        let file = try ListFile(bytes, name: name, required: Self.required, optional: Self.optional)
        let parts = file.parts(Self.partCount)
        let read = Parts<Result<EntryPart, ItemError>>(count: parts.count)
        let known = names.numbers
        DispatchQueue.concurrentPerform(iterations: parts.count) { number in
            read[number] = Result { () throws(ItemError) in try EntryPart(file, parts[number], numbers: known) }
        }
        var lines: [Line] = []
        for part in read.values {
            guard let part = try part?.get() else { continue }
            let patients = try part.patients(in: &names) { ItemError(text: "\(name): \($0)") }
            lines.reserveCapacity(lines.count + part.lines.count)
            for var line in part.lines {
                line.patient = patients[Int(line.patient)]
                lines.append(line)
            }
        }
        self.file = file
        self.lines = lines
        (order, starts) = Self.grouped(lines, count: names.patients.count)
    }

    /// Lines by patient, each patient's in their order.
    private static func grouped(_ lines: [Line], count: Int) -> (order: [UInt32], starts: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: count + 2)
        for line in lines { starts[Int(line.patient) + 1] += 1 }
        for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
        var next = starts
        var order = [UInt32](repeating: 0, count: lines.count)
        for (number, line) in lines.enumerated() {
            order[Int(next[Int(line.patient)])] = UInt32(number)
            next[Int(line.patient)] += 1
        }
        return (order, starts)
    }

    /// One more than the highest number of a patient.
    var patientEnd: Int { starts.count - 1 }

    /// A patient's lines, in their order.
    func lines(ofPatient patient: Int) -> [Line] {
        order[Int(starts[patient])..<Int(starts[patient + 1])].map { lines[Int($0)] }
    }
}

/// What each of several threads made: each writes a place of its own.
final class Parts<Value: Sendable>: @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<Value?>

    init(count: Int) {
        storage = .allocate(capacity: count)
        storage.initialize(repeating: nil)
    }

    deinit {
        storage.deinitialize()
        storage.deallocate()
    }

    subscript(number: Int) -> Value? {
        get { storage[number] }
        set { storage[number] = newValue }
    }

    var values: [Value?] { Array(storage) }
}
