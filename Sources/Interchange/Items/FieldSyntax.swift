// FieldSyntax owns the syntax of single values, the same in every form of document: ids, UIDs, digests, instants.
//
// Pure. Each check gives the value in its one normal form or throws with the place that it was given.

internal import Radiology

/// The checks of single values.
enum FieldSyntax {
    /// Characters that a value on one line may have.
    static let maximumLineCount = 1024

    /// A value that stands on one line, white space around it taken off; nil when nothing is left.
    static func line(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String? {
        if isPlainASCII(text) { return text.isEmpty ? nil : text }
        let trimmed = trimmed(text)
        guard trimmed.unicodeScalars.count <= maximumLineCount else {
            throw place().fault("has more than \(maximumLineCount) characters")
        }
        guard !trimmed.unicodeScalars.contains(where: isControl) else {
            throw place().fault("\(Quoted.text(trimmed)) holds a control character")
        }
        return trimmed.isEmpty ? nil : trimmed
    }

    /// A text of several lines, each ended by a line feed; nil when it is empty.
    static func text(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String? {
        if isPlainASCII(text) { return text.isEmpty ? nil : text }
        let forbidden = text.unicodeScalars.first { isControl($0) && !["\n", "\r", "\t"].contains($0) }
        if let forbidden {
            throw place().fault("the text holds the control character U+\(hexadecimal(forbidden))")
        }
        guard text.unicodeScalars.contains("\r") else { return text.isEmpty ? nil : text }
        var lines = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if !(scalar == "\n" && last == "\r") { lines.append(scalar == "\r" ? "\n" : scalar) }
            last = scalar
        }
        return String(lines)
    }

    /// `[a-z0-9-]{1,32}` (contract, section 1).
    static func partyID(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        guard isPartyID(text) else {
            throw place().fault("\(Quoted.text(text)) is no party id, which has 1 to 32 of a-z, 0-9 and '-'")
        }
        return text
    }

    static func isPartyID(_ text: String) -> Bool {
        1...32 ~= text.utf8.count && text.utf8.allSatisfy { isDigit($0) || isLower($0) || $0 == UInt8(ascii: "-") }
    }

    /// `[A-Za-z0-9._-]{1,64}` (contract, section 3), and no name that the file system takes for itself.
    static func requestID(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            isDigit(byte) || isLower(byte | 0x20) || "._-".utf8.contains(byte)
        }
        guard isPlain, 1...64 ~= text.utf8.count, text != ".", text != ".." else {
            throw place().fault("\(Quoted.text(text)) is no id, which has 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'")
        }
        return text
    }

    /// Digits and dots, 64 at most; what makes a UID beyond that is not held against its sender.
    ///
    /// - Source: DICOM PS3.5 section 9.1.
    static func uid(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        let isPlain = text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, 1...64 ~= text.utf8.count else {
            throw place().fault("\(Quoted.text(text)) is no UID, which has 1 to 64 digits and dots")
        }
        return text
    }

    /// 64 hexadecimal digits, in lower case.
    static func digest(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        let lower = text.lowercased()
        let isHexadecimal = lower.utf8.allSatisfy { isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
        guard isHexadecimal, lower.utf8.count == 64 else {
            throw place().fault("\(Quoted.text(text)) is no digest, which has 64 hexadecimal digits")
        }
        return lower
    }

    /// An instant with its offset, completed.
    static func instant(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        guard let instant = Instant(iso8601: text) else {
            throw place().fault(
                "\(Quoted.text(text)) is no time with an offset, such as 2026-11-20T10:15:00+09:00")
        }
        return instant.text
    }

    /// A day that exists, `YYYY-MM-DD`.
    static func date(_ text: String, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> String {
        var scan = DigitScan(text)
        guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
            let day = scan.number(2), scan.isAtEnd, LocalTime(year: year, month: month, day: day) != nil
        else { throw place().fault("\(Quoted.text(text)) is no date, such as 2026-11-20") }
        return text
    }

    /// One of some words.
    static func word(_ text: String, of words: [String], at place: @autoclosure () -> ItemPlace) throws(ItemError)
        -> String
    {
        guard words.contains(text) else {
            let hint = words.first { $0.lowercased() == text.lowercased() }.map { "; did you mean '\($0)'?" } ?? ""
            throw place().fault("\(Quoted.text(text)) is not \(Quoted.choice(words))\(hint)")
        }
        return text
    }

    /// A number from 0 to 1.
    static func confidence(_ number: Double, at place: @autoclosure () -> ItemPlace) throws(ItemError) -> Double {
        guard 0...1 ~= number else { throw place().fault("the confidence is \(number), and must be from 0 to 1") }
        return number == 0 ? 0 : number
    }

    static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

    /// What most values are: short, printable ASCII, no white space around it. Saves looking each character up.
    private static func isPlainASCII(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= maximumLineCount, bytes.first != 0x20, bytes.last != 0x20 else { return false }
        return bytes.allSatisfy { 0x20..<0x7F ~= $0 }
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[start...end])
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
