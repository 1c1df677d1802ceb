// `filmroom init`: lays out a site. What is there already stays as it is.

import ArgumentParser
import Configuration
import Files

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a site: spool, pipelines, archive.",
        discussion: "Files that are there already stay as they are, so that it can be run again.")

    @OptionGroup var options: SiteOptions

    func run() throws {
        try options.orFail {
            let root = options.root ?? options.rootPath
            try Paths.makeDirectories(root + "/pipelines", permissions: 0o755)
            for file in DefaultConfiguration.files where !Paths.exists("\(root)/pipelines/\(file.name)") {
                try Paths.write(Array(file.text.utf8), to: "\(root)/pipelines/\(file.name)", permissions: 0o644)
            }
        }
        _ = try options.open()
        StandardStreams.complain("made \(options.rootPath): edit pipelines/parties.yaml, then `filmroom check`")
    }
}
