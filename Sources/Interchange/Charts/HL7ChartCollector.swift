// HL7ChartCollector owns the way through a message's segments: which of them make an item, and to whom it belongs.
//
// A PID begins a patient, a PV1 the visit that what follows belongs to. What cannot be taken is refused by itself.

internal import Radiology

/// The items of a message, segment by segment.
struct HL7ChartCollector {
    let message: HL7Message
    let type: String
    let trigger: String
    let zone: ZoneOffset
    private(set) var items: [Result<ChartItem, ItemError>] = []
    /// In force.
    private(set) var patient: HL7Patient?
    private var visit: HL7Visit?
    private var group: HL7Group?

    init(message: HL7Message, type: String, trigger: String, zone: ZoneOffset) {
        self.message = message
        self.type = type
        self.trigger = trigger
        self.zone = zone
    }

    /// - Throws: When the patient cannot be read, and with it nothing of the message.
    mutating func take(_ segment: HL7Segment) throws(ItemError) {
        switch (type, segment.name) {
        case (_, "PID"):
            close()
            visit = nil
            let read = try HL7Patient(segment)
            patient = read
            items.append(.success(read.item))
        case (_, "MRG") where trigger == "A40": merge(segment)
        case (_, "PV1"): enter(segment)
        case ("ADT", "DG1"): finish(HL7Group(kind: .condition, first: segment))
        case ("ORM", "ORC"), ("ORU", "ORC"): begin(segment)
        case ("ORM", "OBR"), ("ORU", "OBR"):
            if group?.hasRequest ?? true { begin(segment) } else { group?.segments.append(segment) }
        case ("MDM", "TXA"): begin(segment)
        default: group?.segments.append(segment)
        }
    }

    /// Ends the group of segments that is open.
    mutating func close() {
        guard let ended = group else { return }
        group = nil
        finish(ended)
    }

    private static let kinds: [String: ChartEntry.Kind] = ["ORM": .order, "ORU": .report, "MDM": .document]

    private mutating func begin(_ segment: HL7Segment) {
        close()
        group = HL7Group(kind: Self.kinds[type] ?? .document, first: segment)
    }

    private mutating func finish(_ group: HL7Group) {
        do throws(ItemError) {
            items.append(.success(try group.item(of: patient, in: visit, zone: zone)))
        } catch { items.append(.failure(error)) }
    }

    private mutating func merge(_ segment: HL7Segment) {
        do throws(ItemError) {
            guard let patient else { throw segment.place().fault("MRG stands before any PID") }
            items.append(.success(try patient.merge(segment)))
        } catch { items.append(.failure(error)) }
    }

    private mutating func enter(_ segment: HL7Segment) {
        do throws(ItemError) {
            let read = try HL7Visit(segment, patient: patient, message: message, zone: zone)
            visit = read
            if type == "ADT", let item = read.item { items.append(.success(item)) }
        } catch { items.append(.failure(error)) }
    }
}
