// HL7Items owns the reading of an HL7 v2 drop of diagnoses: ORU^R01, one message, several, or a batch.
//
// Invariant: each OBR group is judged by itself; a message that cannot be read costs no other message of its batch.

package import Radiology

/// The reader of HL7 v2 drops.
package enum HL7Items {
    /// The diagnoses of a drop, in order: one for each OBR group.
    ///
    /// - Parameter zone: The offsets of the place where times without an offset were written down.
    /// - Returns: One error, in the place of its groups, for a message that as a whole is not to be read.
    /// - Throws: When the drop as a whole is no HL7 or a batch is not whole.
    package static func diagnoses(
        _ bytes: [UInt8], zone: ZoneOffset = .unknown, limits: HL7Limits = .standard
    ) throws(ItemError) -> [Result<Diagnosis, ItemError>] {
        let file = try HL7File(bytes, limits: limits)
        var results: [Result<Diagnosis, ItemError>] = []
        for (index, lines) in file.messages.enumerated() {
            let number = file.messages.count > 1 ? index + 1 : nil
            do throws(ItemError) {
                let message = try HL7Message(lines, number: number, limits: limits)
                results += try groups(message, zone).map { group in
                    Result { () throws(ItemError) in try group.diagnosis() }
                }
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    /// The OBR groups of a message, each with the PID before it.
    private static func groups(_ message: HL7Message, _ zone: ZoneOffset) throws(ItemError) -> [HL7Diagnosis] {
        try checkType(message.header)
        var groups: [HL7Diagnosis] = []
        var patient: HL7Segment?
        var order: HL7Segment?
        var segments: [HL7Segment] = []
        func close() {
            if let order { groups.append(HL7Diagnosis(patient: patient, order: order, segments: segments, zone: zone)) }
            order = nil
            segments = []
        }
        for segment in message.segments {
            switch segment.name {
            case "PID":
                close()
                patient = segment
            case "OBR":
                close()
                order = segment
            case "OBX" where order == nil:
                if try HL7Observations.code(of: segment) == nil { continue }
                throw segment.place().fault("the observation stands before any OBR")
            default: segments.append(segment)
            }
        }
        close()
        guard !groups.isEmpty else { throw message.header.place().fault("the message has no OBR") }
        return groups
    }

    private static func checkType(_ header: HL7Segment) throws(ItemError) {
        let code = try header.component(1, field: 9) ?? ""
        let trigger = try header.component(2, field: 9) ?? ""
        guard code == "ORU", trigger == "R01" || trigger.isEmpty else {
            throw header.place(9).fault("\(Quoted.text("\(code)^\(trigger)")) is no diagnosis, which comes as ORU^R01")
        }
        let version = try header.component(1, field: 12) ?? "2"
        guard version.hasPrefix("2") else {
            throw header.place(12).fault("version \(Quoted.text(version)) is not version 2")
        }
    }
}
