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
        var collector = HL7ChartCollector(message: message, type: type, trigger: trigger, zone: zone)
        for segment in message.segments.dropFirst() { try collector.take(segment) }
        collector.close()
        guard collector.patient != nil else {
            throw message.header.place().fault("the message has no PID, which says whose it is")
        }
        return collector.items
    }
}
