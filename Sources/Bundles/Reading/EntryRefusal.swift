// Why an entry is not delivered.

/// A reason not to deliver an entry.
package enum EntryRefusal: Sendable, Equatable {
    case traversal
    case absolutePath
    case link(target: String)
    case device
    case fifo
    case socket
    case unknownType
    case encrypted
    case nameEmpty
    case nameNUL
    case pathTooLong(byteCount: Int, limit: Int)
    case pathTooDeep(components: Int, limit: Int)
    case nestedTooDeep(limit: Int)
    case unsupportedMethod(String)
    case damaged(String)

    /// The reason in words, for a receipt.
    package var reason: String {
        switch self {
        case .traversal: "the path climbs out of its folder ('..')"
        case .absolutePath: "the path is absolute"
        case .link(let target): "a link (to '\(target)'); links are never followed"
        case .device: "a device"
        case .fifo: "a named pipe"
        case .socket: "a socket"
        case .unknownType: "neither a file nor a folder"
        case .encrypted: "encrypted; send it without a password"
        case .nameEmpty: "the name is empty"
        case .nameNUL: "the name holds a NUL byte"
        case .pathTooLong(let count, let limit): "the path has \(count) bytes, at most \(limit) are allowed"
        case .pathTooDeep(let count, let limit): "the path has \(count) components, at most \(limit) are allowed"
        case .nestedTooDeep(let limit):
            "an archive inside an archive, \(limit == 0 ? "which is not opened here" : "deeper than \(limit)")"
        case .unsupportedMethod(let method): "packed by a method that is not read here: \(method)"
        case .damaged(let text): text
        }
    }
}
