// A service by rsync: it renames by itself, and goes on with what arrived of a broken transfer.
//
// The partial file lies in a hidden folder beside its place, where nobody looks.

import Foundation

/// The spool by rsync.
struct RsyncLink: Link {
    let shell: SecureShell
    let spool: String

    private static let partialFolder = ".filmroom-partial"
    /// Seconds without a byte after which the link is taken for dead.
    private static let quietSeconds = 60

    func list(_ folder: String) throws(LinkFailure) -> [RemoteEntry] {
        let outcome = try run(["--list-only", "-d", "--no-human-readable", "\(shell.host):\(spool)/\(folder)/"])
        guard outcome.code == 0 else {
            if outcome.errors.contains("No such file or directory") { return [] }
            throw SecureShell.failure("rsync", outcome)
        }
        return Self.entries(of: String(decoding: outcome.output, as: UTF8.self))
    }

    /// The lines of `--list-only`: mode, size, date, time, name.
    static func entries(of text: String) -> [RemoteEntry] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
            guard words.count == 5, let kind = words[0].first, "d-".contains(kind) else { return nil }
            let digits = words[1].filter { $0 != "," }
            guard let size = Int64(digits), words[4] != "." else { return nil }
            return RemoteEntry(name: String(words[4]), isFolder: kind == "d", byteCount: size)
        }
    }

    func put(_ parcel: Parcel, into folder: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        var arguments = ["--partial-dir=\(Self.partialFolder)", "--perms", "--chmod=Dug=rwx,Fug=rw,o-w"]
        if !parcel.folder.isEmpty { arguments.append("--mkpath") }
        arguments += [parcel.path, "\(shell.host):\(spool)/\(folder)/\(parcel.name)"]
        let outcome = try run(arguments, onBytes: onBytes)
        guard outcome.code == 0 else { throw SecureShell.failure("rsync", outcome) }
    }

    func get(_ path: String, isFolder: Bool, to target: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let source = "\(shell.host):\(spool)/\(path)"
        let outcome = try run(isFolder ? ["-r", "\(source)/", "\(target)/"] : [source, target], onBytes: onBytes)
        guard outcome.code == 0 else { throw SecureShell.failure("rsync", outcome) }
    }

    private func run(
        _ arguments: [String], onBytes: ((Int) -> Void)? = nil
    ) throws(LinkFailure) -> ChildProcess.Outcome {
        let program = (["ssh"] + shell.options).map { $0.contains(" ") ? SecureShell.quoted($0) : $0 }
            .joined(separator: " ")
        return try ChildProcess(
            program: "rsync", arguments: ["-e", program, "--timeout=\(Self.quietSeconds)"] + arguments
        ).run(onBytes: onBytes)
    }
}
