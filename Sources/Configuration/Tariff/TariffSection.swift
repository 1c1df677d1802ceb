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
        let rentals = reader.blocks("rentals") { rental in
            let entry = RentalEntry(rental, known: known)
            if areSound, rental.isSound { entry.reportWithoutPrice(rental, priceLists) }
            return (field: rental.field, entry: entry, isSound: rental.isSound)
        }
        self.rentals = rentals.map(\.entry)
        Self.reportTwiceRented(rentals.filter(\.isSound).map { ($0.field, $0.entry) })
    }

    /// One thing is with one facility at a time, and is charged once.
    private static func reportTwiceRented(_ rentals: [(field: Field, entry: RentalEntry)]) {
        for (offset, later) in rentals.enumerated() {
            let earlier = rentals[..<offset].first { $0.entry.isSameThing(atTheTimeOf: later.entry) }
            guard let earlier else { continue }
            later.field.fail(
                "\(later.entry.item) \(later.entry.serial ?? "") is rented in line \(earlier.field.line) at the same time; end"
                    + " one with `to`, or give another `serial`")
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
