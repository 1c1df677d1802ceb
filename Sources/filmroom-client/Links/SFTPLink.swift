// A service by sftp: no shell is needed there, a chrooted account does.
//
// Temporary name, then rename: the server does that in one step. What arrived of a broken transfer is gone on with.

import Foundation

/// The spool by sftp.
struct SFTPLink: Link {
    let shell: SecureShell
    let spool: String

    func list(_ folder: String) throws(LinkFailure) -> [RemoteEntry] {
        let outcome = try batch(["ls -1 -a -l -n \(Self.quoted("\(spool)/\(folder)/"))"])
        guard outcome.code == 0 else {
            if outcome.errors.contains("not found") || outcome.errors.contains("No such file") { return [] }
            throw SecureShell.failure("sftp", outcome)
        }
        return Self.entries(of: String(decoding: outcome.output, as: UTF8.self))
    }

    /// The lines of `ls -l`: mode, links, owner, group, size, date in three words, name.
    static func entries(of text: String) -> [RemoteEntry] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 8)
            guard words.count == 9, let kind = words[0].first, "d-".contains(kind), let size = Int64(words[4]) else {
                return nil
            }
            let name = words[8].split(separator: "/").last.map(String.init) ?? ""
            guard !name.isEmpty, name != ".", name != ".." else { return nil }
            return RemoteEntry(name: name, isFolder: kind == "d", byteCount: size)
        }
    }

    func put(_ parcel: Parcel, into folder: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let base = "\(spool)/\(folder)"
        let temporary = "\(base)/\(parcel.temporaryName)"
        var lines = Self.folders(of: parcel).map { "-mkdir \(Self.quoted("\(base)/\($0)"))" }
        let place = parcel.folder.isEmpty ? folder : "\(folder)/\(parcel.folder)"
        let name = parcel.temporaryName.split(separator: "/").last.map(String.init) ?? ""
        let arrived = try list(place).first { $0.name == name }?.byteCount ?? 0
        switch arrived {
        case parcel.byteCount where arrived > 0: break
        case 1..<parcel.byteCount:
            onBytes(Int(arrived))
            lines.append("reput \(Self.quoted(parcel.path)) \(Self.quoted(temporary))")
        default: lines.append("put \(Self.quoted(parcel.path)) \(Self.quoted(temporary))")
        }
        lines.append("rename \(Self.quoted(temporary)) \(Self.quoted("\(base)/\(parcel.name)"))")
        let outcome = try batch(lines, onBytes: onBytes)
        guard outcome.code == 0 else { throw SecureShell.failure("sftp", outcome) }
    }

    func get(_ path: String, isFolder: Bool, to target: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let source = Self.quoted("\(spool)/\(path)")
        let outcome = try batch(["get \(isFolder ? "-R " : "")\(source) \(Self.quoted(target))"], onBytes: onBytes)
        guard outcome.code == 0 else { throw SecureShell.failure("sftp", outcome) }
    }

    private func batch(
        _ lines: [String], onBytes: ((Int) -> Void)? = nil
    ) throws(LinkFailure) -> ChildProcess.Outcome {
        let input = lines.joined(separator: "\n") + "\n"
        return try ChildProcess(
            program: "sftp", arguments: shell.options + ["-b", "-", shell.host], input: input
        )
        .run(onBytes: onBytes)
    }

    /// The folders above a file of a folder drop, the outermost first.
    static func folders(of parcel: Parcel) -> [String] {
        let parts = parcel.name.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }

    /// A path as sftp's own command line takes it: its patterns mean nothing.
    static func quoted(_ path: String) -> String {
        var text = "\""
        for character in path {
            if "\"\\*?[".contains(character) { text.append("\\") }
            text.append(character)
        }
        return text + "\""
    }
}
