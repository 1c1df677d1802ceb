// What every way to a service can do. Paths are relative to the spool.

/// Something that lies in a folder of the service.
struct RemoteEntry: Equatable {
    let name: String
    let isFolder: Bool
    /// Of a file.
    let byteCount: Int64
}

/// A file that goes there.
struct Parcel: Equatable {
    /// On this side.
    let path: String
    /// On the other, relative to the kind's folder: letters, digits, `.`, `_`, `-`, and `/` where it lies in a folder drop.
    let name: String
    let byteCount: Int64
    /// SHA-256, hexadecimal: what was left of a broken transfer is only gone on with when it is of the same bytes.
    let digest: String

    /// The name under which nobody looks at it.
    var temporaryName: String {
        var parts = name.split(separator: "/").map(String.init)
        let last = parts.removeLast()
        return (parts + [".\(last).\(digest.prefix(8)).part"]).joined(separator: "/")
    }

    /// The folder that it lies in, relative to the kind's; empty at the top.
    var folder: String { name.split(separator: "/").dropLast().joined(separator: "/") }
}

/// A link failed.
struct LinkFailure: Error, CustomStringConvertible {
    let description: String
    /// Whether trying again may help.
    let mayPass: Bool
}

/// A way to a service.
protocol Link {
    /// What lies in a folder; nothing when the folder is not there.
    func list(_ folder: String) throws(LinkFailure) -> [RemoteEntry]

    /// Sends a file: it appears whole, under its name, or not at all. What came through of an earlier attempt is used
    /// where the way can do that.
    ///
    /// - Parameters:
    ///   - folder: Of the kind, `incoming/<party>/<kind>`; it is there.
    ///   - onBytes: Told how many bytes have gone.
    func put(_ parcel: Parcel, into folder: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure)

    /// Fetches a file, or a folder with all that is in it, to a path that is free.
    func get(_ path: String, isFolder: Bool, to target: String, onBytes: @escaping (Int) -> Void) throws(LinkFailure)
}
