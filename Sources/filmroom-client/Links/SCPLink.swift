// A service by scp, with ssh for what scp cannot do: listing and renaming.
//
// scp cannot go on with half a file: a broken transfer of it begins anew.

import Foundation

/// The spool by scp and ssh.
struct SCPLink: Link {
    let shell: SecureShell
    let spool: String

    func list(_ folder: String) throws(LinkFailure) -> [RemoteEntry] {
        let path = SecureShell.quoted("\(spool)/\(folder)")
        let outcome = try shell.run("test ! -d \(path) || LC_ALL=C ls -lAn \(path)")
        guard outcome.code == 0 else { throw SecureShell.failure("ssh", outcome) }
        return SFTPLink.entries(of: String(decoding: outcome.output, as: UTF8.self))
    }

    func put(_ parcel: Parcel, into folder: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let base = "\(spool)/\(folder)"
        if !parcel.folder.isEmpty {
            let made = try shell.run("mkdir -p \(SecureShell.quoted("\(base)/\(parcel.folder)"))")
            guard made.code == 0 else { throw SecureShell.failure("ssh", made) }
        }
        let temporary = "\(base)/\(parcel.temporaryName)"
        try copy([parcel.path, "\(shell.host):\(temporary)"], onBytes)
        let names = [temporary, "\(base)/\(parcel.name)"].map(SecureShell.quoted).joined(separator: " ")
        let moved = try shell.run("mv -f \(names)")
        guard moved.code == 0 else { throw SecureShell.failure("ssh", moved) }
    }

    func get(_ path: String, isFolder: Bool, to target: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        try copy((isFolder ? ["-r"] : []) + ["\(shell.host):\(spool)/\(path)", target], onBytes)
    }

    private func copy(_ arguments: [String], _ onBytes: @escaping (Int) -> Void) throws(LinkFailure) {
        let outcome = try ChildProcess(program: "scp", arguments: shell.options + arguments)
            .run(onBytes: onBytes)
        guard outcome.code == 0 else { throw SecureShell.failure("scp", outcome) }
    }
}
