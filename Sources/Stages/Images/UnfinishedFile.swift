// Whether a file that lies there by itself, and is no archive, may just not be whole yet.
//
// Pure: a name and the first bytes. What begins as DICOM is judged by its own structure, not here. Asked of unattested
// drops only: an attestation knows better.

internal import Bundles
internal import DICOM

enum UnfinishedFile {
    /// DICOM PS3.10 section 7.1: the preamble and the prefix, after which a file can be told.
    private static let preambleByteCount = 132

    /// Why a file may not be whole; nil when it is what it is.
    ///
    /// - Parameters:
    ///   - prefix: The first 64 KiB, or all of a shorter file.
    ///   - isWholeDrop: Whether it is a drop by itself, which is an image or an archive and nothing else.
    static func reason(name: String, prefix: UnsafeRawBufferPointer, isWholeDrop: Bool) -> String? {
        guard FileScanner.form(ofPrefix: UnsafeRawBufferPointer(rebasing: prefix.prefix(1 << 10))) == .notDICOM else {
            return nil
        }
        if let claimed = ArchiveName(of: name) {
            guard claimed.isUndecided(prefix: prefix) else { return nil }
            return
                "named \(claimed.ending), and \(ContentText.describe(prefix: prefix)) of \(prefix.count) bytes so far"
        }
        guard ImageFile.isNamedAsDICOM(name) || isWholeDrop || !name.contains(".") else { return nil }
        return isUndecidedImage(prefix, name: name) ? "too short, or not yet written, to be told from an image" : nil
    }

    /// A short text by a name that claims nothing is a text.
    private static func isUndecidedImage(_ prefix: UnsafeRawBufferPointer, name: String) -> Bool {
        if prefix.prefix(preambleByteCount).allSatisfy({ $0 == 0 }) { return true }
        guard prefix.count < preambleByteCount else { return false }
        return ImageFile.isNamedAsDICOM(name) || !ContentText.isText(prefix)
    }
}
