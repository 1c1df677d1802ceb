// PixelsError owns why pixels were not had: either the instance is at fault, for good, or the machine, for now.
// Only the first may be said of an instance in a receipt or a packet.

/// Why a request for pixels failed.
package enum PixelsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The instance has no pixels that can be shown; asking again gives the same. The text says why.
    case unrenderable(String)
    /// The file or the target cannot be read or written, or no process could be started: it may pass.
    case unavailable(String)

    package var description: String {
        switch self {
        case .unrenderable(let reason): "unrenderable: \(reason)"
        case .unavailable(let reason): "no pixels can be had now: \(reason)"
        }
    }

    /// The text without the kind.
    package var reason: String {
        switch self {
        case .unrenderable(let reason), .unavailable(let reason): reason
        }
    }
}
