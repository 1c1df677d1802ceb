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
    ///   - digest: Gives its digest once all was read, where somebody else hashes it; called once.
    ///   - next: What comes after them.
    func take(head: [Span], digest: (() -> SHA256Digest)?, next: SpanSource) throws {
        let form = ImageFile.form(of: head.map(\.bytes))
        var reading = Reading(
            scanner: form == .notDICOM ? nil : FileScanner(), form: form, path: path, givenDigest: digest)
        for span in head { reading.take(span.bytes) }
        guard let early = reading.earlyIdentity() else {
            try readOn(&reading, next: next) { _ in }
            let verdict = reading.verdict()
            guard case .image = verdict else { return refuse(verdict, reading) }
            return refuse(.damaged(Self.lateReason, sopInstanceUID: nil, isCut: false), reading)
        }
        try store(early, reading: reading, head: head, next: next)
    }

    private static let lateReason = "its UIDs do not stand within its first \(BatchFiller.wholeFileByteCount >> 20) MiB"

    private func store(
        _ early: ImageIdentity, reading: Reading, head: [Span], next: SpanSource
    ) throws {
        var reading = reading
        let writer = try assembler.pack(for: early)
        try writer.beginMember()
        do {
            for span in head { try writer.write(span.bytes) }
            try readOn(&reading, next: next) { try writer.write($0) }
        } catch {
            try writer.abandonMember()
            throw error
        }
        guard case .image(let image) = reading.verdict(), image.isSameObject(as: early) else {
            try writer.abandonMember()
            return refuse(reading.verdict(), reading)
        }
        let digest = reading.digest()
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
        _ reading: inout Reading, next: SpanSource, write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        while let spans = try next() {
            for span in spans {
                reading.take(span.bytes)
                try write(span.bytes)
            }
        }
    }

    private func refuse(_ verdict: ImageVerdict, _ reading: Reading) {
        var verdict = verdict
        if case .image = verdict {
            verdict = .damaged("its UIDs occur twice and differ", sopInstanceUID: nil, isCut: false)
        }
        assembler.take(
            path: path, verdict: verdict, note: note, byteCount: reading.byteCount, digest: reading.digest())
    }
}

/// The state of reading a large file.
private struct Reading {
    var scanner: FileScanner?
    let form: FileForm
    let path: String
    private let hash = SHA256()
    private let givenDigest: (() -> SHA256Digest)?
    private(set) var byteCount: Int64 = 0
    private var failure: DICOMError?
    private var finished: ImageVerdict?

    init(scanner: FileScanner?, form: FileForm, path: String, givenDigest: (() -> SHA256Digest)?) {
        self.scanner = scanner
        self.form = form
        self.path = path
        self.givenDigest = givenDigest
    }

    /// The digest of the file, at its end.
    func digest() -> SHA256Digest { givenDigest?() ?? hash.finish() }

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        if givenDigest == nil { hash.update(bytes) }
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
