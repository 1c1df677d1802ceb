// LinkRules owns the rules by which entries of one patient's chart and exams belong together, over numbers that stand for
// texts: whoever links hundreds of thousands of entries gives the numbers once.
//
// Pure: the same chart and exams give the same links, in whatever order they came. A closer reason leaves no room for a
// weaker one: an entry that names exams by a number waits for these and is linked to no other. An exam that an entry names
// and that is another patient's is never linked: it is held until a person says whose it is, or that both stand.
// Equal texts have equal numbers; 0 stands for none.

/// The rules, and what they are told.
package struct LinkRules {
    /// What the rules know of an entry.
    package struct Entry {
        package var isVoid = false
        package var statedExams: [(accession: UInt32, uid: UInt32)] = []
        package var uids: [UInt32] = []
        package var accessions: [UInt32] = []
        /// The encounter that it is, or belongs to.
        package var visit: UInt32 = 0
        /// As `DayNumber` counts; nil when it has none.
        package var day: Int32?

        package init() {}

        fileprivate var namesExams: Bool { !uids.isEmpty || !accessions.isEmpty || !statedExams.isEmpty }
    }

    /// What the rules know of an exam.
    package struct Exam {
        /// Whose it is by its images.
        package var patient: UInt32
        package var accession: UInt32
        package var uid: UInt32
        package var day: Int32?
        /// Of two exams that are as near, the higher one is chosen.
        package var order: Int64
        /// Whether a person said whose it is; nobody in `settledPatient` says that both stand.
        package var isSettled: Bool
        package var settledPatient: UInt32

        package init(
            patient: UInt32, accession: UInt32, uid: UInt32, day: Int32?, order: Int64, isSettled: Bool = false,
            settledPatient: UInt32 = 0
        ) {
            self.patient = patient
            self.accession = accession
            self.uid = uid
            self.day = day
            self.order = order
            self.isSettled = isSettled
            self.settledPatient = settledPatient
        }

        fileprivate var owner: UInt32 { settledPatient != 0 ? settledPatient : patient }
    }

    /// An entry and an exam, by their places in the lists.
    package struct Link {
        package let entry: Int32
        package let exam: Int32
        package let basis: LinkBasis
        package let certainty: LinkCertainty
        /// Whose the exam is, where that is another patient; 0 for nobody else's.
        package let conflict: UInt32
        package let isSettled: Bool
    }

    /// The numbers of all identities of the patient.
    private let patients: [UInt32]
    private let entries: [Entry]
    private let exams: [Exam]
    /// Places of exams by their numbers; made where there are many.
    private let byUID: [Numbered]
    private let byAccession: [Numbered]

    /// - Parameters:
    ///   - patients: All under which the patient is known.
    ///   - entries: All of the chart.
    ///   - exams: The patient's, and those that the entries name.
    package init(patients: [UInt32], entries: [Entry], exams: [Exam]) {
        self.patients = patients
        self.entries = entries
        self.exams = exams
        byUID = Self.index(exams, by: { $0.uid })
        byAccession = Self.index(exams, by: { $0.accession })
    }

    /// The place of an exam, by a number.
    private struct Numbered: Comparable {
        let key: UInt32
        let exam: Int32

        static func < (left: Numbered, right: Numbered) -> Bool {
            left.key == right.key ? left.exam < right.exam : left.key < right.key
        }
    }

    private static func index(_ exams: [Exam], by key: (Exam) -> UInt32) -> [Numbered] {
        var index: [Numbered] = []
        index.reserveCapacity(exams.count)
        for (place, exam) in exams.enumerated() where key(exam) != 0 {
            index.append(Numbered(key: key(exam), exam: Int32(place)))
        }
        if index.count > 1 { index.sort() }
        return index
    }

    // MARK: All

    /// By entry, then by the order of the exams.
    package func links() -> [Link] {
        var named: [Link] = []
        for (place, entry) in entries.enumerated() where !entry.isVoid && entry.namesExams {
            appendNamed(by: entry, Int32(place), to: &named)
        }
        let visits = visits(named)
        var links: [Link] = []
        links.reserveCapacity(entries.count)
        var next = 0
        for (place, entry) in entries.enumerated() where !entry.isVoid {
            let start = links.count
            if entry.namesExams {
                while next < named.count, named[next].entry == Int32(place) {
                    links.append(named[next])
                    next += 1
                }
            } else {
                appendVisit(of: entry, Int32(place), visits, to: &links)
                if links.count == start { appendNear(entry, Int32(place), to: &links) }
            }
            if links.count > start + 1 {
                links[start...].sort { exams[Int($0.exam)].order < exams[Int($1.exam)].order }
            }
        }
        return links
    }

    private func isForeign(_ patient: UInt32) -> Bool { patient != 0 && !patients.contains(patient) }

    // MARK: By number

    /// Each exam once, by the surest reason.
    private func appendNamed(by entry: Entry, _ place: Int32, to links: inout [Link]) {
        let start = links.count
        func add(_ exam: Int32, _ basis: LinkBasis) {
            guard !links[start...].contains(where: { $0.exam == exam }) else { return }
            links.append(link(place, exam, basis))
        }
        for stated in entry.statedExams {
            let index = stated.uid != 0 ? byUID : byAccession
            Self.each(in: index, stated.uid != 0 ? stated.uid : stated.accession) { exam in
                // Both numbers must be of one exam.
                if stated.accession == 0 || exams[Int(exam)].accession == stated.accession { add(exam, .stated) }
            }
        }
        for uid in entry.uids { Self.each(in: byUID, uid) { add($0, .studyInstanceUID) } }
        for accession in entry.accessions { Self.each(in: byAccession, accession) { add($0, .accessionNumber) } }
    }

    private static func each(in index: [Numbered], _ key: UInt32, _ body: (Int32) -> Void) {
        guard key != 0 else { return }
        var (low, high) = (0, index.count)
        while low < high {
            let middle = (low + high) / 2
            if index[middle].key < key { low = middle + 1 } else { high = middle }
        }
        while low < index.count, index[low].key == key {
            body(index[low].exam)
            low += 1
        }
    }

    private func link(_ entry: Int32, _ place: Int32, _ basis: LinkBasis) -> Link {
        let exam = exams[Int(place)]
        let isOthers = isForeign(exam.patient)
        if exam.settledPatient != 0 {
            let isSettledForOthers = isForeign(exam.settledPatient)
            return Link(
                entry: entry, exam: place, basis: basis, certainty: .exact,
                conflict: isSettledForOthers ? exam.settledPatient : 0, isSettled: isSettledForOthers || isOthers)
        }
        let isSure = exam.patient != 0 && !(exam.isSettled && isOthers)
        return Link(
            entry: entry, exam: place, basis: basis, certainty: isSure ? .exact : .probable,
            conflict: isOthers && !exam.isSettled ? exam.patient : 0, isSettled: exam.isSettled && isOthers)
    }

    // MARK: By visit

    /// The exams of each encounter, by the entries that name some; sorted.
    private func visits(_ named: [Link]) -> [Numbered] {
        var found: [Numbered] = []
        for link in named where link.conflict == 0 && entries[Int(link.entry)].visit != 0 {
            found.append(Numbered(key: entries[Int(link.entry)].visit, exam: link.exam))
        }
        if found.count > 1 { found.sort() }
        return found
    }

    private func appendVisit(
        of entry: Entry, _ place: Int32, _ visits: [Numbered], to links: inout [Link]
    ) {
        let start = links.count
        Self.each(in: visits, entry.visit) { exam in
            if links.count > start, links[links.count - 1].exam == exam { return }
            links.append(
                Link(
                    entry: place, exam: exam, basis: .encounter, certainty: .probable, conflict: 0, isSettled: false))
        }
    }

    // MARK: By day

    /// The patient's exams of the same day; else the nearest one, where it is near.
    private func appendNear(_ entry: Entry, _ place: Int32, to links: inout [Link]) {
        guard let day = entry.day else { return }
        var nearest: (days: Int32, order: Int64, exam: Int32)?
        let start = links.count
        for (number, exam) in exams.enumerated() where patients.contains(exam.owner) {
            guard let other = exam.day else { continue }
            let days = abs(other - day)
            if days == 0 {
                links.append(
                    Link(
                        entry: place, exam: Int32(number), basis: .date, certainty: .probable, conflict: 0,
                        isSettled: false))
            } else if days <= Int32(NearExams.nearDays),
                nearest.map({ (days, -exam.order) < ($0.days, -$0.order) }) ?? true
            {
                nearest = (days, exam.order, Int32(number))
            }
        }
        guard links.count == start, let nearest else { return }
        links.append(
            Link(
                entry: place, exam: nearest.exam, basis: .patientID, certainty: .possible, conflict: 0, isSettled: false
            ))
    }
}
