// Puts claims back into their party's folder that the catalogue knows nothing of: after it was rebuilt, or restored from a
// copy that is older than they are.
//
// Invariant: a claim that the catalogue has as claimed, done or held is left alone. What was put back is a new drop; a
// drop that had been committed is a duplicate then.

internal import Catalog
internal import Spool

struct OrphanedClaims {
    let catalog: Catalog
    let layout: SpoolLayout

    /// - Returns: What was put back, and what a person has to put back, each with the reason.
    func putBack() throws -> (returned: [DropKey], findings: [VerificationFinding]) {
        var returned: [DropKey] = []
        var findings: [VerificationFinding] = []
        let parties = try layout.incomingParties().map(\.text)
        for found in try layout.claims(parties: parties) where try isOrphaned(found) {
            func find(_ reason: String) {
                findings.append(
                    VerificationFinding(
                        exam: nil, path: "spool/\(found.location.claimPath ?? found.drop)", reason: reason))
            }
            guard let key = found.key else {
                find("a drop that the catalogue does not know: move it back to its party's folder")
                continue
            }
            guard try Claim(layout: layout).putBack(found.location, key: key) else {
                find("a drop that the catalogue does not know; its place in \(key.party)/\(key.kind) is taken")
                continue
            }
            returned.append(key)
        }
        return (returned, findings)
    }

    private func isOrphaned(_ found: FoundClaim) throws -> Bool {
        guard let id = DropID(text: found.drop) else { return false }
        guard let record = try catalog.drop(id) else { return true }
        if record.state == .gone { return true }
        // A number that another drop has: the catalogue is older than the claim.
        return found.key.map { $0 != record.key } ?? false
    }
}
