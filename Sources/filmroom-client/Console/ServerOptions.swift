// Which service, which party, by which way: the options of every command that speaks with a service.

import ArgumentParser
import Files
import Foundation

/// How the files travel.
enum Way: String, ExpressibleByArgument, CaseIterable {
    case rsync, sftp, scp, folder
}

struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The service's spool: user@host:/path, ssh://user@host:port/path, or a folder.",
            discussion: "Also $FILMROOM_SERVER. It is the folder in which incoming/ and outbound/ lie."))
    var server: String?

    @Option(help: "Who you are there; also $FILMROOM_PARTY.")
    var party: String?

    @Option(help: "rsync, sftp or scp; also $FILMROOM_VIA. Folders need none. Default: rsync.")
    var via: Way?

    @Option(
        help: ArgumentHelp(
            "Options for ssh, such as \"-i key -o ConnectTimeout=5\"; also $FILMROOM_SSH_OPTIONS.",
            valueName: "options"))
    var sshOptions: String?

    @Option(help: "Where picked up things lie; also $FILMROOM_DESK. Default: ~/filmroom.")
    var desk: String?

    @Option(help: "How often a broken link is tried again.")
    var attempts = 20

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    func validate() throws {
        guard attempts > 0 else { throw ValidationError("--attempts \(attempts): at least 1") }
    }

    private static func environment(_ name: String) -> String? {
        let value = ProcessInfo.processInfo.environment[name]
        return value?.isEmpty == true ? nil : value
    }

    /// The folder on this side.
    var deskPath: String { Self.desk(desk) }

    /// - Parameter desk: As the command line says.
    static func desk(_ desk: String?) -> String {
        let home = environment("HOME") ?? "."
        return Paths.resolve(desk ?? environment("FILMROOM_DESK") ?? "\(home)/filmroom", below: Paths.current())
    }

    func partyID() throws -> String { try Self.partyID(party) }

    /// - Parameter party: As the command line says.
    static func partyID(_ party: String?) throws -> String {
        guard let party = party ?? Self.environment("FILMROOM_PARTY") else {
            throw ClientFailure.failed("who are you? --party ID, or FILMROOM_PARTY=ID in the environment")
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard (1...32).contains(party.count), party.allSatisfy(allowed.contains) else {
            throw ClientFailure.failed("--party '\(party)': an id is 1 to 32 of a-z, 0-9 and -")
        }
        return party
    }

    /// The way to the service.
    func open() throws -> Postbox {
        guard let text = server ?? Self.environment("FILMROOM_SERVER") else {
            throw ClientFailure.failed("which service? --server user@host:/path, or FILMROOM_SERVER in the environment")
        }
        let address = try ServerAddress(text)
        let named =
            try via
            ?? Self.environment("FILMROOM_VIA").map { name in
                guard let way = Way(rawValue: name) else {
                    throw ClientFailure.failed("FILMROOM_VIA=\(name): rsync, sftp or scp")
                }
                return way
            }
        return Postbox(link: try link(address, named), party: try partyID(), attempts: attempts)
    }

    private func link(_ address: ServerAddress, _ way: Way?) throws -> any Link {
        guard let host = address.host else {
            guard way == nil || way == .folder else {
                throw ClientFailure.failed("\(address.path) is a folder of this machine; leave --via out")
            }
            return FolderLink(spool: address.path)
        }
        let extra = sshOptions ?? Self.environment("FILMROOM_SSH_OPTIONS") ?? ""
        let shell = SecureShell(host: host, port: address.port, extra: extra.split(separator: " ").map(String.init))
        switch way ?? .rsync {
        case .rsync: return RsyncLink(shell: shell, spool: address.path)
        case .sftp: return SFTPLink(shell: shell, spool: address.path)
        case .scp: return SCPLink(shell: shell, spool: address.path)
        case .folder: throw ClientFailure.failed("--via folder: \(host) is another machine; use rsync, sftp or scp")
        }
    }
}
