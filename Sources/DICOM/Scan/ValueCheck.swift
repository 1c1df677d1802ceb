// ValueCheck owns the rules of PS3.5 section 6.2 for the string VRs whose form a catalogue relies on. Each check
// answers what is wrong, or nil. It reads bytes, never throws and never changes a value.

/// Checks of single values.
enum ValueCheck {
    /// UI: digits and dots, 64 at most, no component empty or with a leading zero (PS3.5 section 9.1).
    static func uid(_ bytes: ArraySlice<UInt8>) -> String? {
        let value = stripped(bytes)
        if value.count > 64 { return "the UID is longer than 64 characters" }
        var componentLength = 0
        var startsWithZero = false
        for byte in value {
            switch byte {
            case UInt8(ascii: "."):
                if componentLength == 0 { return "the UID has an empty component" }
                if startsWithZero, componentLength > 1 { return "a component of the UID has a leading zero" }
                componentLength = 0
                startsWithZero = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if componentLength == 0 { startsWithZero = byte == UInt8(ascii: "0") }
                componentLength += 1
            default: return "the UID has a character that is neither digit nor dot"
            }
        }
        if value.isEmpty { return nil }
        if componentLength == 0 { return "the UID has an empty component" }
        return startsWithZero && componentLength > 1 ? "a component of the UID has a leading zero" : nil
    }

    /// DA: YYYYMMDD, a day that exists; also the yyyy.mm.dd of the predecessor standard.
    static func date(_ bytes: ArraySlice<UInt8>) -> String? {
        var digits = stripped(bytes)
        guard !digits.isEmpty else { return nil }
        if digits.count == 10 { digits = digits.filter { $0 != UInt8(ascii: ".") } }
        guard digits.count == 8, let number = number(digits) else { return "the date is not of the form YYYYMMDD" }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...days[month - 1]).contains(day) else { return "the date does not exist" }
        return nil
    }

    /// TM: HH, HHMM, HHMMSS with a fraction; also with the colons of the predecessor standard.
    static func time(_ bytes: ArraySlice<UInt8>) -> String? {
        let value = stripped(bytes).filter { $0 != UInt8(ascii: ":") }
        guard !value.isEmpty else { return nil }
        let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, [2, 4, 6].contains(parts[0].count), let clock = number(Array(parts[0])) else {
            return "the time is not of the form HHMMSS.FFFFFF"
        }
        if parts.count == 2, parts[1].count > 6 || number(Array(parts[1])) == nil {
            return "the time's fraction is not one to six digits"
        }
        let scaled = [2: clock * 10_000, 4: clock * 100, 6: clock][parts[0].count] ?? clock
        let isTime = scaled / 10_000 < 24 && scaled / 100 % 100 < 60 && scaled % 100 <= 60
        return isTime ? nil : "the time does not exist"
    }

    /// IS: an optional sign and digits, in 32 bits.
    static func integer(_ bytes: ArraySlice<UInt8>) -> String? {
        let values = stripped(bytes).split(separator: UInt8(ascii: "\\"))
        let areNumbers = values.allSatisfy { value in
            let text = TextPadding.trimmed(String(decoding: value, as: UTF8.self))
            return text.isEmpty || Int32(text) != nil
        }
        return areNumbers ? nil : "the value is not a whole number of 32 bits"
    }

    /// At most 64 characters a value of LO and a group of PN, 16 of SH (PS3.5 table 6.2-1).
    ///
    /// - Parameter characters: The value's characters as code points.
    static func length(_ characters: some Sequence<UInt32>, _ vr: VR) -> String? {
        guard let maximum = maximumLength(vr) else { return nil }
        var length = 0
        for character in characters {
            let isSeparator = character == 0x5C || character == 0x3D && vr == .pn
            length = isSeparator ? 0 : length + 1
            // Padding at the end may exceed the maximum by what makes the length even.
            if length > maximum + 1 { return "a value is longer than \(maximum) characters" }
        }
        return nil
    }

    private static func maximumLength(_ vr: VR) -> Int? {
        switch vr {
        case .lo, .pn: 64
        case .sh: 16
        default: nil
        }
    }

    private static func stripped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0 }) else { return [] }
        return bytes[...last]
    }

    /// The number that the digits say; nil when another character is among them.
    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return digits.isEmpty ? nil : number
    }
}
