// One file of a drop, from its bytes to its verdict.
//
// Pure functions over bytes that are already in memory; what is too large for that goes through `LargeImage`.

internal import DICOM
internal import Files

/// What a file of a drop turned out to be.
enum ImageVerdict: Sendable {
    case image(ImageIdentity)
    /// Not meant for the archive: a viewer, a text, a DICOMDIR.
    case ignored(String)
    /// - Parameter isCut: Whether it may just be not whole yet: it begins as DICOM and does not parse to its end.
    case damaged(String, sopInstanceUID: String?, isCut: Bool)
    case refused(String)
}

enum ImageFile {
    /// Bytes from the start that tell what a file is.
    static let prefixByteCount = 1 << 10

    /// Endings by which a file claims to be DICOM.
    private static let endings = [".dcm", ".dicom", ".dic", ".ima"]

    /// The form of a file that begins with these pieces.
    static func form(of pieces: [UnsafeRawBufferPointer]) -> FileForm {
        if let first = pieces.first, first.count >= prefixByteCount || pieces.count == 1 {
            return FileScanner.form(ofPrefix: UnsafeRawBufferPointer(rebasing: first.prefix(prefixByteCount)))
        }
        var prefix: [UInt8] = []
        for piece in pieces where prefix.count < prefixByteCount {
            prefix.append(contentsOf: piece.prefix(prefixByteCount - prefix.count))
        }
        return prefix.withUnsafeBytes { FileScanner.form(ofPrefix: $0) }
    }

    /// The verdict on a whole file.
    ///
    /// - Parameter pieces: Its bytes in their order.
    static func verdict(path: String, pieces: [UnsafeRawBufferPointer]) -> ImageVerdict {
        let form = form(of: pieces)
        guard form != .notDICOM else {
            return notDICOM(path: path, byteCount: pieces.reduce(0) { $0 + $1.count })
        }
        var scanner = FileScanner()
        do throws(DICOMError) {
            for piece in pieces { try scanner.consume(piece) }
            return verdict(path: path, try scanner.finish())
        } catch {
            return damaged(error, soFar: scanner.soFar, form: form, path: path)
        }
    }

    /// The verdict on a file that parsed to its end.
    static func verdict(path: String, _ file: ScannedFile) -> ImageVerdict {
        if let defect = file.defect {
            return .damaged("\(defect)", sopInstanceUID: file.text(.sopInstanceUID), isCut: false)
        }
        if file.mediaStorageSOPClassUID == mediaDirectorySOPClassUID {
            return .ignored("a DICOMDIR; images are catalogued from their own files")
        }
        do throws(ImageIdentity.Lack) {
            return .image(try ImageIdentity(file))
        } catch {
            return .damaged(error.reason, sopInstanceUID: nil, isCut: false)
        }
    }

    /// Whether a file claims to be DICOM by its name.
    static func isNamedAsDICOM(_ path: String) -> Bool {
        let lower = path.lowercased()
        return endings.contains { lower.hasSuffix($0) }
    }

    /// The verdict on a file that does not begin as DICOM.
    static func notDICOM(path: String, byteCount: Int) -> ImageVerdict {
        guard isNamedAsDICOM(path) else { return .ignored("not a DICOM file") }
        let what = byteCount == 0 ? "the file is empty" : "the content is not DICOM"
        return .damaged("named as a DICOM file, but \(what)", sopInstanceUID: nil, isCut: byteCount == 0)
    }

    /// The verdict on a file that begins as DICOM and cannot be read to its end.
    static func damaged(_ error: DICOMError, soFar: ScannedFile, form: FileForm, path: String) -> ImageVerdict {
        // A bare data set is only guessed at: what then does not parse was none, unless its name says so.
        if form == .bareDataSet, case .ignored(let reason) = notDICOM(path: path, byteCount: 1) {
            return .ignored(reason)
        }
        let uid = soFar.text(Tag(group: 0x0008, element: 0x0018)) ?? soFar.mediaStorageSOPInstanceUID
        return .damaged(error.description, sopInstanceUID: uid.flatMap { $0.isEmpty ? nil : $0 }, isCut: true)
    }

    /// - Source: DICOM PS3.10 section 8.6, Media Storage Directory Storage.
    private static let mediaDirectorySOPClassUID = "1.2.840.10008.1.3.10"
}
