// An image of a delivered exam: what was made of it, and how the page shows it.

internal import Access
internal import Catalog
internal import Pages

/// An image that the grant holds.
struct GrantedImage: Sendable {
    /// From 1, in the order of series and images.
    let number: Int
    let stored: StoredImage
    let held: HeldImage
    let attributes: StoredAttributes

    /// In the order of the series' numbers, then the images'.
    static func ordered(_ images: [(StoredImage, HeldImage)]) throws -> [GrantedImage] {
        let keyed = try images.map { stored, held in (stored, held, try StoredAttributes(stored)) }
        let sorted = keyed.sorted { left, right in
            let (a, b) = (left.2.integer("seriesNumber") ?? .max, right.2.integer("seriesNumber") ?? .max)
            if a != b { return a < b }
            if left.0.seriesInstanceUID != right.0.seriesInstanceUID {
                return left.0.seriesInstanceUID < right.0.seriesInstanceUID
            }
            return (left.2.integer("instanceNumber") ?? .max, left.0.sopInstanceUID)
                < (right.2.integer("instanceNumber") ?? .max, right.0.sopInstanceUID)
        }
        return sorted.enumerated().map {
            GrantedImage(number: $0 + 1, stored: $1.0, held: $1.1, attributes: $1.2)
        }
    }
}

/// What was made of it.
struct MadeImage: Sendable {
    let source: GrantedImage
    /// As the recipient knows it.
    var names: DeliveredNames
    var files: [ReleasedFile] = []
    var viewed: ViewedInstance
    /// Why it was not given; nil when it was.
    var leftOut: String?
    /// The name that stands for the patient, where the delivery is de-identified.
    var pseudonym: String?

    init(_ source: GrantedImage, names: DeliveredNames, viewed: ViewedInstance) {
        self.source = source
        self.names = names
        self.viewed = viewed
        self.viewed.sopInstanceUID = names.sopInstanceUID
    }
}

/// The UIDs of a delivered instance.
struct DeliveredNames: Sendable {
    let sopInstanceUID: String
    let seriesInstanceUID: String
    let studyInstanceUID: String

    /// Those of the stored instance, or what stands for them.
    init(_ stored: StoredImage, _ form: DeliveryForm) {
        guard form.isDeidentified else {
            self.init(stored.sopInstanceUID, stored.seriesInstanceUID, stored.studyInstanceUID)
            return
        }
        self.init(
            form.uids.made(.instance, from: stored.sopInstanceUID),
            form.uids.made(.series, from: stored.seriesInstanceUID),
            form.uids.standIn(.study, for: stored.studyInstanceUID))
    }

    init(_ sopInstanceUID: String, _ seriesInstanceUID: String, _ studyInstanceUID: String) {
        self.sopInstanceUID = sopInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
        self.studyInstanceUID = studyInstanceUID
    }
}
