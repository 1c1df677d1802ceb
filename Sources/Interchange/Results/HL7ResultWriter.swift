// HL7ResultWriter owns the HL7 messages of a result: ORU^R01, the same in a batch, and MDM^T02 or, for a version that takes
// another one's place, T10.
//
// Pure. Control ids come from what is told, so that a receiver knows what it has seen. A corrected result is told as one:
// OBR-25 and OBX-11 are C. What the recipient's repertoire lacks is written in UTF-8, and MSH-18 says so.
// Source: HL7 v2.5.1 chapters 2 (section 2.10.3, batches), 7 (section 7.3.1, ORU) and 9 (sections 9.6.2 and 9.6.10, MDM).

internal import DICOM

/// Writes a result's messages.
package struct HL7ResultWriter: Sendable {
    private let result: ReportedResult
    private let segments: HL7ResultSegments

    package init(_ result: ReportedResult) {
        self.result = result
        segments = HL7ResultSegments(result)
    }

    /// ORU^R01: the study, the label, the conclusion and what each reader found.
    package func observation() -> [UInt8] {
        encoded { observation(.hl7, $0) }
    }

    /// The same as a batch of one message, with its counts.
    package func batch() -> [UInt8] {
        encoded { characterSets in
            let start = [segments.envelope("FHS", .hl7Batch), segments.envelope("BHS", .hl7Batch)].map(\.headerText)
            return start.joined() + observation(.hl7Batch, characterSets) + count("BTS") + count("FTS")
        }
    }

    /// MDM^T02, or T10 where the recipient had a version before: the document with its texts.
    package func document() -> [UInt8] {
        let trigger = result.predecessor == nil ? "T02" : "T10"
        return encoded { characterSets in
            let header = segments.header(["MDM", trigger, "MDM_T02"], .mdm, characterSets).headerText
            let body =
                [
                    segments.event(trigger), segments.patient(), segments.visit(), segments.order(),
                    segments.request(), segments.document(),
                ] + segments.observations()
            return header + body.map(\.text).joined()
        }
    }

    private func observation(_ form: ResultForm, _ characterSets: String) -> String {
        let header = segments.header(["ORU", "R01", "ORU_R01"], form, characterSets).headerText
        let body =
            [segments.patient(), segments.visit(), segments.order(), segments.request()] + segments.observations()
        return header + body.map(\.text).joined()
    }

    /// One message in the batch, and one batch in the file.
    private func count(_ name: String) -> String {
        var segment = HL7SegmentText(name)
        segment.set(1, "1")
        return segment.text
    }

    /// - Parameter message: Makes the message for the sets of MSH-18.
    private func encoded(_ message: (String) -> String) -> [UInt8] {
        if result.repertoire == .iso2022Japanese {
            for sets in ["ASCII~ISO IR87", "ASCII~ISO IR87~ISO IR159"] {
                guard let encoded = JapaneseText.encode(message(sets)) else { break }
                if !encoded.usesSupplement || sets.hasSuffix("ISO IR159") { return encoded.bytes }
            }
        }
        return Array(message("UNICODE UTF-8").utf8)
    }
}
