// Names that the world has agreed on: time zones, currencies, countries.
//
// Owns the check against the system's own tables. Never accepts an abbreviation such as JST or EST, which names an
// offset rather than the rules of a place.

import Foundation

extension Decode {
    /// A time zone of the IANA database: `Asia/Tokyo`, or `UTC`.
    static func timeZone(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        if text == "UTC" || text.contains("/"), TimeZone(identifier: text) != nil { return text }
        let near = Spelling.nearest(to: text, among: TimeZone.knownTimeZoneIdentifiers)
        let advice =
            near.map { "; did you mean \"\($0)\"?" } ?? "; a name such as Europe/London or Asia/Tokyo is wanted"
        field.fail("there is no time zone \"\(text)\"" + advice)
        return nil
    }

    /// A currency code of ISO 4217, in capitals.
    static func currency(_ field: Field) -> String? {
        let text = field.scalarText ?? ""
        guard isCapitals(text, count: 3), Locale.Currency(text).isISOCurrency else {
            return refuse(field, "a currency code of ISO 4217 is wanted, such as EUR or JPY")
        }
        return text
    }

    /// A country code of ISO 3166-1, two capitals.
    static func country(_ field: Field) -> String? {
        let text = field.scalarText ?? ""
        guard isCapitals(text, count: 2), text != "UK", text != "EU", Locale.Region(text).isISORegion else {
            return refuse(field, "a country code of ISO 3166 is wanted, such as GB or JP")
        }
        return text
    }

    private static func isCapitals(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
