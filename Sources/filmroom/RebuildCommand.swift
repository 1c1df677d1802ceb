// `filmroom rebuild`: the catalogue anew from the archive.

import ArgumentParser
import Catalog
import Configuration
import Files
import Foundation
import Pipeline
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
        let site = try options.open()
        let path = site.catalog.path
        let findings = try options.orFail {
            guard try site.catalog.allWork().allSatisfy({ $0.owner == nil }) else {
                throw CommandFailure.failed("workers hold work: stop them first, then run `filmroom rebuild` again")
            }
            try site.catalog.close()
            let new = path + ".new"
            try remove(new)
            let findings = try rebuild(site, at: new)
            try replace(path, by: new)
            return findings
        }
        for finding in findings { StandardStreams.complain("\(finding.path ?? ""): \(finding.reason)") }
        if options.json { try StandardStreams.printJSON(["catalog": path, "notTaken": findings.count]) }
        guard findings.isEmpty else {
            throw CommandFailure.findings("\(findings.count) packs were not taken up; see above")
        }
    }

    private func rebuild(_ site: SiteContext, at new: String) throws -> [VerificationFinding] {
        let catalog = try Catalog(path: new)
        let findings = try CatalogRebuild(catalog: catalog, tiers: site.tiers, clock: site.clock).run(onPack: {})
        try catalog.checkpoint()
        try catalog.close()
        return findings
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
