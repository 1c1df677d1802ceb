// HL7Visit owns the meaning of PV1: the visit that a message is about.
//
// Without a number of its own (PV1-19), or of the account (PID-18), a visit is none that could be known again: the message
// then says nothing of one. Source: HL7 v2.5.1 chapter 3, section 3.4.3.

internal import Radiology

/// A visit.
struct HL7Visit {
    /// `Encounter/V-1`; nil when it has no number.
    let name: String?
    private let entry: ChartEntry?

    private static let classes = [
        "I": "Inpatient", "O": "Outpatient", "E": "Emergency", "P": "Before admission", "R": "Recurring",
        "B": "Obstetrics",
    ]

    init(_ segment: HL7Segment, patient: HL7Patient?, message: HL7Message, zone: ZoneOffset) throws(ItemError) {
        guard let patient else { throw segment.place().fault("the visit stands before any PID") }
        let account = try message.segments.first { $0.name == "PID" }.flatMap { first throws(ItemError) in
            try first.component(1, field: 18)
        }
        guard let number = firstGiven(try segment.component(1, field: 19), account) else {
            name = nil
            entry = nil
            return
        }
        let name = try ChartSyntax.identifier("Encounter/\(number)", at: segment.place(19))
        self.name = name
        let kind = try segment.component(1, field: 2) ?? ""
        let place = try segment.component(1, field: 3)
        entry = ChartEntry(
            name: name, kind: .encounter, patient: patient.patient.identity,
            time: try Self.time(segment, message, zone), title: Self.classes[kind],
            text: place.map { "Ward or clinic: \($0)" },
            status: try segment.component(1, field: 45) == nil ? nil : "finished")
    }

    var item: ChartItem? { entry.map { ChartItem(name: $0.name, entries: [$0]) } }

    /// When the visit began: PV1-44, else the time of the event where that is its beginning.
    private static func time(
        _ segment: HL7Segment, _ message: HL7Message, _ zone: ZoneOffset
    ) throws(ItemError) -> String? {
        if let time = try HL7Day.time(segment, 44, zone: zone) { return time }
        let trigger = try message.header.component(2, field: 9) ?? ""
        guard ["A01", "A04"].contains(trigger), let event = message.segments.first(where: { $0.name == "EVN" }) else {
            return nil
        }
        return firstGiven(try HL7Day.time(event, 6, zone: zone), try HL7Day.time(event, 2, zone: zone))
    }
}
