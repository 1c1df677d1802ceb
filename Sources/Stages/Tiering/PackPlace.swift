// Where packs lie now: opened through the catalogue, however they are kept, even while they move.
//
// A pack that is gone from where the catalogue said is looked up again: it has moved meanwhile. An open pack stays
// readable when its name is removed. Keeps the reader that was used last.

internal import Archive
internal import Catalog
internal import Files

/// The stored images of a site, read from whatever tier they are in.
final class PackPlace {
    private let site: SiteContext
    private var last: (digest: SHA256Digest, reader: PackReader)?

    init(site: SiteContext) {
        self.site = site
    }

    /// - Throws: `.tierNotMounted`, `.damagedPack` when it is nowhere.
    func reader(of image: StoredImage) throws -> PackReader {
        if let last, last.digest == image.packDigest { return last.reader }
        let location = PackLocation(
            facility: image.facility, studyInstanceUID: image.studyInstanceUID,
            seriesInstanceUID: image.seriesInstanceUID, digest: image.packDigest)
        var name = image.tier
        while true {
            guard let tier = site.tier(name) else {
                throw StageError.unexpected("tier '\(name)' is not configured; \(location.path) is in it")
            }
            if let reader = try tier.reader(of: location) {
                last = (image.packDigest, reader)
                return reader
            }
            guard let now = try site.catalog.tier(ofPack: image.packDigest), now != name else {
                throw ArchiveError.damagedPack(path: tier.path + "/" + location.path, reason: "the pack is missing")
            }
            name = now
        }
    }
}

extension PackLocation {
    init(_ pack: PackRecord) {
        self.init(
            facility: pack.facility, studyInstanceUID: pack.studyInstanceUID,
            seriesInstanceUID: pack.seriesInstanceUID, digest: pack.digest)
    }
}
