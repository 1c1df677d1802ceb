// The name by which a pixel file gives itself to its page, at the file's beginning.
//
// Pure.

package enum PixelsKey {
    private static let call = "filmroomPixels(\""

    /// The beginning of a pixel file under another name.
    ///
    /// - Parameters:
    ///   - key: The name that it has.
    ///   - prefix: What stands before the name from then on.
    /// - Returns: How many bytes of the file the beginning takes the place of; nil when the file does not begin so.
    package static func renamed(
        _ start: some Sequence<UInt8>, key: String, prefix: String
    ) -> (replaced: Int, bytes: [UInt8])? {
        let own = Array("\(call)\(key)\"".utf8)
        guard start.starts(with: own) else { return nil }
        return (own.count, Array("\(call)\(prefix)\(key)\"".utf8))
    }
}
