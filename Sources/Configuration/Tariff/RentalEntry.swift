// An apparatus or workstation that a facility rents during a time.
//
// Owns one item of `rentals` in `tariff.yaml`. Invariant: it ends after it begins, and its item has a price.

/// A rental.
package struct RentalEntry: Sendable, Equatable {
    /// The id of a facility.
    package let facility: String
    /// The item, as price lists call it.
    package let item: String
    /// The serial number of the thing itself.
    package let serial: String?
    /// The first day, in the facility's time zone.
    package let from: CalendarDate
    /// The first day that is no longer rented; nil while it goes on.
    package let to: CalendarDate?
    /// Days that are not charged.
    package let waivers: [RentalWaiver]

    init(_ reader: KeyedReader, known: Identifiers) {
        facility = reader.required("facility", Decode.reference(to: known.facilities, noun: "facility"), else: "")
        item = reader.required("item", Decode.identifier, else: "")
        serial = reader.optional("serial", Decode.text)
        from = reader.required("from", Decode.date, else: CalendarDate.first)
        to = reader.optional("to", Decode.date)
        waivers = reader.blocks("waivers") { RentalWaiver($0) }
        if let to, from >= to {
            reader.given("to")?.fail(
                "the rental ends on \(to), not after it begins on \(from); give a later day or null")
        }
    }

    /// Whether both are about one thing, by its serial number, and share a day.
    func isSameThing(atTheTimeOf other: RentalEntry) -> Bool {
        guard let serial, item == other.item, serial == other.serial else { return false }
        return (other.to.map { from < $0 } ?? true) && (to.map { other.from < $0 } ?? true)
    }

    /// Reports an item that no price list of its facility has a rent for.
    func reportWithoutPrice(_ reader: KeyedReader, _ priceLists: [PriceListEntry]) {
        let itsLists = priceLists.filter { $0.facilities.contains(facility) }
        guard !itsLists.contains(where: { $0.rents[item] != nil }) else { return }
        let priced = Set(itsLists.flatMap(\.rents.keys)).sorted()
        reader.given("item")?.fail(
            "no price list of \(facility) has a rent for \"\(item)\""
                + Spelling.advice(for: item, among: priced, noun: "priced are"))
    }
}

/// Days of a rental that are not charged.
package struct RentalWaiver: Sendable, Equatable {
    package let from: CalendarDate
    /// The first day that is charged again.
    package let to: CalendarDate
    /// Why, as the invoice says it.
    package let reason: String?

    init(_ reader: KeyedReader) {
        from = reader.required("from", Decode.date, else: CalendarDate.first)
        to = reader.required("to", Decode.date, else: CalendarDate.first)
        reason = reader.optional("reason", Decode.text)
        if reader.isSound, from >= to {
            reader.given("to")?.fail("the waiver ends on \(to), not after it begins on \(from); give a later day")
        }
    }
}
