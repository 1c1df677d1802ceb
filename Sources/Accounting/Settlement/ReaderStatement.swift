// ReaderStatement owns what a doctor is paid for a month's readings: a line for each facility and fee, and each reading.
//
// Pure. Each reading is one unit of its line, so that lines are exact; the total is their sum. No tax: the statement is the
// office's settlement with the doctor, and no invoice.

/// The settlement of one doctor for one month.
package struct ReaderStatement: Hashable, Sendable {
    /// Readings of one facility's exams that have one fee.
    package struct Line: Hashable, Sendable {
        package let facility: String
        /// What the fee is for: `modality MG`.
        package let description: String
        package let unitPrice: Price
        package let count: Int
        package let amount: Money
    }

    /// A reading and what is paid for it.
    package struct PaidReading: Hashable, Sendable {
        package let reading: Reading
        package let fee: Money
    }

    package let reader: String
    /// As parties.yaml names the doctor.
    package let name: String
    package let month: BillingMonth
    package let currency: Currency
    package let lines: [Line]
    /// Each reading that is paid for, with its fee, in the order of time.
    package let readings: [PaidReading]
    package let total: Money

    /// - Parameter readings: Of one doctor and month, in the order of time.
    /// - Returns: nil when none is to be paid for.
    /// - Throws: `.noReadingFee`, `.accounting`.
    package init?(
        of readings: [Reading], reader: String, name: String, month: BillingMonth, tariff: Tariff
    ) throws(RatingError) {
        var paid: [(reading: Reading, fee: ReadingFee)] = []
        for reading in readings {
            guard let fee = try tariff.readingFee(for: reading) else { continue }
            paid.append((reading, fee))
        }
        guard !paid.isEmpty else { return nil }
        self.reader = reader
        self.name = name
        self.month = month
        currency = tariff.currency
        do throws(AccountingError) {
            lines = try Self.lines(paid, tariff.currency)
            var readings: [PaidReading] = []
            for item in paid {
                readings.append(
                    PaidReading(reading: item.reading, fee: try item.fee.fee.amount(in: tariff.currency)))
            }
            self.readings = readings
            var total = Money.zero(tariff.currency)
            for line in lines { total = try total.adding(line.amount) }
            self.total = total
        } catch { throw .accounting(error) }
    }

    private struct Group: Hashable {
        let facility: String
        let description: String
        let price: Price
    }

    private static func lines(
        _ paid: [(reading: Reading, fee: ReadingFee)], _ currency: Currency
    ) throws(AccountingError) -> [Line] {
        let groups = Dictionary(grouping: paid) {
            Group(facility: $0.reading.facility, description: $0.fee.conditionText, price: $0.fee.fee)
        }
        let sorted = groups.sorted {
            ($0.key.facility, $0.key.description, $0.key.price.description)
                < ($1.key.facility, $1.key.description, $1.key.price.description)
        }
        var lines: [Line] = []
        for (group, readings) in sorted {
            // Each reading is rounded by itself, as the list of readings shows it.
            let unit = try group.price.amount(in: currency)
            let (units, isTooLarge) = unit.minorUnits.multipliedReportingOverflow(by: Int64(readings.count))
            guard !isTooLarge else { throw .tooLarge(currency: currency.code) }
            lines.append(
                Line(
                    facility: group.facility, description: group.description, unitPrice: group.price,
                    count: readings.count, amount: Money(minorUnits: units, currency: currency)))
        }
        return lines
    }
}

extension Tariff {
    /// What a reading is paid with.
    ///
    /// - Returns: nil where the list of the exam's facility pays for none.
    /// - Throws: `.noReadingFee` when the list pays for others.
    func readingFee(for reading: Reading) throws(RatingError) -> ReadingFee? {
        guard let list = priceList(for: reading.facility, on: reading.day), !list.readingFees.isEmpty else {
            return nil
        }
        let fitting = list.readingFees.filter { $0.fits(reading) }
        let most = fitting.map(\.specificity).max()
        guard let fee = fitting.first(where: { $0.specificity == most }) else {
            throw .noReadingFee(reader: reading.reader, exam: reading.exam, list: list.effective)
        }
        return fee
    }
}
