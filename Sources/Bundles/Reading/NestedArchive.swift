// An archive inside the archive: what it is, and how its bytes are reached.
//
// Only an entry whose content and whose name both say so is opened: a `.jar` or a `.docx` is a file.
// A tar is read as it comes; a format that needs seeking is first written to a file without a name.

struct NestedArchive {
    let form: BundleForm
    let prefix: [UInt8]

    /// Whether an entry's name says that it is an archive.
    static func mayBe(_ name: [UInt8]) -> Bool { ArchiveName.isClaimed(by: name) }

    /// The first bytes of an entry, copied, because many blocks may be needed for them.
    static func readPrefix(of unpacker: Unpacker) throws(BundleError) -> [UInt8] {
        var prefix: [UInt8] = []
        while prefix.count < BundleFormat.prefixByteCount, let block = try unpacker.readBlock() {
            prefix.append(contentsOf: block)
        }
        return prefix
    }

    /// Opens it.
    ///
    /// - Returns: The archive, and the temporary file that must live as long as it.
    func open(
        from parent: Unpacker, meter: Meter, scratchDirectory: String
    ) throws(BundleError) -> (Unpacker, SpooledFile?) {
        let opening = Opening(meter: meter, isOutermost: false)
        if form.format.needsSeeking {
            let file = try SpooledFile(directory: scratchDirectory)
            try spool(parent, to: file)
            return (try opening.open(descriptor: file.descriptor, form: form), file)
        }
        let front = Lent(prefix)
        var isFirst = true
        let feed = StreamFeed(meter: nil) {
            defer { isFirst = false }
            return isFirst ? front.bytes : try Self.block(of: parent)
        }
        return (try opening.open(feed, form: form), nil)
    }

    /// An entry that is bad is an archive that cannot be read on, for what is inside it.
    private static func block(of parent: Unpacker) throws(BundleError) -> UnsafeRawBufferPointer? {
        do throws(BundleError) {
            return try parent.readBlock()
        } catch .damagedEntry(_, let text) {
            throw .damagedArchive(text: text, offset: 0)
        }
    }

    private func spool(_ parent: Unpacker, to file: SpooledFile) throws(BundleError) {
        let front = Lent(prefix)
        try file.append(front.bytes)
        withExtendedLifetime(front) {}
        while let block = try parent.readBlock() { try file.append(block) }
    }
}
