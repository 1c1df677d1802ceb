// `filmroom-client`: what a party does with its folders, without a page of shell.
//
// Owns the list of subcommands. Everything that it does, scp and sha256sum do too.

import ArgumentParser
import Files
import Glibc
import Pipeline
import Spool

@main
struct ClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom-client", abstract: "Send to and pick up from a Filmroom service.",
        version: "filmroom-client \(ProgramVersion.text)",
        subcommands: [
            SendCommand.self, FetchCommand.self, ViewCommand.self, WorklistCommand.self, DiagnoseCommand.self,
            RequestCommand.self, ReportCommand.self, ResultsCommand.self, NoticesCommand.self, ChartCommand.self,
        ])

    static func main() {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as ClientFailure {
            Console.say(failure.description)
            Glibc.exit(failure.code)
        } catch let failure as FilesError {
            Console.say(failure.description)
            Glibc.exit(ClientFailure.failed("").code)
        } catch let failure as SpoolError {
            Console.say(failure.description)
            Glibc.exit(ClientFailure.failed("").code)
        } catch {
            exit(withError: error)
        }
    }
}
