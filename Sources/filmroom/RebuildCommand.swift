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
            Reads all packs of all tiers. Exams, images and the drops that brought them come back; receipts, refused files and
            drops in quarantine are not in the archive. The old database is kept beside the new one as <name>.before-<time>.
            Stop the workers first.
            """)

    @OptionGroup var options: SiteOptions

    func run() throws {
        let configuration = try options.configuration()
        let clock = try options.clock(configuration)
        let root = options.rootPath
        let path = SiteContext.catalogPath(of: configuration, root: root)
        let findings = try options.orFail {
            try requireIdle(path)
            let new = path + ".new"
            try remove(new)
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

    /// Refuses while workers hold work. A catalogue that cannot be read any more is no reason to refuse.
    private func requireIdle(_ path: String) throws {
        guard Paths.exists(path) else { return }
        let isIdle: Bool
        do throws(CatalogError) {
            let old = try Catalog(path: path)
            isIdle = try old.allWork().allSatisfy { $0.owner == nil || $0.leaseUntil <= SiteClock.wallMilliseconds }
            try old.close()
        } catch {
            StandardStreams.complain(
                "the old catalogue cannot be read (\(error.description)); it is kept beside the new one")
            return
        }
        guard isIdle else {
            throw CommandFailure.failed("workers hold work: stop them first, then run `filmroom rebuild` again")
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
