// HL7Charts owns the reading of charts in HL7 v2: ADT^A01/A04/A08/A40, ORM^O01, ORU^R01, MDM^T02; one message, several, or a
// batch.
//
// Invariant: a message that cannot be read costs no other message of its batch, and a group of segments that cannot be
// taken costs no other group of its message.

internal import Radiology

/// The reader of charts in HL7 v2.
enum HL7Charts {
    static func items(
        _ bytes: [UInt8], zone: ZoneOffset, limits: HL7Limits = .standard
    ) throws(ItemError) -> [Result<ChartItem, ItemError>] {
        let file = try HL7File(bytes, limits: limits)
        var results: [Result<ChartItem, ItemError>] = []
        for (index, lines) in file.messages.enumerated() {
            let number = file.messages.count > 1 ? index + 1 : nil
            do throws(ItemError) {
                let message = try HL7Message(lines, number: number, limits: limits)
                results += try HL7ChartMessage(message, zone: zone).items()
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }
}

/// The reader of one message.
struct HL7ChartMessage {
    private let message: HL7Message
    private let zone: ZoneOffset
    private let type: String
    private let trigger: String

    private static let known = ["ADT^A01", "ADT^A04", "ADT^A08", "ADT^A40", "ORM^O01", "ORU^R01", "MDM^T02"]

    init(_ message: HL7Message, zone: ZoneOffset) throws(ItemError) {
        self.message = message
        self.zone = zone
        type = try message.header.component(1, field: 9) ?? ""
        trigger = try message.header.component(2, field: 9) ?? ""
        guard Self.known.contains("\(type)^\(trigger)") else {
            throw message.header.place(9).fault(
                "\(Quoted.text("\(type)^\(trigger)")) is no message of a chart, which is \(Quoted.choice(Self.known))")
        }
        let version = try message.header.component(1, field: 12) ?? "2"
        guard version.hasPrefix("2") else {
            throw message.header.place(12).fault("version \(Quoted.text(version)) is not version 2")
        }
    }

    /// The patient first, then an item for each group of segments.
    func items() throws(ItemError) -> [Result<ChartItem, ItemError>] {
        var items: [Result<ChartItem, ItemError>] = []
        var patient: HL7Patient?
        var visit: HL7Visit?
        var group: HL7Group?
        func attempt(_ body: () throws(ItemError) -> ChartItem?) {
            do throws(ItemError) {
                if let item = try body() { items.append(.success(item)) }
            } catch { items.append(.failure(error)) }
        }
        func close() {
            guard let ended = group else { return }
            group = nil
            attempt { () throws(ItemError) in try ended.item(of: patient, in: visit, zone: zone) }
        }
        for segment in message.segments.dropFirst() {
            switch segment.name {
            case "PID":
                close()
                visit = nil
                patient = nil
                let read = try HL7Patient(segment)
                patient = read
                items.append(.success(read.item))
            case "MRG":
                guard trigger == "A40" else { continue }
                attempt { () throws(ItemError) in try patient?.merge(segment) }
            case "PV1":
                attempt { () throws(ItemError) in
                    visit = try HL7Visit(segment, patient: patient, message: message, zone: zone)
                    return type == "ADT" ? visit?.item : nil
                }
            case "DG1" where type == "ADT":
                attempt { () throws(ItemError) in
                    try HL7Group(kind: .condition, first: segment).item(of: patient, in: visit, zone: zone)
                }
            default: try take(segment, &group, close)
            }
        }
        close()
        guard patient != nil else {
            throw message.header.place().fault("the message has no PID, which says whose it is")
        }
        return items
    }

    private func take(_ segment: HL7Segment, _ group: inout HL7Group?, _ close: () -> Void) throws(ItemError) {
        switch (type, segment.name) {
        case ("ORM", "ORC"), ("ORU", "ORC"):
            close()
            group = HL7Group(kind: type == "ORM" ? .order : .report, first: segment)
        case ("ORM", "OBR"), ("ORU", "OBR"):
            if group?.hasRequest ?? true {
                close()
                group = HL7Group(kind: type == "ORM" ? .order : .report, first: segment)
            } else {
                group?.segments.append(segment)
            }
        case ("MDM", "TXA"):
            close()
            group = HL7Group(kind: .document, first: segment)
        default: group?.segments.append(segment)
        }
    }
}
