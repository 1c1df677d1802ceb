// `filmroom-client`: what a party does with its folders, without a page of shell.
//
// Owns the list of subcommands. Everything that it does, scp and sha256sum do too.

import ArgumentParser

@main
struct ClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filmroom-client", abstract: "Send to and pick up from a Filmroom service.",
        subcommands: [
            SendCommand.self, FetchCommand.self, ViewCommand.self, WorklistCommand.self, DiagnoseCommand.self,
            RequestCommand.self, ReportCommand.self, ResultsCommand.self, NoticesCommand.self,
        ])
}
