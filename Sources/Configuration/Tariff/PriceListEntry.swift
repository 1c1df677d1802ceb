// The prices that hold from a day on, for all facilities or for some.
//
// Owns one item of `priceLists` in `tariff.yaml`. Amounts are exact decimals in the site's currency. Never rates usage.

/// A price list.
package struct PriceListEntry: Sendable, Equatable {
    /// The first day on which it holds, in each facility's own time zone.
    package let effective: CalendarDate
    package let storageUnit: StorageUnit
    /// Price of a unit for a month, by the name of the tier.
    package let storage: [String: [PriceStep]]
    /// Days for which stored data is charged at least.
    /// Whether each step has the price of what lies within it, or the step that is reached that of all.
    package let storageSteps: StepKind
    package let storageMinimumDays: Int
    package let dataFees: [DataFee]
    /// What doctors are paid; empty means that their readings are not settled.
    package let readingFees: [ReadingFee]
    /// Rents by item.
    package let rents: [String: RentPrice]
    package let tax: TaxRule
    /// How long the same exam may be had again by the same party without a fee.
    package let freeAgainWithinMilliseconds: Int64
    /// The least that a month costs; nil means nothing.
    package let minimum: ExactDecimal?
    /// The most that a month costs; nil means no bound.
    package let maximum: ExactDecimal?
    /// Percent that is taken off, by facility.
    package let discounts: [String: ExactDecimal]
    /// Ids of facilities.
    package let facilities: Selection

    init(_ reader: KeyedReader, known: Identifiers) {
        effective = reader.required("effective", Decode.date, else: CalendarDate.first)
        storageUnit = reader.value("storageUnit", Decode.word(StorageUnit.self), default: .GB)
        storage = reader.value(
            "storage",
            Decode.block(of: PriceStep.decodeAll, keys: Decode.reference(to: known.tiers, noun: "storage tier")),
            default: [:])
        storageSteps = reader.value("storageSteps", Decode.word(StepKind.self), default: .graduated)
        storageMinimumDays = reader.value("storageMinimumDays", Decode.integer(in: 0...3650), default: 0)
        dataFees = Self.dataFees(reader, known: known)
        readingFees = reader.blocks("readingFees") { ReadingFee($0, known: known) }
        rents = reader.value("rents", Decode.block(of: RentPrice.decode, keys: Decode.identifier), default: [:])
        tax = reader.required("tax", TaxRule.decode, else: .none)
        freeAgainWithinMilliseconds = reader.value("freeAgainWithin", Decode.duration, default: 0)
        minimum = reader.optional("minimum", Decode.price)
        maximum = reader.optional("maximum", Decode.price)
        discounts = reader.value(
            "discounts",
            Decode.block(of: Self.percent, keys: Decode.reference(to: known.facilities, noun: "facility")), default: [:]
        )
        facilities = reader.value(
            "facilities", Decode.selection(of: Decode.reference(to: known.facilities, noun: "facility")), default: .all)
    }

    private static var percent: (Field) -> ExactDecimal? {
        Decode.decimal("a share from 0 to 100 percent", example: "\"10\"") {
            $0.unscaled >= 0 && $0 <= ExactDecimal(100)
        }
    }

    private static func dataFees(_ reader: KeyedReader, known: Identifiers) -> [DataFee] {
        let fees = reader.blocks("dataFees") { ($0.field, DataFee($0, known: known), $0.isSound) }
        for (offset, later) in fees.enumerated() where later.2 {
            guard let earlier = fees[..<offset].first(where: { $0.2 && $0.1.isForSame(as: later.1) }) else { continue }
            later.0.fail("the fee in line \(earlier.0.line) is for the same; keep one of them")
        }
        return fees.map(\.1)
    }
}

/// How a list of steps prices an amount.
package enum StepKind: String, CaseIterable, Sendable {
    case graduated, volume
}

/// The unit in which stored data is priced.
package enum StorageUnit: String, CaseIterable, Sendable {
    case MB, GB, TB, MiB, GiB, TiB

    package var byteCount: Int64 {
        switch self {
        case .MB: 1_000_000
        case .GB: 1_000_000_000
        case .TB: 1_000_000_000_000
        case .MiB: 1 << 20
        case .GiB: 1 << 30
        case .TiB: 1 << 40
        }
    }
}
