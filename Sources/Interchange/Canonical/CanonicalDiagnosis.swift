// CanonicalDiagnosis owns the bytes whose SHA-256 is a read's digest: what `retracts` names, and what receipts show.
//
// The form is JSON in the canonical form of RFC 8785 (sorted keys, no white space, shortest numbers, UTF-8), with every
// field of a diagnosis present and null where there is none:
//   type reader exam{facility accessionNumber studyInstanceUID} label confidence
//   findings[{code laterality sopInstanceUID x y text}] text readAt round packetVersion retracts
// Reader, label and exam are the resolved ones; an exam's empty accession number is null, as is an empty text. So a
// reader recomputes it: fill in the defaults, `json.dumps(read, sort_keys=True, separators=(",", ":"),
// ensure_ascii=False)` with 1.0 written as 1, SHA-256 of that in UTF-8.

package import Radiology

/// The canonical form of reads.
package enum CanonicalDiagnosis {
    /// The bytes of a read.
    ///
    /// - Parameters:
    ///   - reader: The party id of the reader.
    ///   - label: The protocol's label that is meant; nil for a bare retraction.
    ///   - exam: The exam of the catalogue: facility, study UID, and the accession number if it has one.
    package static func bytes(
        of diagnosis: Diagnosis, reader: String, label: String?, exam: ExamReference
    ) -> [UInt8] {
        let read: [String: CanonicalJSON] = [
            "type": .string("diagnosis"), "reader": .string(reader), "exam": CanonicalExam.object(exam),
            "label": .optional(label), "confidence": .optional(diagnosis.confidence),
            "findings": .array(diagnosis.findings.map(finding)), "text": .optional(diagnosis.text),
            "readAt": .optional(diagnosis.readAt), "round": .number(Double(diagnosis.round)),
            "packetVersion": .optional(diagnosis.packetVersion), "retracts": .optional(diagnosis.retracts),
        ]
        return CanonicalJSON.object(read).bytes
    }

    private static func finding(_ finding: Finding) -> CanonicalJSON {
        .object([
            "code": .optional(finding.code), "laterality": .optional(finding.laterality),
            "sopInstanceUID": .optional(finding.sopInstanceUID), "x": .optional(finding.x), "y": .optional(finding.y),
            "text": .optional(finding.text),
        ])
    }
}
