// `filmroom init`: lays out a site. What is there already stays as it is.

import ArgumentParser
import Configuration
import Files

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a site: spool, pipelines, archive.",
        discussion: """
            Files that are there already stay as they are, so that it can be run again. With --json: {"site", "root", "made", "kept"}, \
            the files that were written and those that were there.
            """)

    @OptionGroup var options: SiteOptions

    /// What a site begins with, by its path below the root.
    private static var files: [(path: String, bytes: [UInt8])] {
        DefaultConfiguration.files.map { ("pipelines/\($0.name)", Array($0.text.utf8)) } + [
            ("spool/README.md", PackageResources.spool_README_md),
            ("cron/README.md", PackageResources.cron_README_md),
            ("cron/filmroom.crontab", PackageResources.filmroom_crontab),
        ]
    }

    func run() throws {
        let made = try options.orFail {
            let root = options.root ?? options.rootPath
            for folder in ["pipelines", "spool", "cron"] {
                try Paths.makeDirectories("\(root)/\(folder)", permissions: 0o755)
            }
            let missing = Self.files.filter { !Paths.exists("\(root)/\($0.path)") }
            for file in missing { try Paths.write(file.bytes, to: "\(root)/\(file.path)", permissions: 0o644) }
            return missing.map(\.path)
        }
        let site = try options.open()
        if options.json {
            try StandardStreams.printJSON([
                "site": site.configuration.site.id, "root": options.rootPath, "made": made,
                "kept": Self.files.map(\.path).filter { !made.contains($0) },
            ])
        }
        StandardStreams.complain("made \(options.rootPath): edit pipelines/parties.yaml, then `filmroom check`")
    }
}
