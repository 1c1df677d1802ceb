// The program's command line: one command a file.
//
// Exit codes: 0 done, 1 something failed (said on standard error), 2 findings, 64 usage. With `--json` one document on
// standard output; everything else goes to standard error.

import ArgumentParser
import Glibc
import Pipeline

@main
struct FilmroomCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom",
        abstract: "A service made of folders: DICOM images archived, read, lent, linked to charts, and invoiced.",
        discussion: """
            Parties drop files into spool/incoming/<party>/<kind>/; what comes of them lands in spool/outbound/<party>/.
            `filmroom init --root DIR` makes a site, `filmroom run` works on it.
            """,
        version: "filmroom \(ProgramVersion.text)",
        subcommands: [
            InitCommand.self, CheckCommand.self, RunCommand.self, StatusCommand.self, FindCommand.self,
            ExplainCommand.self, ConsensusCommand.self, TierCommand.self, InvoiceCommand.self,
            LiaisonCommand.self,
            VerifyCommand.self, RebuildCommand.self, QuarantineCommand.self,
        ])

    static func main() {
        umask(0o022)
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            StandardStreams.complain(failure.description)
            Glibc.exit(failure.code)
        } catch {
            exit(withError: error)
        }
    }
}
