// Which names came before.
//
// Keeps a 64-bit hash of each (FNV-1a), so that its memory is 8 bytes and the set's overhead for each
// entry. Two names of one hash would be taken for one; that costs a remark in a receipt and nothing more.

struct SeenNames {
    private var hashes: Set<UInt64> = []

    /// Remembers a name.
    ///
    /// - Parameters:
    ///   - name: As the archive has it; `./` in front and slashes at the end do not count.
    ///   - container: The archive inside the archive that holds it.
    /// - Returns: Whether it came before.
    mutating func isRepeated(_ name: [UInt8], container: String?) -> Bool {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        if let container {
            for byte in container.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0x2F) &* 0x100_0000_01b3
        }
        for byte in Self.normalized(name) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return !hashes.insert(hash).inserted
    }

    private static func normalized(_ name: [UInt8]) -> ArraySlice<UInt8> {
        var slice = name[...]
        while slice.count > 1, slice.last == UInt8(ascii: "/") { slice.removeLast() }
        while slice.count > 2, slice.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { slice.removeFirst(2) }
        return slice
    }
}
