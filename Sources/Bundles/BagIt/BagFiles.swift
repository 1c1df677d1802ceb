// A bag's files, as the caller reaches them.

/// One regular file of a bag.
package struct BagFile: Sendable, Equatable {
    /// The path from the bag's base folder, with slashes.
    package let path: [UInt8]
    package let byteCount: Int64

    package init(path: [UInt8], byteCount: Int64) {
        self.path = path
        self.byteCount = byteCount
    }
}

/// Lists and reads the files of a bag. The bag's own code opens nothing.
package protocol BagFiles {
    /// Every regular file under the bag's base folder, in any order.
    func list() throws -> [BagFile]
    /// Hands a file's bytes on, chunk by chunk.
    func read(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws
}
