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
        text.key("type", first: true)
        text.string("report")
        text.key("exam")
        text.string(report.examKey)
        text.key("author")
        text.string(facts.author)
        text.key("status")
        text.string(facts.status.rawValue)
        text.key("text")
        text.string(facts.text)
        text.key("attachment")
        text.string(facts.files.first?.name)
        text.key("supersedes")
        text.string(facts.supersedes?.hex)
        text.key("supersededBy")
        text.string(report.supersededBy?.hex)
        text.key("version")
        text.number(facts.version)
        text.key("digest")
        text.string(facts.digest.hex)
        text.key("party")
        text.string(facts.party)
        text.key("form")
        text.string(facts.form)
        text.key("receivedAt")
        text.string(report.receivedAt)
        text.key("files")
        text.raw("[")
        for (index, file) in facts.files.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.key("name", first: true)
            text.string(file.name)
            text.key("mediaType")
            text.string(file.mediaType)
            text.key("byteCount")
            text.number(file.byteCount)
            text.key("sha256")
            text.string(file.sha256)
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }
}
