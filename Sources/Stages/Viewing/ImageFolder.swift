// Fills an outbound folder with an exam's images: the DICOM files byte for byte, a picture of each, and the stored pixel
// values for the page.
//
// The files come from whatever tier they are in; what is rendered is the copy, so that nobody else need read the archive.
// Invariants: what cannot be rendered is said to be so and costs no other image. Memory: one frame. Every copied file is
// compared with the digest of its receipt.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files
internal import Foundation
internal import Pages
internal import Pixels
internal import Spool
internal import Viewing

/// One image in the folder.
struct PlacedImage {
    let stored: StoredImage
    let image: String
    let rendered: String?
    let frames: Int
    let viewed: ViewedInstance
}

struct ImageFolder {
    let site: SiteContext
    let folder: OutboundFolder
    /// The folder's own subfolder, ending in `/`, or nothing.
    let prefix: String
    /// What the pixel files of this exam call themselves first: letters and digits.
    let keyPrefix: String

    /// - Returns: In the order of series and UID.
    func fill(_ images: [StoredImage]) throws -> [PlacedImage] {
        // In the order in which they lie in their packs: a part of a compressed one is unpacked once.
        let order = images.indices.sorted {
            (images[$0].packDigest.hex, images[$0].offset) < (images[$1].packDigest.hex, images[$1].offset)
        }
        let packs = PackPlace(site: site)
        var placed: [Int: PlacedImage] = [:]
        for index in order {
            placed[index] = try place(images[index], number: index + 1, from: try packs.reader(of: images[index]))
        }
        return images.indices.compactMap { placed[$0] }
    }

    private func place(_ stored: StoredImage, number: Int, from pack: PackReader) throws -> PlacedImage {
        let image = "\(prefix)images/\(number).dcm"
        let header = try copy(stored, from: pack, to: image)
        let source = PixelSource(path: try folder.path(image))
        var viewed = InstanceHeader(header).viewed(stored.sopInstanceUID)
        viewed.image = image
        do throws(PixelsError) {
            let made = try InstancePictures(pixels: site.pixels, folder: folder, prefix: prefix)
                .make(of: source, number: number, key: "\(keyPrefix)\(number)", header: header, viewed: &viewed)
            return PlacedImage(
                stored: stored, image: image, rendered: made.rendered, frames: made.frames, viewed: viewed)
        } catch {
            guard case .unrenderable(let reason) = error else {
                throw StageError.unexpected(error.description)
            }
            viewed.unrenderable = reason
            return PlacedImage(stored: stored, image: image, rendered: nil, frames: viewed.frames, viewed: viewed)
        }
    }

    /// - Returns: The file's attributes before the pixel data.
    private func copy(_ stored: StoredImage, from reader: PackReader, to image: String) throws -> DataSet {
        try StoredCopy(stored, from: reader).write(to: try folder.begin(image))
    }
}
