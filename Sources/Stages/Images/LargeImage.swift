// A file that is too large to be held in memory: it goes into its pack while it is read.
//
// The first bytes (a batch's worth) name its series and so its pack. Its bytes are written there at once; when it then
// turns out to be damaged or known already, what was written is taken back. Memory: what the caller holds.

internal import Archive
internal import DICOM
internal import Files

/// Streams one file into a pack.
struct LargeImage {
    let path: String
    let note: String?
    let assembler: DropAssembler

    /// - Parameters:
    ///   - head: The file's first bytes.
    ///   - piece: What comes after them.
    ///   - next: What comes after that.
    func take(head: UnsafeRawBufferPointer, then piece: UnsafeRawBufferPointer, next: PieceSource) throws {
        let prefix = UnsafeRawBufferPointer(rebasing: head.prefix(ImageFile.prefixByteCount))
        let form = FileScanner.form(ofPrefix: prefix)
        var reading = Reading(scanner: form == .notDICOM ? nil : FileScanner(), form: form, path: path)
        reading.take(head)
        guard let early = reading.earlyIdentity() else {
            try readOn(&reading, piece, next: next) { _ in }
            let verdict = reading.verdict()
            guard case .image = verdict else { return refuse(verdict, reading) }
            return refuse(.damaged(Self.lateReason, sopInstanceUID: nil, isCut: false), reading)
        }
        try store(early, reading: reading, head: head, piece: piece, next: next)
    }

    private static let lateReason = "its UIDs do not stand within its first \(BatchPool.wholeFileByteCount >> 20) MiB"

    private func store(
        _ early: ImageIdentity, reading: Reading, head: UnsafeRawBufferPointer, piece: UnsafeRawBufferPointer,
        next: PieceSource
    ) throws {
        var reading = reading
        let writer = try assembler.pack(for: early)
        try writer.beginMember()
        do {
            try writer.write(head)
            try readOn(&reading, piece, next: next) { try writer.write($0) }
        } catch {
            try writer.abandonMember()
            throw error
        }
        guard case .image(let image) = reading.verdict(), image.isSameObject(as: early) else {
            try writer.abandonMember()
            return refuse(reading.verdict(), reading)
        }
        let digest = reading.hash.finish()
        let found = DropAssembler.FoundImage(
            path: path, byteCount: reading.byteCount, digest: digest, image: image, note: note)
        var isKept = false
        try assembler.take(found, known: try assembler.known(image.sopInstanceUID)) {
            (_, conflict) throws(ArchiveError) in
            isKept = true
            return try writer.endMember(sopInstanceUID: image.sopInstanceUID, sha256: digest, conflict: conflict)
        }
        if !isKept { try writer.abandonMember() }
    }

    private func readOn(
        _ reading: inout Reading, _ piece: UnsafeRawBufferPointer, next: PieceSource,
        write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var current: UnsafeRawBufferPointer? = piece
        while let bytes = current {
            reading.take(bytes)
            try write(bytes)
            current = try next()
        }
    }

    private func refuse(_ verdict: ImageVerdict, _ reading: Reading) {
        var verdict = verdict
        if case .image = verdict {
            verdict = .damaged("its UIDs occur twice and differ", sopInstanceUID: nil, isCut: false)
        }
        assembler.take(
            path: path, verdict: verdict, note: note, byteCount: reading.byteCount, digest: reading.hash.finish())
    }
}

/// The state of reading a large file.
private struct Reading {
    var scanner: FileScanner?
    let form: FileForm
    let path: String
    let hash = SHA256()
    private(set) var byteCount: Int64 = 0
    private var failure: DICOMError?
    private var finished: ImageVerdict?

    init(scanner: FileScanner?, form: FileForm, path: String) {
        self.scanner = scanner
        self.form = form
        self.path = path
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bytes)
        byteCount += Int64(bytes.count)
        guard failure == nil else { return }
        do throws(DICOMError) { try scanner?.consume(bytes) } catch { failure = error }
    }

    /// The identity as far as it was read; nil when it is not complete.
    func earlyIdentity() -> ImageIdentity? {
        guard failure == nil, let scanner else { return nil }
        do throws(ImageIdentity.Lack) { return try ImageIdentity(scanner.soFar) } catch { return nil }
    }

    /// The verdict at the file's end.
    mutating func verdict() -> ImageVerdict {
        if let finished { return finished }
        let verdict = decide()
        finished = verdict
        return verdict
    }

    private mutating func decide() -> ImageVerdict {
        guard var scanner else { return ImageFile.notDICOM(path: path, byteCount: Int(byteCount)) }
        if let failure { return ImageFile.damaged(failure, soFar: scanner.soFar, form: form, path: path) }
        do throws(DICOMError) { return ImageFile.verdict(path: path, try scanner.finish()) } catch {
            return ImageFile.damaged(error, soFar: scanner.soFar, form: form, path: path)
        }
    }
}
