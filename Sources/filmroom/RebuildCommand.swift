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
            Reads all packs of all tiers. Exams, images and the drops that brought them come back, and what is in
            quarantine. The old database is kept beside the new one as <name>.before-<time>.
            Receipts that parties have not picked up give their drops back as well. Stop the workers first.
            """)

    @OptionGroup var options: SiteOptions

    func run() throws {
        let configuration = try options.configuration()
        let clock = try options.clock(configuration)
        let root = options.rootPath
        let path = SiteContext.catalogPath(of: configuration, root: root)
        let lock = try options.lock(alone: "filmroom rebuild")
        let findings = try options.orFail {
            let new = path + ".new"
            try remove(new)
            defer { withExtendedLifetime(lock) {} }
            let catalog = try Catalog(path: new)
            let tiers = SiteContext.tiers(of: configuration, root: root)
            let rebuild = CatalogRebuild(
                catalog: catalog, tiers: tiers, layout: SpoolLayout(path: root + "/spool"), clock: clock)
            let progress = Progress(title: "rebuild", total: 0, logger: SiteOptions.logger)
            let findings = try rebuild.run { progress.advance(Int($0)) }
            progress.finish()
            try catalog.checkpoint()
            try catalog.close()
            try replace(path, by: new)
            return findings
        }
        for finding in findings { StandardStreams.complain("\(finding.path ?? ""): \(finding.reason)") }
        if options.json { try StandardStreams.printJSON(["catalog": path, "notTaken": findings.count]) }
        guard findings.isEmpty else {
            throw CommandFailure.findings("\(findings.count) things were not taken up; see above")
        }
    }

    private func remove(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where Paths.exists(file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Puts the new database in the old one's place, which is kept.
    private func replace(_ path: String, by new: String) throws {
        let kept = "\(path).before-\(SiteClock.wallMilliseconds)"
        for suffix in ["", "-wal", "-shm"] where Paths.exists(path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
        for suffix in ["-wal", "-shm"] where Paths.exists(new + suffix) {
            try FileManager.default.removeItem(atPath: new + suffix)
        }
        try FileManager.default.moveItem(atPath: new, toPath: path)
    }
}
