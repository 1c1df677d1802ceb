// An exam's key: what names it in outbound files and folders.
//
// Pure. `<facility>_<accession number>`, or `<facility>_<study UID>` without one; every character outside
// `[A-Za-z0-9.-]` is written as %XX, so that a key is a safe file name and is read back without doubt.
// One accession number may cover several studies, and a study UID may come under two patients: the first one has the
// short key, and the next free of `<facility>_<study UID>`, `<facility>_<study UID>-2` … goes to the others.

/// Names one study of one facility.
package enum ExamKey {
    /// The keys that a study may have, the preferred one first; the last of them go on without end.
    package static func candidates(
        facility: String, accessionNumber: String, studyInstanceUID: String
    ) -> some Sequence<String> {
        let byUID = "\(facility)_\(escaped(studyInstanceUID))"
        let first = accessionNumber.isEmpty ? [byUID] : ["\(facility)_\(escaped(accessionNumber))", byUID]
        return sequence(state: 0) { index -> String? in
            defer { index += 1 }
            return index < first.count ? first[index] : "\(byUID)-\(index - first.count + 2)"
        }
    }

    /// Text with every byte outside `[A-Za-z0-9.-]` as %XX.
    package static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
