// A site of its own for one measurement: laid out as `filmroom init` does, thrown away afterwards.

import Configuration
import Files
import Glibc
import Logging
import Pipeline
import Stages

/// A fresh site.
struct BenchSite {
    let root: String
    /// The facilities, which may drop.
    let parties: [String]

    /// Makes it: configuration, spool, archive, an empty catalogue.
    ///
    /// - Parameter files: Configuration in the place of the default one, by its file's name.
    init(root: String, files: [String: String] = [:]) throws(BenchError) {
        self.root = root
        try BenchError.wrap {
            try Paths.makeDirectories(root + "/pipelines", permissions: 0o755)
            for file in DefaultConfiguration.files {
                try Paths.write(
                    Array((files[file.name] ?? file.text).utf8), to: "\(root)/pipelines/\(file.name)",
                    permissions: 0o644)
            }
        }
        let site = try Self.open(root)
        parties = site.configuration.facilities.map(\.id)
        guard !parties.isEmpty else { throw .failed("no facility is configured") }
        try BenchError.wrap { try site.catalog.close() }
    }

    /// Opens the site at a folder as the product's own commands do.
    ///
    /// - Parameter asOf: The time; nil for the machine's.
    static func open(_ root: String, asOf: String? = nil) throws(BenchError) -> SiteContext {
        var logger = Logger(label: "filmroom-bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return try BenchError.wrap {
            let configuration = try SiteConfiguration.load(root: root)
            guard let clock = SiteClock(asOf: asOf, timeZone: configuration.site.timeZone) else {
                throw BenchError.failed("the time zone \(configuration.site.timeZone) is unknown")
            }
            return try SiteContext(root: root, configuration: configuration, clock: clock, logger: logger)
        }
    }

    /// The images folder of the first facility.
    var incoming: String { incoming(of: parties[0]) }

    private func incoming(of party: String) -> String { "\(root)/spool/incoming/\(party)/images" }

    /// Copies a drop and then its attestation into the folders of the first facilities, and waits until they are on the
    /// disk, so that nothing of it is left to be written back while something is measured.
    func place(_ drop: CorpusDrop, facilities: Int) throws(BenchError) {
        guard facilities <= parties.count else {
            throw .failed("the default configuration has \(parties.count) facilities")
        }
        for party in parties.prefix(facilities) { try place(drop, into: incoming(of: party)) }
        sync()
    }

    private func place(_ drop: CorpusDrop, into incoming: String) throws(BenchError) {
        let buffer = CopyBuffer()
        let target = "\(incoming)/\(drop.name)"
        if drop.form == .folder {
            for file in drop.files {
                let path = "\(target)/\(file.name)"
                try BenchError.wrap { try Paths.makeDirectories(Paths.parent(of: path)) }
                try buffer.copy(file.path, to: path)
            }
        } else {
            try buffer.copy(drop.path, to: target)
        }
        try buffer.copy(drop.attestationPath, to: target + Attestation.ending)
    }

    /// How many receipts there are.
    func receiptCount() throws(BenchError) -> Int {
        try BenchError.wrap { try openReceipts().reduce(0) { try $0 + Self.receipts(in: $1).count } }
    }

    /// When the newest receipt got its place, in milliseconds since 1970: its rename is its last change.
    ///
    /// The kernel keeps such times to a few milliseconds.
    func newestReceiptMilliseconds() throws(BenchError) -> Int64 {
        try BenchError.wrap {
            let changes = try openReceipts().flatMap { folder in
                try Self.receipts(in: folder).compactMap { try folder.status(of: $0)?.changed }
            }
            return (changes.max() ?? 0) / 1_000_000
        }
    }

    private func openReceipts() throws -> [OpenDirectory] {
        try parties.map { try OpenDirectory.open("\(root)/spool/outbound/\($0)/receipts") }
    }

    private static func receipts(in folder: OpenDirectory) throws(FilesError) -> [FileName] {
        try folder.names().filter { !$0.startsWithDot && $0.hasSuffix(".json") }
    }

    /// Removes it with all that is in it.
    func remove() throws(BenchError) {
        try BenchError.wrap {
            try OpenDirectory.open(Paths.parent(of: root)).removeTree(FileName(Paths.lastComponent(of: root)))
        }
    }
}
