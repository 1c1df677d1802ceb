// A site of many facilities with prices: its configuration, and opening it at a time.

import Files
import Stages

enum InvoiceSite {
    static func facilities(_ count: Int) -> [String] { (1...count).map { "facility-\($0)" } }

    private static let prices = """
        priceLists:
          - effective: 2000-01-01
            storageUnit: GB
            storage:
              fast: [{upTo: 50, price: "0.25"}, {upTo: 100, price: "0.20"}, {upTo: null, price: "0.15"}]
              slow: "0.02"
            dataFees: [{purpose: treatment, fee: "4.50"}, {purpose: teaching, fee: "1.00"}, {fee: "2.00"}]
            rents: {client: {price: "80.00", prorate: daily}}
            freeAgainWithin: 30d
            tax: {category: S, percent: "20"}

        """

    /// Makes a site.
    ///
    /// - Parameter rentals: Whether each facility rents a client, so that each has an invoice for every month.
    /// - Returns: Its folder.
    static func make(root: String, facilities: [String], rentals: Bool) throws(BenchError) -> String {
        let parties = facilities.map {
            "  - {id: \($0), name: \($0), timeZone: \(LedgerCorpus.zone), purposes: [\(MadeUpUses.purposes.joined(separator: ", "))]}\n"
        }
        let rented = facilities.map {
            "  - {facility: \($0), item: client, serial: \($0), from: 2000-01-01, to: null}\n"
        }
        _ = try BenchSite(
            root: root,
            files: [
                "parties.yaml": """
                site: {id: bench, name: Bench, timeZone: \(LedgerCorpus.zone), currency: EUR}
                facilities:
                \(parties.joined())
                readers: []
                management: [{id: office}]
                chartSystems: []

                """,
                "purposes.yaml": """
                purposes:
                \(MadeUpUses.purposes.map { "  - {id: \($0), range: {kinds: all}}\n" }.joined())
                """,
                "reading.yaml": "protocols: []\n",
                "tariff.yaml": prices + (rentals ? "rentals:\n\(rented.joined())" : "rentals: []\n"),
            ])
        return root
    }

    static func open(_ root: String, asOf: String = LedgerCorpus.end) throws(BenchError) -> SiteContext {
        try BenchSite.open(root, asOf: asOf)
    }
}
