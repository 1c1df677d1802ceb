// Takes the drops that lie in quarantine into a rebuilt catalogue, by the note beside each.

internal import Catalog
internal import Files
internal import Spool

struct QuarantineRestoring {
    let catalog: Catalog
    let layout: SpoolLayout

    private static let noteByteLimit = 1 << 20

    /// - Returns: Folders that could not be taken up, and why.
    func run() throws -> [VerificationFinding] {
        var findings: [VerificationFinding] = []
        var highest = DropID(0)
        for place in SpoolLayout.privateFolders {
            guard let folder = try layout.openBelow([place]) else { continue }
            for name in try folder.names().sorted() {
                guard let id = DropID(text: name.text) else { continue }
                highest = max(highest, id)
                if place == "quarantine" {
                    if let finding = try restore(folder, name, id) { findings.append(finding) }
                } else {
                    findings.append(
                        VerificationFinding(
                            exam: nil, path: "spool/\(place)/\(name.text)",
                            reason: "a drop that was being taken in: move what is in it back to its party's folder"))
                }
            }
        }
        if highest.number > 0 { try catalog.reserve(upTo: highest) }
        return findings
    }

    private func restore(_ folder: OpenDirectory, _ name: FileName, _ id: DropID) throws -> VerificationFinding? {
        let path = ClaimPaths.quarantine(name.text)
        do {
            let bytes = try folder.open(name).openFile(ClaimPaths.reasonName).readAll(limit: Self.noteByteLimit)
            let note = try HeldDropNote.decoded(bytes)
            guard let dropName = note.fileName, let sha256 = SHA256Digest(hex: note.sha256) else {
                return VerificationFinding(exam: nil, path: "spool/\(path)", reason: "its reason.json is not whole")
            }
            try catalog.restoreHeld(
                id, party: note.party, kind: note.kind, name: dropName, isFolder: note.isFolder, status: note.status,
                reason: note.reason, sha256: sha256, byteCount: note.byteCount, attested: note.attested,
                at: note.receivedAt, claimPath: path)
            return nil
        } catch let error as CatalogError {
            throw error
        } catch {
            return VerificationFinding(
                exam: nil, path: "spool/\(path)", reason: "its reason.json cannot be read: \(error)")
        }
    }
}
