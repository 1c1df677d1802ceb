// HL7Patient owns the meaning of PID and MRG: who the patient is, and who they were.
//
// Of the identifiers in PID-3 the medical record number counts (type MR), else the first. Names in several writings become
// the groups of one name, as DICOM writes them. Source: HL7 v2.5.1 chapter 3, sections 3.4.2 and 3.4.9.

internal import Radiology

/// A patient, as a message describes them.
struct HL7Patient {
    let patient: ChartPatient

    init(_ segment: HL7Segment) throws(ItemError) {
        guard let identity = try Self.identity(segment, field: 3) else {
            throw segment.place(3).fault("the patient id is missing")
        }
        patient = ChartPatient(
            identity: identity, name: try Self.name(segment), birthDate: try Self.birthDate(segment),
            sex: try segment.component(1, field: 8).flatMap { ["M": "M", "F": "F", "O": "O"][$0] })
    }

    var item: ChartItem {
        ChartItem(name: "Patient/\(patient.identity.patientID)", patients: [patient])
    }

    /// MRG: the id that is no more, of the patient that this one is.
    func merge(_ segment: HL7Segment) throws(ItemError) -> ChartItem {
        guard let former = try Self.identity(segment, field: 1) else {
            throw segment.place(1).fault("the id of the patient who is merged is missing")
        }
        guard former != patient.identity else {
            throw segment.place(1).fault("the patient is merged into themselves")
        }
        return ChartItem(
            name: "Patient/\(former.patientID)/merge", merges: [PatientMerge(from: former, into: patient.identity)])
    }

    private static func identity(_ segment: HL7Segment, field: Int) throws(ItemError) -> PatientIdentity? {
        let all = segment.repetitions(field)
        var chosen = all.first
        for repetition in all where try segment.component(5, of: repetition, field: field) == "MR" {
            chosen = repetition
            break
        }
        guard let chosen, let id = try segment.component(1, of: chosen, field: field) else { return nil }
        let issuer = try segment.component(4, of: chosen, field: field, subcomponent: 1) ?? ""
        return PatientIdentity(
            patientID: try ChartSyntax.identifier(id, at: segment.place(field)),
            issuer: try ChartSyntax.identifier(issuer, at: segment.place(field)))
    }

    /// By the representation code of each repetition: alphabetic, ideographic, phonetic; else in their order.
    private static func name(_ segment: HL7Segment) throws(ItemError) -> String? {
        var groups = ["", "", ""]
        for (index, repetition) in segment.repetitions(5).prefix(groups.count).enumerated() {
            var parts: [String] = []
            for component in 1...5 {
                let isFamily = component == 1
                parts.append(
                    try segment.component(
                        component, of: repetition, field: 5, subcomponent: isFamily ? 1 : nil) ?? "")
            }
            // HL7 has suffix before prefix, DICOM prefix before suffix.
            parts.swapAt(3, 4)
            while parts.last == "" { parts.removeLast() }
            let code = try segment.component(8, of: repetition, field: 5) ?? ""
            let place = ["A": 0, "I": 1, "P": 2][code] ?? index
            if groups[place].isEmpty { groups[place] = parts.joined(separator: "^") }
        }
        while groups.last == "" { groups.removeLast() }
        return groups.isEmpty ? nil : groups.joined(separator: "=")
    }

    private static func birthDate(_ segment: HL7Segment) throws(ItemError) -> String? {
        guard let text = try segment.component(1, field: 7), text.utf8.count >= 8 else { return nil }
        return try HL7Day.day(text, at: segment.place(7))
    }
}

/// Days and times of charts, as HL7 writes them.
enum HL7Day {
    /// `YYYY-MM-DD` of a text that begins with eight digits.
    static func day(_ text: String, at place: ItemPlace) throws(ItemError) -> String {
        var scan = DigitScan(text)
        guard let date = scan.digits(8...14) else { throw place.fault("\(Quoted.text(text)) is no date") }
        let digits = Array(date)
        return try FieldSyntax.date(
            "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))", at: place)
    }

    /// An instant, or a day where no time of day or no offset is known; nil when the field is empty.
    static func time(_ segment: HL7Segment, _ field: Int, zone: ZoneOffset) throws(ItemError) -> String? {
        guard let text = try segment.component(1, field: field), text.utf8.count >= 8 else { return nil }
        let digits = text.utf8.prefix(while: FieldSyntax.isDigit).count
        if digits < 12 { return try day(text, at: segment.place(field)) }
        do throws(ItemError) {
            return try HL7Time.instant(text, zone: zone, at: segment.place(field))
        } catch {
            guard !text.contains("+") && !text.contains("-"), digits == 12 || digits == 14 else { throw error }
            return try day(String(text.prefix(8)), at: segment.place(field))
        }
    }
}
