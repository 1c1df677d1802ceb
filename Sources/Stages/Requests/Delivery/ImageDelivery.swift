// Makes one image of a delivery: a copy, or a derived file, or pictures; and the stored values for the page.
//
// What is derived is made from a copy whose digest was compared, in a hidden folder that is gone in the end. What cannot
// be made in the form that the grant gives is left out, and the reason said; it costs no other image.
// Memory: one frame.

internal import Archive
internal import DICOM
internal import Files
internal import Pages
internal import Pixels
internal import Spool
internal import Viewing

struct ImageDelivery {
    let site: SiteContext
    let folder: OutboundFolder
    /// The exam's folder, ending in `/`.
    let prefix: String
    let form: DeliveryForm
    /// What pixel files call themselves first.
    var pixelKey = "i"

    private static let scratchName = ".sources"
    /// Larger documents are not looked through, and so not given where anything of an image is kept back.
    private static let documentByteLimit: Int64 = 64 << 20
    /// Where the page has stored values, pictures are for its list of series alone.
    private static let previewSide = 512

    func make(_ image: GrantedImage, from pack: PackReader) throws -> MadeImage {
        if form.isWhole, form.givesDICOM { return try copy(image, from: pack) }
        if image.held.isDocument { return try document(image, from: pack) }
        return try withScratch(image, from: pack) { try derive(image, $0, header: $1) }
    }

    /// Removes what is no content.
    func clean() throws { try folder.discard(prefix + Self.scratchName) }

    private func copy(_ image: GrantedImage, from pack: PackReader) throws -> MadeImage {
        let path = "images/\(image.number).dcm"
        let header = try StoredCopy(image.stored, from: pack).write(to: try folder.begin(prefix + path))
        var made = begin(image, header)
        made.viewed.image = path
        made.files.append(released(path, image.stored.sha256, image.stored.byteCount, of: made))
        try rendering(&made) { (made) throws(PixelsError) in
            try addValues(&made, of: try source(prefix + path), header: header)
        }
        return made
    }

    /// A document goes as it is, where it has nothing of an image in it and says whose it is anyway.
    private func document(_ image: GrantedImage, from pack: PackReader) throws -> MadeImage {
        var made = begin(image, DataSet())
        if let reason = try reasonAgainst(document: image) {
            made.leftOut = reason
            return made
        }
        let bytes = try pack.bytes(at: image.stored.offset, count: Int(image.stored.byteCount))
        guard SHA256.digest(of: bytes) == image.stored.sha256 else {
            throw ArchiveError.damagedPack(
                path: pack.path, reason: "\(image.stored.sopInstanceUID) is not what was stored")
        }
        guard DocumentContent.hasNothingOfImages(bytes) else {
            made.leftOut = "it is a document that may hold pixels or what nobody knows"
            return made
        }
        let path = "images/\(image.number).dcm"
        made.viewed.image = path
        made.viewed.unrenderable = "This is a document, which has no picture."
        made.files.append(
            released(path, try folder.add(prefix + path, bytes), image.stored.byteCount, of: made))
        return made
    }

    private func reasonAgainst(document image: GrantedImage) throws -> String? {
        if !form.givesDICOM { return "it is a document, and only pictures are given" }
        if form.isDeidentified { return "it is a document, and what its words say of the patient cannot be taken away" }
        return image.stored.byteCount > Self.documentByteLimit ? "it is a document too large to be looked through" : nil
    }

    /// - Parameter header: Of the stored instance.
    private func derive(_ image: GrantedImage, _ stored: PixelSource, header: DataSet) throws -> MadeImage {
        var made = begin(image, header)
        if form.isDeidentified, header.values(.burnedInAnnotation).first == "YES" {
            made.leftOut = "text that may name the patient is written into its pixels"
            return made
        }
        do throws(PixelsError) {
            if form.givesDICOM { try addDerived(&made, from: stored) }
            if form.givesPictures || !form.hasStoredValues { try addPictures(&made, of: stored) }
        } catch {
            made = try leaveOut(made, error)
            return made
        }
        guard form.hasStoredValues else { return made }
        try rendering(&made) { (made) throws(PixelsError) in
            guard let file = made.viewed.image else { return try addValues(&made, of: stored, header: header) }
            try addValues(&made, of: try source(prefix + file), header: try head(of: prefix + file))
        }
        return made
    }

    private func leaveOut(_ made: MadeImage, _ error: PixelsError) throws -> MadeImage {
        guard case .unrenderable(let reason) = error else { throw StageError.unrendered(error) }
        for file in made.files { try folder.discard(prefix + file.path) }
        try folder.discard("\(prefix)images/\(made.source.number).dcm")
        var made = made
        made.files = []
        made.leftOut = reason
        return made
    }

    private func addDerived(_ made: inout MadeImage, from stored: PixelSource) throws(PixelsError) {
        let path = "images/\(made.source.number).dcm"
        let answer = try site.pixels.derive(stored, options: form.options, to: try target(prefix + path))
        guard let derived = answer.derived, let raster = answer.raster else {
            throw .unavailable("a derived file was not described")
        }
        let header = try head(of: prefix + path)
        let names = DeliveredNames(derived.sopInstanceUID, derived.seriesInstanceUID, derived.studyInstanceUID)
        let shown = form.hasStoredValues ? InstanceHeader(header).viewed(names.sopInstanceUID) : made.viewed
        let pseudonym = made.pseudonym
        made = MadeImage(made.source, names: names, viewed: shown)
        made.pseudonym = pseudonym
        made.viewed.image = path
        made.files.append(
            released(path, try sealed(prefix + path), Int64(raster.byteCount), of: made, changed: derived.changed))
    }

    /// All frames as pictures, at the density that is given.
    private func addPictures(_ made: inout MadeImage, of stored: PixelSource) throws(PixelsError) {
        let number = made.source.number
        let kind = form.givesPictures ? "images" : "rendered"
        var frame = 1
        var frameCount = 1
        repeat {
            let answer = try picture(stored, frame: frame, size: form.size)
            frameCount = answer.image.frameCount
            let path = "\(kind)/\(number)\(frameCount == 1 ? "" : "-\(frame)").png"
            try add(path, answer, to: &made)
            if frame == 1, let raster = answer.raster { scale(&made.viewed, to: raster, from: answer.image) }
            frame += 1
        } while frame <= frameCount
    }

    /// The sizes of what is shown, where it is shown at another density.
    private func scale(_ viewed: inout ViewedInstance, to raster: RasterDescription, from image: ImageDescription) {
        let isReduced = raster.rows != viewed.rows || raster.columns != viewed.columns
        if isReduced, let spacing = viewed.spacing {
            viewed.spacing = PixelDistance(
                row: spacing.row * Double(image.rows) / Double(raster.rows),
                column: spacing.column * Double(image.columns) / Double(raster.columns), kind: spacing.kind)
        }
        viewed.rows = raster.rows
        viewed.columns = raster.columns
        viewed.frames = image.frameCount
    }

    private func addValues(
        _ made: inout MadeImage, of source: PixelSource, header: DataSet
    ) throws(PixelsError) {
        let number = made.source.number
        let size = made.viewed.image == nil ? form.size : .full
        let pixels = try PixelFiles(pixels: site.pixels, folder: folder, base: prefix, source: source, size: size)
            .write(path: "pixels/\(number)", key: "\(pixelKey)\(number)")
        made.viewed.frames = pixels.image.frameCount
        let sides = size.sides(rows: pixels.image.rows, columns: pixels.image.columns)
        (made.viewed.rows, made.viewed.columns) = sides
        made.viewed.pixels = pixels.files
        made.viewed.grey = pixels.image.isColor ? [] : pixels.frames.map { GreyScale($0, header: header) }
        for (file, digest) in zip(pixels.files, pixels.digests) {
            made.files.append(
                ReleasedFile(path: file.path, sha256: digest.sha256, byteCount: digest.byteCount))
        }
    }

    /// A small picture for the page's list of series, from the middle frame of what was given.
    func addPreview(to made: inout MadeImage) throws {
        guard let image = made.viewed.image, made.viewed.unrenderable == nil, made.viewed.rendered.isEmpty else {
            return
        }
        try rendering(&made) { (made) throws(PixelsError) in
            let answer = try picture(
                try source(prefix + image), frame: (made.viewed.frames + 1) / 2, size: .fitting(Self.previewSide))
            try add("rendered/\(made.source.number).png", answer, to: &made)
        }
    }

    private func picture(_ source: PixelSource, frame: Int, size: OutputSize) throws(PixelsError) -> PixelAnswer {
        try site.pixels.render(source, frameNumber: frame, options: RenderOptions(size: size))
    }

    private func add(_ path: String, _ answer: PixelAnswer, to made: inout MadeImage) throws(PixelsError) {
        do {
            let digest = try folder.add(prefix + path, answer.bytes)
            let isImage = path.hasPrefix("images/")
            made.files.append(
                ReleasedFile(
                    path: path, sha256: digest, byteCount: Int64(answer.bytes.count),
                    sopInstanceUID: isImage ? made.names.sopInstanceUID : nil,
                    sourceSHA256: isImage ? made.source.stored.sha256 : nil, changed: isImage ? ["PixelData"] : []))
        } catch { throw .unavailable("\(error)") }
        made.viewed.rendered.append(path)
    }
}

extension ImageDelivery {
    private func begin(_ image: GrantedImage, _ header: DataSet) -> MadeImage {
        let names = DeliveredNames(image.stored, form)
        var made = MadeImage(image, names: names, viewed: InstanceHeader(header).viewed(names.sopInstanceUID))
        if form.isDeidentified {
            let patient = header.text(.patientID) ?? ""
            made.pseudonym =
                patient.isEmpty ? nil : form.uids.pseudonym(of: [header.text(.issuerOfPatientID) ?? "", patient])
        }
        return made
    }

    private func released(
        _ path: String, _ sha256: SHA256Digest, _ byteCount: Int64, of made: MadeImage, changed: [String] = []
    ) -> ReleasedFile {
        ReleasedFile(
            path: path, sha256: sha256, byteCount: byteCount, sopInstanceUID: made.names.sopInstanceUID,
            sourceSHA256: made.source.stored.sha256, changed: changed)
    }

    /// Notes why there is no picture of what is given all the same.
    private func rendering(_ made: inout MadeImage, _ body: (inout MadeImage) throws(PixelsError) -> Void) throws {
        do throws(PixelsError) { try body(&made) } catch {
            guard case .unrenderable(let reason) = error else { throw StageError.unrendered(error) }
            made.viewed.unrenderable = reason
        }
    }

    /// - Parameter body: Has a copy that is gone afterwards, and its attributes.
    private func withScratch(
        _ image: GrantedImage, from pack: PackReader, _ body: (PixelSource, DataSet) throws -> MadeImage
    ) throws -> MadeImage {
        let name = "\(prefix)\(Self.scratchName)/\(image.number)"
        let path = try folder.path(name)
        let header = try StoredCopy(image.stored, from: pack).write(to: try OpenFile.create(path))
        let made = try body(PixelSource(path: path), header)
        try folder.discard(name)
        return made
    }

    private func source(_ file: String) throws(PixelsError) -> PixelSource { PixelSource(path: try target(file)) }

    private func target(_ file: String) throws(PixelsError) -> String {
        do { return try folder.path(file) } catch { throw .unavailable("\(error)") }
    }

    private func sealed(_ file: String) throws(PixelsError) -> SHA256Digest {
        do { return try folder.seal(file) } catch { throw .unavailable("\(error)") }
    }

    /// The attributes of a file that was made.
    private func head(of file: String) throws(PixelsError) -> DataSet {
        do { return try FileHeader.attributes(ofFile: try folder.path(file)) } catch { throw .unavailable("\(error)") }
    }
}

extension StageError {
    /// That pixels cannot be had at the moment: it is tried again.
    static func unrendered(_ error: PixelsError) -> StageError { .unexpected(error.description) }
}
