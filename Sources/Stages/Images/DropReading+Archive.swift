// The reading of an archive's entries, and what becomes of one that cannot be read on.
//
// What is not the archive's fault is thrown; everything else is noted, and what came before it stays good.

internal import Bundles
internal import Files

extension DropReading {
    /// Hands all entries of an archive to the filler.
    ///
    /// - Parameters:
    ///   - prefix: Before the paths of its entries, for the receipt.
    ///   - path: The archive itself as it lies there.
    func feed(
        _ reader: BundleReader, prefix: String, path archive: [UInt8], into read: inout ReadDrop
    ) throws(BundleError) {
        while let entry = try next(reader, prefix: prefix) {
            let path = prefix + entry.path
            read.entryCount += 1
            let note = entry.isRepeatedName ? "this path occurs more than once in the archive; each was read" : nil
            do {
                switch entry.kind {
                case .directory: break
                case .refused(let refusal):
                    try filler.add(path: path, refusal: Self.verdict(refusal), note: note)
                case .file:
                    try filler.add(path: path, note: note) {
                        let block = try reader.readBlock()
                        read.unpackedByteCount += Int64(block?.count ?? 0)
                        return block
                    }
                }
            } catch BundleError.damagedEntry(_, let text) {
                do { try filler.add(path: path, refusal: .damaged(text, sopInstanceUID: nil, isCut: false)) } catch {
                    throw .source(error)
                }
            } catch let error as BundleError {
                throw error
            } catch {
                throw .source(error)
            }
        }
        if case .notEnded(let text) = reader.properEnd {
            read.cut.append(MissingPiece(path: archive, reason: text))
        }
    }

    /// The next entry; one that is damaged itself is noted and passed over.
    private func next(_ reader: BundleReader, prefix: String) throws(BundleError) -> BundleEntry? {
        while true {
            do throws(BundleError) {
                return try reader.next()
            } catch {
                guard case .damagedEntry(let path, let text) = error else { throw error }
                do {
                    try filler.add(
                        path: prefix + path, refusal: .damaged(text, sopInstanceUID: nil, isCut: false))
                } catch {
                    throw .source(error)
                }
            }
        }
    }

    /// Notes why an archive could not be read on; passes on what is not the archive's fault.
    func note(_ error: BundleError, path archive: [UInt8], into read: inout ReadDrop) throws {
        switch error {
        case .source(let inner): throw inner
        case .system(_, let code):
            throw FilesError(operation: "unpack", path: scratch.path, code: code)
        case .truncated, .noEnd:
            read.cut.append(MissingPiece(path: archive, reason: error.description))
            read.breakage = error.description
        case .limit, .encrypted:
            read.breakage = error.description
            read.isHostile = true
        default:
            read.breakage = error.description
        }
    }

    private static func verdict(_ refusal: EntryRefusal) -> ImageVerdict {
        if case .damaged = refusal { return .damaged(refusal.reason, sopInstanceUID: nil, isCut: false) }
        return .refused(refusal.reason)
    }
}
