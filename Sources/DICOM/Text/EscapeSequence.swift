// EscapeSequence owns the code extension escapes of PS3.3 tables C.12-3 and C.12-4: which bytes designate which
// repertoire to which half of the code table. It recognises; whether a data set declared the set is not its matter.

/// One designation by an escape sequence.
struct EscapeSequence: Hashable, Sendable {
    static let escape: UInt8 = 0x1B

    /// Bytes, ESC included.
    let byteCount: Int
    /// True for G0 (bytes 21 to 7E), false for G1 (A1 to FE).
    let isLowerHalf: Bool
    let repertoire: Repertoire

    /// The sequence that starts at `index`; nil when none that DICOM knows does.
    static func at(_ index: Int, of bytes: [UInt8]) -> EscapeSequence? {
        for (code, sequence) in known where bytes[index...].starts(with: code) { return sequence }
        return nil
    }

    private static let known: [([UInt8], EscapeSequence)] = {
        let single: [(String, String)] = [
            ("-A", "ISO-8859-1"), ("-B", "ISO-8859-2"), ("-C", "ISO-8859-3"), ("-D", "ISO-8859-4"),
            ("-L", "ISO-8859-5"),
            ("-G", "ISO-8859-6"), ("-F", "ISO-8859-7"), ("-H", "ISO-8859-8"), ("-M", "ISO-8859-9"),
            ("-b", "ISO-8859-15"),
            ("-T", "TIS-620"),
        ]
        let lower: [(String, Repertoire)] = [
            ("(B", .standard), ("(J", .katakana), ("$B", .jisX0208), ("$(D", .jisX0212),
        ]
        let upper: [(String, Repertoire)] = [(")I", .katakana), ("$)C", .ksX1001), ("$)A", .gb2312)]
        let all =
            single.map { ($0.0, Repertoire.singleByte($0.1), false) } + lower.map { ($0.0, $0.1, true) }
            + upper.map { ($0.0, $0.1, false) }
        return all.map { code, repertoire, isLower in
            let bytes = [escape] + Array(code.utf8)
            return (bytes, EscapeSequence(byteCount: bytes.count, isLowerHalf: isLower, repertoire: repertoire))
        }
    }()
}
