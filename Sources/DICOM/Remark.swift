// Remark owns a finding that leaves a file readable: what a careful reader of the file would want to be told.
// It never decides whether the file is taken.

/// Something odd about a file that did not stop its reading.
package struct Remark: Hashable, Sendable, CustomStringConvertible {
    /// The element concerned; nil when the file as a whole is.
    package let tag: Tag?
    /// Bytes from the start of the file (of the inflated data set for a deflated file); nil when nowhere special.
    package let offset: UInt64?
    package let text: String

    package init(tag: Tag?, offset: UInt64?, text: String) {
        self.tag = tag
        self.offset = offset
        self.text = text
    }

    package var description: String {
        let place = [tag?.description, offset.map { "offset \($0)" }].compactMap { $0 }.joined(separator: " ")
        return place.isEmpty ? text : "\(place): \(text)"
    }
}
