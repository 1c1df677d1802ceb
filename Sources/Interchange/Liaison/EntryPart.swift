// A part of a list of entries, as one thread reads it. Its patients have numbers of its own.

internal import Radiology

struct EntryPart: Sendable {
    private(set) var lines: [EntryList.Line] = []
    private var patients = NameTable()

    private static let void = Array("entered-in-error".utf8)
    private static let encounter = Array(ChartEntry.Kind.encounter.rawValue.utf8)
    private static let dayByteCount = 10

    /// - Parameter numbers: Those that exams have; any other leads nowhere.
    init(_ file: ListFile, _ part: Range<Int>, numbers: NameTable) throws(ItemError) {
        var lines = ListLines(file, part)
        while try lines.advance() {
            guard !lines.field(0).isEmpty, !lines.field(1).isEmpty else {
                throw lines.fault("an entry has a patientID and a name")
            }
            let isEncounter = try Self.isEncounter(lines)
            let time = lines.field(4)
            self.lines.append(
                EntryList.Line(
                    patient: try ListNames.number(&patients, lines.field(0), lines.fault),
                    name: EntryList.Place(lines.place(1)), visit: EntryList.Place(lines.place(isEncounter ? 1 : 3)),
                    accession: Self.number(lines.field(5), numbers), uid: Self.number(lines.field(6), numbers),
                    day: DayNumber.of(bytes: UnsafeRawBufferPointer(rebasing: time.prefix(Self.dayByteCount)))
                        ?? EntryList.noDay, isVoid: Self.isEqual(lines.field(7), Self.void)))
        }
    }

    private static func number(_ field: UnsafeRawBufferPointer, _ numbers: NameTable) -> UInt32 {
        if field.isEmpty { return 0 }
        return numbers.known(field).map { $0 + 1 } ?? .max
    }

    private static func isEqual(_ field: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
        guard field.count == text.count else { return false }
        for place in 0..<text.count where field[place] != text[place] { return false }
        return true
    }

    /// Without a kind it is one.
    private static func isEncounter(_ lines: ListLines) throws(ItemError) -> Bool {
        let field = lines.field(2)
        if field.isEmpty || isEqual(field, encounter) { return true }
        guard ChartEntry.Kind.allCases.contains(where: { isEqual(field, Array($0.rawValue.utf8)) }) else {
            let kinds = ChartEntry.Kind.allCases.map(\.rawValue)
            let kind = Quoted.text(String(decoding: field, as: UTF8.self))
            throw lines.fault("\(kind) is no kind of entry, which is \(Quoted.choice(kinds))")
        }
        return false
    }

    /// The numbers that its patients have among those of all parts, by the numbers that they have here.
    func patients(in names: inout ListNames, _ fault: (String) -> ItemError) throws(ItemError) -> [UInt32] {
        var found: [UInt32] = [0]
        for number in 0..<patients.count {
            let name = Array(patients.bytes(of: number))
            let result = name.withUnsafeBytes { bytes in
                Result { () throws(ItemError) in try names.patient(bytes, fault) }
            }
            found.append(try result.get())
        }
        return found
    }
}
