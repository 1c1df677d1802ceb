// The stored reports' files: read from the archive, every byte held to its digest.
//
// Reads only.

package import Archive
package import Catalog
internal import Files
internal import Interchange

package struct ReportStore {
    private let site: SiteContext

    package init(site: SiteContext) {
        self.site = site
    }

    /// A report's tar, held to the digests that the catalogue has.
    ///
    /// - Throws: `.archive(.damagedPack)` when it is not what was stored.
    package func open(_ report: StoredReport) throws(StageError) -> ReportPack {
        try StageError.wrap {
            let facts = report.facts
            guard let tier = site.tier(facts.tier) else {
                throw StageError.unexpected(
                    "tier '\(facts.tier)' is not configured; report \(facts.digest.hex) is in it")
            }
            let path = tier.path + "/" + Tier.reportPath(party: facts.party, digest: facts.digest)
            let tar = try tier.reportTar(party: facts.party, digest: facts.digest)
            guard SHA256.digest(of: tar) == facts.tarSHA256 else {
                throw ArchiveError.damagedPack(path: path, reason: "its bytes are not those that were stored")
            }
            return try ReportPack(tar, path: path)
        }
    }

    /// The bytes of a file that came with a report.
    package func bytes(of attachment: ReportAttachment, in report: StoredReport) throws(StageError) -> [UInt8] {
        let pack = try open(report)
        guard let file = pack.files.first(where: { $0.name == attachment.name }),
            SHA256.digest(of: file.bytes).hex == attachment.sha256
        else { throw .unexpected("report \(report.digest.hex) has no file \(attachment.name) of that digest") }
        return file.bytes
    }

    /// `report.json` as parties get it: the contract's fields, and what became of the report.
    package static func json(_ report: StoredReport) -> [UInt8] {
        let facts = report.facts
        var text = JSONText()
        text.raw("{")
        text.member("type", "report", first: true)
        text.member("exam", report.examKey)
        text.member("author", facts.author)
        text.member("status", facts.status.rawValue)
        text.member("text", facts.text)
        text.member("attachment", facts.files.first?.name)
        text.member("supersedes", facts.supersedes?.hex)
        text.member("supersededBy", report.supersededBy?.hex)
        text.member("version", facts.version)
        text.member("digest", facts.digest.hex)
        text.member("party", facts.party)
        text.member("form", facts.form)
        text.member("receivedAt", report.receivedAt)
        text.key("files")
        text.raw("[")
        for (index, file) in facts.files.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.member("name", file.name, first: true)
            text.member("mediaType", file.mediaType)
            text.member("byteCount", file.byteCount)
            text.member("sha256", file.sha256)
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }
}
