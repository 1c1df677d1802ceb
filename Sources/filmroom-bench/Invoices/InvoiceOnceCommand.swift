// The hidden command by which the benchmark runs itself again: does one part of a night's work and gives account of it.

import ArgumentParser
import Catalog
import Files
import Foundation
import Stages

struct InvoiceOnceCommand: ParsableCommand {
    static let name = "invoice-once"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Does a part of a night's work on invoices.", shouldDisplay: false)

    enum Part: String, ExpressibleByArgument {
        /// Rating, invoices and drafts.
        case invoices
        /// The files of documents but the printed ones, and the books.
        case documents
        /// The documents printed.
        case prints
        /// Rating, invoices, drafts and the books.
        case books
        /// The tables of single events.
        case events
    }

    @Argument(help: "invoices, documents, prints, books or events.") var part: Part

    @Option(help: "The site's folder.")
    var root: String

    @Option(help: "The time.")
    var asOf: String

    @Option(help: "The file that the account is written to.")
    var account: String

    func run() throws {
        let site = try InvoiceSite.open(root, asOf: asOf)
        let count = try work(site)
        try site.catalog.close()
        try InvoiceAccount(peakByteCount: try IngestAccount.ownPeakByteCount(), count: count).write(to: account)
    }

    private func work(_ site: SiteContext) throws -> Int {
        switch part {
        case .invoices: return try issue(site)
        case .books:
            let count = try issue(site)
            try InvoiceBooks(site: site).publish()
            return count
        case .documents:
            try InvoiceBooks(site: site).publish()
            return try publish(site) { !$0.hasSuffix(".events.csv") && !$0.hasSuffix(".pdf") }
        case .prints:
            return try publish(site) { $0.hasSuffix(".pdf") }
        case .events:
            return try publish(site) { $0.hasSuffix(".events.csv") }
        }
    }

    private func issue(_ site: SiteContext) throws -> Int {
        let report = try InvoiceRun(site: site, only: nil, isDry: false).run()
        if let failure = report.failures.first { throw BenchError.wrongResult(failure) }
        return report.issued.count
    }

    private func publish(_ site: SiteContext, _ isMeant: @escaping (String) -> Bool) throws -> Int {
        let due = try site.catalog.unpublished().count { isMeant($0.due.publication.name) }
        let run = try PublicationRun(site: site, unique: UUID().uuidString.lowercased()) { isMeant($0.name) }
        guard try run.run() == 0 else { throw BenchError.wrongResult("some files could not be published") }
        return due
    }
}

/// What a program that did a part of the work says of itself at its end.
struct InvoiceAccount: Codable {
    let peakByteCount: Int64
    /// Of invoices, or of files.
    let count: Int

    func write(to path: String) throws(BenchError) {
        try BenchError.wrap { try Paths.write(Array(try JSONEncoder().encode(self)), to: path) }
    }

    static func read(_ path: String) throws(BenchError) -> InvoiceAccount {
        try BenchError.wrap { try JSONDecoder().decode(InvoiceAccount.self, from: Data(try Paths.read(path))) }
    }
}
