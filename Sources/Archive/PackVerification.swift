// Re-reads a pack and compares every byte with what it must be.
//
// The digest in the name vouches for `pack.json`; that for each member's content; the tar headers, paddings and the end
// follow from them. So a changed, missing or added byte anywhere is found, and its place is named. A compressed pack is
// unpacked and held to the same, and its own bytes to the digest that it ends with.

package import Files

/// What is wrong with a pack.
package struct PackFinding: Sendable, Equatable {
    /// The member; nil when it is the pack as a whole.
    package let member: String?
    package let reason: String
}

package enum PackVerification {
    /// - Parameter digest: The one in the pack's name.
    /// - Returns: Findings, empty when the pack is sound; and its manifest where it can be read.
    package static func verify(
        _ reader: PackReader, digest: SHA256Digest
    ) throws(ArchiveError) -> (findings: [PackFinding], manifest: PackManifest?) {
        let json: [UInt8]
        let manifest: PackManifest
        do throws(ArchiveError) { (json, manifest) = try reader.manifest() } catch {
            guard case .damagedPack(_, let reason) = error else { throw error }
            return ([PackFinding(member: nil, reason: reason)], nil)
        }
        guard SHA256.digest(of: json) == digest else {
            return (
                [PackFinding(member: PackManifest.memberName, reason: "its digest is not the pack's name")], manifest
            )
        }
        do throws(ArchiveError) {
            let findings = try check(reader, json: json, manifest: manifest)
            guard findings.isEmpty, let reason = try reader.envelopeFinding() else { return (findings, manifest) }
            return ([PackFinding(member: nil, reason: reason)], manifest)
        } catch {
            guard case .damagedPack(_, let reason) = error else { throw error }
            return ([PackFinding(member: nil, reason: reason)], manifest)
        }
    }

    private static func check(
        _ reader: PackReader, json: [UInt8], manifest: PackManifest
    ) throws(ArchiveError) -> [PackFinding] {
        var findings: [PackFinding] = []
        var position: Int64 = 0
        for member in manifest.members {
            let frame = try frame(reader, at: position, name: member.name, byteCount: member.byteCount)
            if !frame { findings.append(PackFinding(member: member.name, reason: "its tar header or padding changed")) }
            if member.offset != position + Int64(TarHeader.blockByteCount) {
                findings.append(PackFinding(member: member.name, reason: "it is not where pack.json says"))
            }
            if try !content(reader, member: member) {
                findings.append(
                    PackFinding(
                        member: member.name,
                        reason: "its \(member.byteCount) bytes changed: their SHA-256 is not \(member.sha256)"))
            }
            position = end(of: position, byteCount: member.byteCount)
        }
        if try !frame(reader, at: position, name: PackManifest.memberName, byteCount: Int64(json.count)) {
            findings.append(PackFinding(member: PackManifest.memberName, reason: "its tar header changed"))
        }
        position = end(of: position, byteCount: Int64(json.count))
        let mark = try reader.bytes(at: position, count: 2 * TarHeader.blockByteCount)
        if mark.contains(where: { $0 != 0 }) {
            findings.append(PackFinding(member: nil, reason: "its end mark changed"))
        }
        let size = try reader.byteCount
        if size != position + Int64(mark.count) {
            findings.append(PackFinding(member: nil, reason: "it has \(size) bytes rather than \(position + 1024)"))
        }
        return findings
    }

    private static func end(of position: Int64, byteCount: Int64) -> Int64 {
        position + Int64(TarHeader.blockByteCount) + byteCount + Int64(TarHeader.padding(after: byteCount))
    }

    /// Whether a member's header and padding are as the writer makes them.
    private static func frame(
        _ reader: PackReader, at position: Int64, name: String, byteCount: Int64
    ) throws(ArchiveError) -> Bool {
        guard name.utf8.count <= TarHeader.nameLimit, byteCount >= 0 else { return false }
        let header = try reader.bytes(at: position, count: TarHeader.blockByteCount)
        let padding = TarHeader.padding(after: byteCount)
        let rest = try reader.bytes(
            at: position + Int64(TarHeader.blockByteCount) + byteCount, count: padding)
        return header == TarHeader.bytes(name: name, byteCount: byteCount) && rest.allSatisfy { $0 == 0 }
    }

    private static func content(_ reader: PackReader, member: PackManifest.Member) throws(ArchiveError) -> Bool {
        let hash = SHA256()
        try reader.forEachChunk(at: member.offset, count: member.byteCount) { hash.update($0) }
        return hash.finish().hex == member.sha256
    }
}
