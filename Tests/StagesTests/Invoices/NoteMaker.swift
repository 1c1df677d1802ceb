// Notes that an office orders at random over what was issued: some lines, all that is left, again what was credited, or more.

import Accounting
import Radiology
import TestSupport

@testable import Catalog
@testable import Stages

struct NoteMaker {
    let site: SiteContext

    /// Orders some, and issues those that are followed.
    func makeSome(_ random: inout SplitMix) throws {
        let issued = try site.catalog.invoices().map(\.invoice).filter { $0.kind != .creditNote }
        for invoice in issued where Int.random(in: 0..<6, using: &random) == 0 {
            let number = invoice.number ?? ""
            let lines = invoice.lines.map(\.number).filter { _ in Bool.random(using: &random) }
            let some = lines.isEmpty ? nil : lines
            do {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: try issue(CreditRequest(id: "C", invoice: number, lines: some))
                case 1: try issue(CreditRequest(id: "C", invoice: number))
                case 2: try issue(DebitRequest(id: "D", invoice: number, charge: .again(some), reason: "r"))
                default:
                    let amount = Money(
                        minorUnits: Int64.random(in: 1...9999, using: &random), currency: invoice.currency)
                    let more = [DebitRequest.Addition(line: 1, amount: amount.text)]
                    try issue(DebitRequest(id: "D", invoice: number, charge: .more(more), reason: "r"))
                }
            } catch is Crediting.Refused { continue }
        }
    }

    /// Gives back all that is left of every invoice and debit note.
    func creditAll() throws {
        for record in try site.catalog.invoices() where record.invoice.kind != .creditNote {
            do { try issue(CreditRequest(id: "C", invoice: record.invoice.number ?? "")) } catch is Crediting.Refused {
                continue
            }
        }
    }

    private func issue(_ order: CreditRequest) throws {
        try issue(try NoteJudge(site: site, earlier: []).effect(of: order))
    }

    private func issue(_ order: DebitRequest) throws {
        try issue(try NoteJudge(site: site, earlier: []).effect(of: order))
    }

    private func issue(_ effect: ItemEffect) throws {
        guard case .note(let note) = effect else { return }
        let at = site.clock.timestamp
        try site.catalog.write { try Catalog.issue($0, note, cause: DropID(1), at: at) }
    }
}
