// Where a pack stands in a tier: `<facility>/<2 hex>/<study>/<series>/<digest>.tar`, or `.tar.zst`.
//
// Pure. UIDs come into a path only when they are made of digits and dots, so that no content of a file ever
// chooses a path. The two hexadecimal digits spread a facility's studies over 256 folders.

package import Files

/// The place of a pack below a tier's folder.
package struct PackLocation: Hashable, Sendable {
    package let facility: String
    package let studyInstanceUID: String
    package let seriesInstanceUID: String
    package let digest: SHA256Digest

    package init(facility: String, studyInstanceUID: String, seriesInstanceUID: String, digest: SHA256Digest) {
        precondition(Self.isSafe(studyInstanceUID) && Self.isSafe(seriesInstanceUID), "a UID has digits and dots only")
        self.facility = facility
        self.studyInstanceUID = studyInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
        self.digest = digest
    }

    package init(_ pack: SealedPack) {
        self.init(
            facility: pack.series.facility, studyInstanceUID: pack.series.studyInstanceUID,
            seriesInstanceUID: pack.series.seriesInstanceUID, digest: pack.digest)
    }

    /// The folders below the tier's, outermost first.
    package var folders: [String] {
        [facility, SHA256.digest(of: studyInstanceUID).hex.prefix(2).description, studyInstanceUID, seriesInstanceUID]
    }

    package func fileName(_ form: PackForm) -> String { digest.hex + form.suffix }

    /// The path of the plain tar below the tier's folder.
    package var path: String { path(.plain) }

    /// The path below the tier's folder.
    package func path(_ form: PackForm) -> String { folders.joined(separator: "/") + "/" + fileName(form) }

    /// Whether a UID may be a folder's name.
    ///
    /// - Source: DICOM PS3.5 section 9.1: digits and dots, at most 64 characters.
    package static func isSafe(_ uid: String) -> Bool {
        let bytes = uid.utf8
        let allowed = bytes.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
        return allowed && !bytes.isEmpty && bytes.count <= 64 && bytes.contains { $0 != 0x2E }
    }
}
