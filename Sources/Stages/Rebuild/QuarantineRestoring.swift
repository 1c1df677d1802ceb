// Takes the drops that lie in quarantine into a rebuilt catalogue, by the note beside each.

internal import Catalog
internal import Files
internal import Spool

struct QuarantineRestoring {
    let catalog: Catalog
    let layout: SpoolLayout
    /// The policy clock's time, for drops whose note does not say when they came.
    let at: String

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
                if place == "quarantine", let finding = try restore(folder, name, id) { findings.append(finding) }
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
            let status = try folder.open(name).status(of: ClaimPaths.contentName)
            guard let dropName = note.fileName, let status else {
                return VerificationFinding(
                    exam: nil, path: "spool/\(path)",
                    reason: "its reason.json is not whole, or the drop is not beside it")
            }
            try catalog.restoreHeld(
                id, party: note.party, kind: note.kind, name: dropName,
                isFolder: note.isFolder ?? (status.kind == .directory),
                status: note.status,
                reason: note.reason, sha256: note.sha256.flatMap { SHA256Digest(hex: $0) },
                byteCount: note.byteCount ?? status.byteCount, attested: note.attested ?? false,
                at: note.receivedAt ?? at, claimPath: path)
            return nil
        } catch let error as CatalogError {
            throw error
        } catch {
            return VerificationFinding(
                exam: nil, path: "spool/\(path)", reason: "its reason.json cannot be read: \(error)")
        }
    }
}
