// One party's folders at a service, over a link that may break: what may pass is tried again, with growing pauses.

import Foundation

/// A party's folders.
struct Postbox {
    let link: any Link
    let party: String
    /// How often something is tried before the link is given up.
    let attempts: Int

    private static let firstPauseSeconds = 0.5
    private static let longestPauseSeconds = 30.0

    func incoming(_ kind: String) -> String { "incoming/\(party)/\(kind)" }
    func outbound(_ kind: String) -> String { "outbound/\(party)/\(kind)" }

    func list(incoming kind: String) throws(ClientFailure) -> [RemoteEntry] {
        let folder = incoming(kind)
        return try persist { () throws(LinkFailure) in try link.list(folder) }
    }

    func list(outbound kind: String) throws(ClientFailure) -> [RemoteEntry] {
        let folder = outbound(kind)
        return try persist { () throws(LinkFailure) in try link.list(folder) }
    }

    /// Fetches a file or a folder; `prepare` clears the place before each attempt.
    func get(
        outbound kind: String, _ name: String, isFolder: Bool = false, to target: String,
        onBytes: @escaping (Int) -> Void = { _ in }
    ) throws(ClientFailure) {
        let path = "\(outbound(kind))/\(name)"
        try persist { () throws(LinkFailure) in
            do { try LocalFolder.remove(target) } catch {
                throw LinkFailure(description: "\(error)", mayPass: false)
            }
            try link.get(path, isFolder: isFolder, to: target, onBytes: onBytes)
        }
    }

    /// Does something until it works, cannot work, or has failed too often.
    func persist<Value>(_ body: () throws(LinkFailure) -> Value) throws(ClientFailure) -> Value {
        var failures = 0
        while true {
            do throws(LinkFailure) { return try body() } catch {
                failures += 1
                try pause(after: error, failures: failures)
            }
        }
    }

    /// Waits before another attempt.
    ///
    /// - Throws: When there is to be none.
    func pause(after failure: LinkFailure, failures: Int) throws(ClientFailure) {
        guard failure.mayPass else { throw .failed(failure.description) }
        guard failures < attempts else {
            throw .failed("\(failure.description); given up after \(attempts) attempts, run the command again later")
        }
        let seconds = min(Self.longestPauseSeconds, Self.firstPauseSeconds * Double(1 << min(failures - 1, 10)))
        Console.say("\(failure.description); trying again in \(seconds) s")
        Thread.sleep(forTimeInterval: seconds)
    }
}
