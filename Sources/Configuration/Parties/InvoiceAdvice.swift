// What a configuration lacks that electronic invoices must say.
//
// Owns the rules of EN 16931 that go by seller, buyer and tax category. These are no mistakes: invoices are made without, and
// the programs of those who take them as UBL will refuse them.

extension SiteConfiguration {
    /// One line for each thing that is missing; empty when invoices can say all they must, and where nothing has a price.
    package var invoiceAdvice: [String] {
        let categories = Set(priceLists.map(\.tax.category))
        guard !categories.isEmpty else { return [] }
        let file = ConfigurationFile.parties.path
        var advice: [String] = []
        if site.address == nil { advice.append("\(file): site.address: an invoice names the seller's country (BR-09)") }
        if categories.contains(where: { $0 != .outside }), site.vatID == nil, site.taxRegistrationID == nil {
            advice.append(
                "\(file): site.vatID: an invoice with tax, or with a reason for none, names the seller's VAT id, or at"
                    + " least `taxRegistrationID` (BR-S-02, BR-E-02)")
        }
        for facility in facilities { advice += Self.advice(of: facility, in: file, priceLists) }
        return advice
    }

    private static func advice(of facility: Facility, in file: String, _ lists: [PriceListEntry]) -> [String] {
        let categories = lists.filter { $0.facilities.contains(facility.id) }.map(\.tax.category)
        guard !categories.isEmpty else { return [] }
        var advice: [String] = []
        if facility.address == nil {
            advice.append("\(file): facilities.\(facility.id).address: an invoice names the buyer's country (BR-11)")
        }
        let needsNumber = categories.contains { $0 == .reverseCharge || $0 == .intraCommunity }
        if needsNumber, facility.vatID == nil, facility.registrationID == nil || categories.contains(.intraCommunity) {
            advice.append(
                "\(file): facilities.\(facility.id).vatID: who owes the tax is named by VAT id (BR-AE-02, BR-IC-02)")
        }
        return advice
    }
}
