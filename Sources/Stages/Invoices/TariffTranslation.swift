// From the configuration's price lists, rentals and parties to those of the `Accounting` module.
//
// Pure. A configuration that was checked has a translation: what cannot be one is our mistake, and traps.

internal import Accounting
internal import Configuration

extension SiteConfiguration {
    /// What is rented.
    var rentalsOfFacilities: [Rental] {
        rentals.map { entry in
            Rental(
                party: entry.facility, item: entry.item, serial: entry.serial, from: BillingDay(entry.from).number,
                to: entry.to.map { BillingDay($0).number },
                waivers: entry.waivers.map { waiver in
                    Rental.Waiver(
                        days: BillingDay(waiver.from).number..<BillingDay(waiver.to).number, reason: waiver.reason)
                })
        }
    }

    /// The site as documents show it.
    var seller: InvoiceParty {
        InvoiceParty(
            id: site.id, name: site.name, address: site.address.map { PostalAddress($0) }, vatID: site.vatID,
            taxRegistrationID: site.taxRegistrationID, registrationID: site.registrationID,
            endpoint: site.endpoint.map { .init(scheme: $0.scheme, id: $0.id) })
    }

    /// How its invoices are paid.
    var payment: PaymentDetails {
        PaymentDetails(iban: site.iban, bic: site.bic, terms: "Within \(site.paymentDays) days of the date of issue")
    }

    /// The zone of each facility's months.
    package var facilityZones: [String: String] {
        Dictionary(facilities.map { ($0.id, $0.timeZone) }) { first, _ in first }
    }
}

extension Facility {
    /// The facility as documents show it.
    var buyer: InvoiceParty {
        InvoiceParty(
            id: id, name: name, address: address.map { PostalAddress($0) }, vatID: vatID,
            registrationID: registrationID, endpoint: endpoint.map { .init(scheme: $0.scheme, id: $0.id) })
    }
}

extension PostalAddress {
    fileprivate init(_ address: Address) {
        self.init(
            street: address.street, city: address.city, postalCode: address.postalCode, country: address.country)
    }
}

extension MonthlyTerms {
    init(_ entry: PriceListEntry) {
        self.init(
            storageUnitName: entry.storageUnit.rawValue, storageUnitByteCount: entry.storageUnit.byteCount,
            storage: entry.storage.mapValues { steps in
                StoragePrice(
                    steps: steps.map { StoragePrice.Step(upTo: $0.upTo.map { Price($0) }, price: Price($0.price)) },
                    isByVolume: entry.storageSteps == .volume)
            },
            storageMinimumDays: entry.storageMinimumDays,
            rents: entry.rents.mapValues { RentPrice(price: Price($0.price), isDaily: $0.prorate == .daily) },
            tax: Tax(
                category: Accounting.TaxCategory(entry.tax.category), percent: Price(entry.tax.percent),
                reason: entry.tax.reason),
            minimum: entry.minimum.map { Price($0) }, maximum: entry.maximum.map { Price($0) },
            discounts: entry.discounts.mapValues { Price($0) })
    }
}

extension Accounting.TaxCategory {
    /// By its code, which both have.
    init(_ category: Configuration.TaxCategory) {
        guard let same = Self(rawValue: category.rawValue) else {
            preconditionFailure("\(category.rawValue) is a category of the configuration alone")
        }
        self = same
    }
}

extension Price {
    /// - Parameter decimal: Not below 0, as the configuration has checked.
    init(_ decimal: ExactDecimal) {
        guard let price = Price(unscaled: decimal.unscaled, scale: decimal.scale) else {
            preconditionFailure("\(decimal) was checked to be a price")
        }
        self = price
    }
}
