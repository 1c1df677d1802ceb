// What can go wrong while a page is made: only what its caller gave. Nothing here reads or writes a disk.

/// Why a page was not made.
package enum PagesError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A value has no place in a page, such as a number that is not finite.
    case unwritable(String)

    package var description: String {
        switch self {
        case .unwritable(let text): "the page cannot be written: \(text)"
        }
    }
}
