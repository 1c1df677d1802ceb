// Links two lists: entries of charts, and exams, by the rules by which a site links them; without a site.
//
// The rules are `LinkRules` alone. Patients are independent of each other, and are linked by as many threads as the machine
// has cores; what is told is in the order in which patients first came, whatever the threads do.
// Memory: both files, some 100 bytes an entry, and what is told.

internal import Dispatch
import Glibc
internal import Radiology

/// Lists of entries and exams, linked.
package enum LinkLists {
    /// The header of what is told.
    package static let header = "patientID,entry,exam,by,certainty,patientOfExam\n"

    /// Patients that a thread takes at once.
    private static let patientsInOne = 2048

    /// A list may be this long.
    package static let mostBytes = Int(UInt32.max)

    /// - Parameters:
    ///   - entries: CSV of entries: patientID and entry, and any of kind, encounter, time, accessionNumber,
    ///     studyInstanceUID, status.
    ///   - exams: CSV of exams: exam, patientID, accessionNumber, studyInstanceUID, studyDate.
    /// - Returns: CSV lines without the header, in pieces.
    /// - Throws: `ItemError`, which names the file, the line and what would be right.
    package static func link(
        entries: [UInt8], named entriesFile: String, exams: [UInt8], named examsFile: String
    ) throws(ItemError) -> [[UInt8]] {
        try entries.withUnsafeBytes { charts in
            exams.withUnsafeBytes { images in
                Result { () throws(ItemError) in
                    try link(charts, named: entriesFile, exams: images, named: examsFile)
                }
            }
        }.get()
    }

    private static func link(
        _ entries: UnsafeRawBufferPointer, named entriesFile: String, exams: UnsafeRawBufferPointer,
        named examsFile: String
    ) throws(ItemError) -> [[UInt8]] {
        var names = ListNames()
        let exams = try ExamList(exams, file: examsFile, names: &names)
        let entries = try EntryList(entries, file: entriesFile, names: &names)
        let linking = ListLinking(entries: entries, exams: exams, names: names)
        let count = (entries.patientEnd + patientsInOne - 1) / patientsInOne
        let told = Parts<[UInt8]>(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { piece in
            let end = min((piece + 1) * patientsInOne, entries.patientEnd)
            told[piece] = linking.lines(piece * patientsInOne..<end)
        }
        return told.values.compactMap(\.self)
    }
}

/// The linking of some of the patients.
private struct ListLinking: Sendable {
    let entries: EntryList
    let exams: ExamList
    let names: ListNames

    func lines(_ patients: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        for patient in patients {
            let own = entries.lines(ofPatient: patient)
            if !own.isEmpty { append(UInt32(patient), own, to: &bytes) }
        }
        return bytes
    }

    private func append(_ patient: UInt32, _ own: [EntryList.Line], to bytes: inout [UInt8]) {
        let near = near(patient, own)
        let links = LinkRules(
            patients: [patient], entries: rules(own), exams: near.map { exams.exams[Int($0)] }
        ).links()
        for link in links {
            names.append(patient: patient, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            ListLines.append(entries.file.field(own[Int(link.entry)].name.range), to: &bytes)
            bytes.append(UInt8(ascii: ","))
            ListLines.append(exams.file.field(exams.keys[Int(near[Int(link.exam)])]), to: &bytes)
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: link.basis.rawValue.utf8)
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: link.certainty.rawValue.utf8)
            bytes.append(UInt8(ascii: ","))
            if link.conflict != 0 { names.append(patient: link.conflict, to: &bytes) }
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    private func rules(_ own: [EntryList.Line]) -> [LinkRules.Entry] {
        var visits = PatientVisits(file: entries.file, count: own.count)
        return own.map { line in
            var entry = LinkRules.Entry()
            entry.isVoid = line.isVoid
            if line.uid != 0 { entry.uids = [line.uid] }
            if line.accession != 0 { entry.accessions = [line.accession] }
            entry.day = line.day == EntryList.noDay ? nil : line.day
            entry.visit = visits.number(of: line.visit)
            return entry
        }
    }

    /// The exams that the entries of a patient's chart may belong to, in their order.
    private func near(_ patient: UInt32, _ own: [EntryList.Line]) -> [Int32] {
        var found = Array(exams.byPatient.exams(patient))
        let count = found.count
        for line in own where !line.isVoid {
            found += exams.byNumber.exams(line.accession)
            found += exams.byNumber.exams(line.uid)
        }
        guard found.count > count else { return found }
        found.sort()
        var last: Int32 = -1
        found.removeAll { exam in
            defer { last = exam }
            return exam == last
        }
        return found
    }
}

/// The numbers of one patient's encounters: of few by comparing them, of many by a table.
private struct PatientVisits {
    let file: ListFile
    private var known: [Range<Int>] = []
    private var table: NameTable?

    private static let fewest = 64

    init(file: ListFile, count: Int) {
        self.file = file
        if count > Self.fewest { table = NameTable() }
    }

    mutating func number(of place: EntryList.Place) -> UInt32 {
        guard place.count > 0 else { return 0 }
        let name = file.field(place.range)
        if table != nil { return (table?.number(of: name)).map { $0 + 1 } ?? 0 }
        for (number, other) in known.enumerated() where other.count == name.count && isEqual(file.field(other), name) {
            return UInt32(number + 1)
        }
        known.append(place.range)
        return UInt32(known.count)
    }

    private func isEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        guard let first = one.baseAddress, let second = other.baseAddress else { return true }
        return memcmp(first, second, one.count) == 0
    }
}
