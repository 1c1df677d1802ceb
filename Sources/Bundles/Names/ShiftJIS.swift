// Whether bytes look like Shift_JIS.

enum ShiftJIS {
    /// True when every byte fits and two characters of two bytes stand next to each other somewhere.
    ///
    /// A single accented letter of a Latin name is also a good pair; two in a row hardly ever are.
    static func isLikely(_ bytes: [UInt8]) -> Bool {
        var run = 0
        var longestRun = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isLead(byte) {
                guard index + 1 < bytes.count, isTrail(bytes[index + 1]) else { return false }
                run += 1
                longestRun = max(run, longestRun)
                index += 2
            } else {
                guard byte < 0x80 || (0xA1...0xDF).contains(byte) else { return false }
                run = 0
                index += 1
            }
        }
        return longestRun >= 2
    }

    private static func isLead(_ byte: UInt8) -> Bool {
        (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte)
    }

    private static func isTrail(_ byte: UInt8) -> Bool {
        (0x40...0x7E).contains(byte) || (0x80...0xFC).contains(byte)
    }
}
