// All of `tariff.yaml`.
//
// Invariant: for one facility and one day there is one price list: the latest, and of those that begin on one day the
// one that names the facility. Absent, nothing has a price, and what is used cannot be invoiced.

/// The content of `tariff.yaml`.
struct TariffSection {
    let priceLists: [PriceListEntry]
    let rentals: [RentalEntry]

    static let empty = TariffSection(priceLists: [], rentals: [])

    init(priceLists: [PriceListEntry], rentals: [RentalEntry]) {
        self.priceLists = priceLists
        self.rentals = rentals
    }

    init(_ reader: KeyedReader, known: Identifiers) {
        let lists = reader.blocks("priceLists") { ($0.field, PriceListEntry($0, known: known)) }
        let areSound = reader.isSound
        if areSound { Self.reportSameDay(lists) }
        let priceLists = lists.map(\.1)
        self.priceLists = priceLists
        rentals = reader.blocks("rentals") { rental in
            let entry = RentalEntry(rental, known: known)
            if areSound, rental.isSound { entry.reportWithoutPrice(rental, priceLists) }
            return entry
        }
    }

    /// A list for named facilities goes before one for all of them, so those two do not clash.
    private static func clash(_ left: Selection, _ right: Selection) -> Bool {
        (left == .all) == (right == .all) && left.overlaps(right)
    }

    private static func reportSameDay(_ lists: [(field: Field, list: PriceListEntry)]) {
        for (offset, later) in lists.enumerated() {
            let earlier = lists[..<offset].first {
                $0.list.effective == later.list.effective && clash($0.list.facilities, later.list.facilities)
            }
            guard let earlier else { continue }
            later.field.fail(
                "the price list in line \(earlier.field.line) begins on the same day for the same facilities; keep one")
        }
    }
}
