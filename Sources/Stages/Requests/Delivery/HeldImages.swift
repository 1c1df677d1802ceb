// What the catalogue says of an exam's images, in the words of the access rules.
//
// Key images are those that a key object selection of the exam names, unless it rejects them; only those documents are
// opened for it. What a selection says of another exam marks nothing, whoever made it.

internal import Access
internal import Catalog
internal import DICOM
internal import Files

struct HeldImages {
    let site: SiteContext

    private static let documentByteLimit: Int64 = 16 << 20

    /// The facts of each image, in the same order.
    ///
    /// - Throws: What reading a key object selection throws.
    func facts(of images: [StoredImage]) throws -> [HeldImage] {
        let known = try images.map { (image: $0, text: try StoredAttributes($0)) }
        var keyImages: Set<String> = []
        let packs = PackPlace(site: site)
        for (image, text) in known where text.sopClass == DocumentClass.keyObjectSelection {
            keyImages.formUnion(try references(in: image, packs))
        }
        return known.map { image, text in
            HeldImage(
                modality: text["modality"] ?? "",
                imageType: text["imageType"]?.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
                    ?? [],
                seriesDescription: text["seriesDescription"] ?? "",
                isKeyImage: keyImages.contains(image.sopInstanceUID),
                isDocument: DocumentClass.isDocument(text.sopClass))
        }
    }

    /// The instances that a selection names: a damaged one names none.
    private func references(in image: StoredImage, _ packs: PackPlace) throws -> Set<String> {
        guard image.byteCount <= Self.documentByteLimit else { return [] }
        let bytes = try packs.reader(of: image).bytes(at: image.offset, count: Int(image.byteCount))
        let dataSet: DataSet
        do throws(DICOMError) { dataSet = try DataSetReader.read(bytes, stopsBeforePixelData: true).dataSet } catch {
            return []
        }
        return Self.rejects(dataSet) ? [] : Set(Self.selected(in: dataSet))
    }

    /// Document titles by which a selection says what not to use: for reasons of quality, patient safety, worklist entry,
    /// retention; and that there is an issue of quality.
    ///
    /// - Source: DICOM PS3.16 context groups 7010 and 7011; IHE RAD TF-3, image object change management.
    private static let rejections: Set<String> = ["113001", "113010", "113037", "113038", "113039"]

    private static func rejects(_ selection: DataSet) -> Bool {
        selection.items(.conceptNameCodeSequence).contains { title in
            title.text(.codingSchemeDesignator) == "DCM" && rejections.contains(title.text(.codeValue) ?? "")
        }
    }

    /// The images that the content refers to.
    private static func selected(in item: DataSet) -> [String] {
        item.items(.contentSequence).flatMap { content in
            content.items(.referencedSOPSequence).compactMap { $0.text(.referencedSOPInstanceUID) }
                + selected(in: content)
        }
    }
}

/// Which kinds of instance are documents: what they say is said in words.
///
/// - Source: DICOM PS3.4 annex B.5.
enum DocumentClass {
    static let keyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59"
    private static let families = ["1.2.840.10008.5.1.4.1.1.88.", "1.2.840.10008.5.1.4.1.1.104."]

    static func isDocument(_ sopClass: String) -> Bool { families.contains { sopClass.hasPrefix($0) } }
}

/// The attributes of an image, its own before its series'.
struct StoredAttributes: Sendable {
    private let values: [String: String]

    init(_ image: StoredImage) throws {
        let own = try AttributeText(image.attributes)
        let series = try AttributeText(image.seriesAttributes)
        var values: [String: String] = [:]
        for name in series.names { values[name] = series[name] }
        for name in own.names { values[name] = own[name] }
        self.values = values
    }

    subscript(_ keyword: String) -> String? { values[keyword] }

    func integer(_ keyword: String) -> Int? { self[keyword].flatMap { Int($0) } }

    var sopClass: String { self["sopClassUID"] ?? "" }
}
