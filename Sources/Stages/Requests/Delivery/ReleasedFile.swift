// What lies in the folder of a delivered exam, and what of the exam does not: the facts of a release.

internal import Files

/// A file that was given out.
struct ReleasedFile: Sendable, Equatable {
    /// Relative to the exam's folder: `images/1.dcm`.
    let path: String
    let sha256: SHA256Digest
    let byteCount: Int64
    /// Of the delivered instance, a derived one's own; nil for what is no DICOM file.
    var sopInstanceUID: String?
    /// Of the stored instance or report that it was made from; nil for pages. Where the delivery is de-identified this
    /// is a fact for the site alone, and no release shows it.
    var sourceSHA256: SHA256Digest?
    /// Keywords of the attributes that differ from the stored instance; none in a copy.
    var changed: [String] = []
}

/// A stored instance that the range holds and that was not given.
struct LeftOutImage: Sendable, Equatable {
    /// Of the stored instance; nil where the delivery is de-identified.
    let sopInstanceUID: String?
    /// For people.
    let reason: String
}

/// What a folder holds in the end.
struct DeliveredContent: Sendable, Equatable {
    /// In the order of the images, then the reports, then the page and its files.
    let files: [ReleasedFile]
    let leftOut: [LeftOutImage]
}

/// How far a folder is.
struct DeliveryProgress: Sendable, Equatable {
    let imageCount: Int
    let doneCount: Int
    /// Of the stored instances that are done.
    let doneByteCount: Int64
}
