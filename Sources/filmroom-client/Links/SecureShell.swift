// How ssh, scp, sftp and rsync are called: the same options for all of them.
//
// A dead link is noticed within a minute; nothing ever asks for a password, because nobody may sit there.

/// An account on another machine.
struct SecureShell {
    let host: String
    let port: Int?
    /// The user's own options.
    let extra: [String]

    /// Options that ssh, scp and sftp take alike.
    var options: [String] {
        let port = port.map { ["-o", "Port=\($0)"] } ?? []
        return extra + port + [
            "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=10", "-o",
            "ServerAliveCountMax=3",
        ]
    }

    /// Runs a command there.
    func run(_ command: String) throws(LinkFailure) -> ChildProcess.Outcome {
        try ChildProcess(program: "ssh", arguments: options + [host, command]).run()
    }

    /// Text as a shell takes it for one word.
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// What a program that ended badly says; a link that broke, or a service that is not up, may come back.
    static func failure(_ program: String, _ outcome: ChildProcess.Outcome) -> LinkFailure {
        let errors = outcome.errors.isEmpty ? "exit \(outcome.code)" : outcome.errors
        let final = ["Permission denied", "Host key verification failed", "No such file or directory", "No space left"]
        return LinkFailure(
            description: "\(program): \(errors)", mayPass: !final.contains { outcome.errors.contains($0) })
    }
}
