// HL7Time owns times as HL7 and DICOM write them without marks: 20261120101500.5+0900.
//
// Source: HL7 v2.5 chapter 2, section 2.A.77 (TS); DICOM PS3.5 section 6.2 (DT). Pure.

internal import Radiology

/// The reader and writer of unmarked times.
enum HL7Time {
    /// `2026-11-20T10:15:00+09:00` as `20261120101500+0900`.
    static func text(_ iso: String) -> String {
        let date = iso.prefix(10).filter(\.isNumber)
        let rest = iso.dropFirst(11)
        let clock = rest.prefix(8).filter(\.isNumber)
        let zone = rest.dropFirst(8).drop { !"+-Z".contains($0) }
        return date + clock + (zone == "Z" ? "+0000" : zone.filter { $0 != ":" })
    }

    /// The same as a DT of a data set: the offset is left out where it is the one that the data set says of all its times.
    ///
    /// - Parameter document: The data set's own time, with its offset.
    static func dicomText(_ iso: String, in document: String) -> String {
        let time = text(iso)
        let offset = time.suffix("+0900".count)
        return text(document).hasSuffix(offset) ? String(time.dropLast(offset.count)) : time
    }

    /// The instant that a text names.
    ///
    /// - Parameter zone: Asked for the offset where the text has none.
    /// - Throws: When it is no time, has no time of day, or its offset is known to nobody.
    static func instant(_ text: String, zone: ZoneOffset, at place: ItemPlace) throws(ItemError) -> String {
        guard let parsed = parse(text) else {
            throw place.fault(
                "\(Quoted.text(text)) is no time with a date, hour and minute, such as 20261120101500+0900")
        }
        guard let offset = parsed.offset ?? zone.seconds(at: parsed.local) else {
            throw place.fault(
                "\(Quoted.text(text)) has no offset from UTC, such as +0900, and no time zone is known here")
        }
        guard let instant = Instant(parsed.local, offsetSeconds: offset - offset % 60) else {
            throw place.fault("\(Quoted.text(text)) has an impossible offset")
        }
        return instant.text
    }

    private static func parse(_ text: String) -> (local: LocalTime, offset: Int?)? {
        var scan = DigitScan(text)
        guard let year = scan.number(4), let month = scan.number(2), let day = scan.number(2),
            let hour = scan.number(2), let minute = scan.number(2)
        else { return nil }
        let second = scan.seesDigit ? scan.number(2) : 0
        var fraction = ""
        if scan.take(".") {
            guard let digits = scan.digits(1...9) else { return nil }
            fraction = digits
        }
        let offset = scan.isAtEnd ? nil : scan.offset()?.seconds
        guard scan.isAtEnd, let second,
            let local = LocalTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                nanosecond: DigitScan.nanoseconds(fraction))
        else { return nil }
        return (local, offset)
    }
}
