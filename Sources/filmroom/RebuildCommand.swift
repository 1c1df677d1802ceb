// `filmroom rebuild`: the catalogue anew from the archive.

import ArgumentParser
import Catalog
import Configuration
import Files
import Foundation
import Pipeline
import Spool
import Stages

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the catalogue anew from the archive.",
        discussion: """
            Reads all packs and reports of all tiers. Exams, images, reports and the drops that brought them come back, and what is in
            quarantine. What is in no pack (assignments, reads, results, requests, orders, charts, the books) comes from the
            old database, if that can be read; it is kept beside the new one as <name>.before-<time>.
            Receipts that parties have not picked up give their drops back as well. Stop the workers first.
            Prints what was taken up; exits with 2 when something could not be, and names it.
            """)

    @OptionGroup var options: SiteOptions

    /// What a rebuild made.
    private struct Result {
        let catalog: String
        /// Where the old database is; nil when there was none.
        let kept: String?
        let contents: CatalogContents
        let findings: [VerificationFinding]
    }

    func run() throws {
        let configuration = try options.configuration()
        let clock = try options.clock(configuration)
        let path = SiteContext.catalogPath(of: configuration, root: options.rootPath)
        let result = try options.orFail { try rebuild(path, configuration, clock) }
        if options.json { try printJSON(result) } else { printText(result) }
        guard result.findings.isEmpty else {
            throw CommandFailure.findings("\(result.findings.count) things were not taken up; see above")
        }
    }

    private func rebuild(_ path: String, _ configuration: SiteConfiguration, _ clock: SiteClock) throws -> Result {
        let lock = try options.lock(alone: "filmroom rebuild")
        defer { withExtendedLifetime(lock) {} }
        let new = path + ".new"
        try remove(new)
        let root = options.rootPath
        try Paths.makeDirectories(Paths.parent(of: path))
        let catalog = try Catalog(path: new)
        try catalog.noteZones(configuration.facilityZones)
        let rebuild = CatalogRebuild(
            catalog: catalog, replacing: path, tiers: SiteContext.tiers(of: configuration, root: root),
            layout: SpoolLayout(path: root + "/spool"), clock: clock, logger: SiteOptions.logger)
        let progress = Progress(title: "rebuild", total: 0, logger: SiteOptions.logger)
        let findings = try rebuild.run { progress.advance(Int($0)) }
        progress.finish()
        let contents = try catalog.contents()
        try catalog.checkpoint()
        try catalog.close()
        return Result(
            catalog: path, kept: try replace(path, by: new), contents: contents, findings: findings)
    }

    private func printText(_ result: Result) {
        for finding in result.findings {
            StandardStreams.print("\(finding.path ?? finding.exam ?? "catalogue"): \(finding.reason)")
        }
        let found = result.contents
        StandardStreams.print("made \(result.catalog) anew")
        StandardStreams.print(
            "\(found.exams) exams with \(found.instances) images in \(found.packs) packs (\(found.byteCount) bytes)")
        StandardStreams.print("\(found.drops) drops, \(found.held) of them held in quarantine")
        if !result.findings.isEmpty { StandardStreams.print("\(result.findings.count) not taken up, named above") }
        if let kept = result.kept { StandardStreams.print("the old catalogue is kept as \(kept)") }
    }

    private func printJSON(_ result: Result) throws {
        try StandardStreams.printJSON([
            "catalog": result.catalog, "kept": result.kept ?? NSNull(), "exams": result.contents.exams,
            "instances": result.contents.instances, "packs": result.contents.packs, "bytes": result.contents.byteCount,
            "drops": result.contents.drops, "held": result.contents.held, "notTaken": result.findings.count,
            "findings": result.findings.map { finding in
                [
                    "exam": finding.exam ?? NSNull(), "path": finding.path ?? NSNull(), "reason": finding.reason,
                ] as [String: Any]
            },
        ])
    }

    private func remove(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where Paths.exists(file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Puts the new database in the old one's place, which is kept.
    ///
    /// - Returns: Where the old one is now; nil when there was none.
    private func replace(_ path: String, by new: String) throws -> String? {
        let kept = "\(path).before-\(SiteClock.wallMilliseconds)"
        let isThere = Paths.exists(path)
        for suffix in ["", "-wal", "-shm"] where Paths.exists(path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
        for suffix in ["-wal", "-shm"] where Paths.exists(new + suffix) {
            try FileManager.default.removeItem(atPath: new + suffix)
        }
        try FileManager.default.moveItem(atPath: new, toPath: path)
        return isThere ? kept : nil
    }
}
