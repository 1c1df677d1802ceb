// A file of a page, as it is to be written. Pure.

/// A file of a page.
package struct PageFile: Sendable, Equatable {
    /// Relative to the page's folder.
    package let name: String
    package let bytes: [UInt8]
}
