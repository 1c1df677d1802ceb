// Part10Walker owns the way through a whole file: form, file meta information, transfer syntax, data set (inflated
// when deflated). It has no knowledge of what its visitor keeps. Once it has thrown, it throws the same again.
// Memory: at most 1 KiB before the form is known, afterwards a header's bytes.

/// The incremental reader of a file, for any visitor.
///
/// - Source: DICOM PS3.10 section 7.1; PS3.5 section 10 and annex A.
struct Part10Walker<Visitor: ElementVisitor & Sendable>: Sendable {
    private enum Phase: Sendable {
        case prefix, meta, dataSet
    }

    private(set) var walker: DataSetWalker<Visitor>
    private(set) var form: FileForm?
    /// The transfer syntax that the data set is read with; nil before that is known.
    private(set) var syntax: TransferSyntax?
    /// Bytes of the file taken so far.
    private(set) var byteCount: UInt64 = 0
    private(set) var failure: DICOMError?
    private var phase = Phase.prefix
    private var prefix: [UInt8] = []
    private var inflater: Inflater?
    private var isSyntaxUnknown = false
    private var misplacedMetaOffset: Int?
    private var metaStart: UInt64 = 0

    private let stopTag: Tag?
    /// Where the data set, or its deflated stream, starts in the file; nil before that is known.
    private(set) var dataSetOffset: UInt64?

    /// - Parameter stopTag: The first tag of the data set that is not wanted; nil to read to the end of the file.
    init(visitor: Visitor, limits: ScanLimits, stopTag: Tag? = nil) {
        self.stopTag = stopTag
        walker = DataSetWalker(
            visitor: visitor, limits: limits, position: 0, encoding: .explicitLittleEndian, isMeta: true,
            isEncodingDeclared: true, stopTag: nil)
    }

    /// Bytes after the data set, also those after the end of a deflated stream.
    var trailingByteCount: UInt64 {
        // A deflated stream of odd length has one byte of padding (PS3.5 annex A.5).
        let afterStream = inflater.map { $0.trailingByteCount == 1 ? 0 : $0.trailingByteCount } ?? 0
        return (walker.trailing?.byteCount ?? 0) + afterStream
    }

    mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        if let failure { throw failure }
        byteCount += UInt64(bytes.count)
        do throws(DICOMError) { try route(bytes) } catch { throw fail(error) }
    }

    /// Ends the file.
    mutating func finish() throws(DICOMError) {
        if let failure { throw failure }
        do throws(DICOMError) { try complete() } catch { throw fail(error) }
    }

    /// Bytes that come next and that nobody wants to see: a reader that can seek passes them over by `skip`.
    var skippableByteCount: UInt64 {
        phase == .dataSet && inflater == nil && failure == nil && !walker.hasStopped ? walker.skippableByteCount : 0
    }

    /// Passes over bytes of the file that are never given to `consume`.
    mutating func skip(_ count: UInt64) {
        walker.skip(count)
        byteCount += count
    }

    private mutating func fail(_ error: DICOMError) -> DICOMError {
        var error = error
        if isSyntaxUnknown, let uid = syntax?.uid {
            switch error {
            case .truncated(let tag, let offset, _), .malformed(let tag, let offset, _):
                error = .unsupportedTransferSyntax(uid: uid, tag: tag, offset: offset, text: error.text)
            default: break
            }
        }
        failure = error
        return error
    }

    private mutating func route(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        guard phase == .prefix else { return try feed(bytes) }
        if prefix.isEmpty, FileForm.hasMagic(bytes, at: FileForm.magicOffset) {
            return try begin(bytes)
        }
        let wanted = min(bytes.count, FileForm.prefixByteCount - prefix.count)
        prefix.append(contentsOf: bytes.prefix(wanted))
        guard prefix.count == FileForm.prefixByteCount || hasPrefixMagic else { return }
        try beginWithPrefix()
        try feed(UnsafeRawBufferPointer(rebasing: bytes[wanted...]))
    }

    private var hasPrefixMagic: Bool {
        prefix.count >= 132 && prefix[128..<132].elementsEqual("DICM".utf8)
    }

    private mutating func beginWithPrefix() throws(DICOMError) {
        let bytes = prefix
        prefix = []
        try bytes.withBytes { (bytes) throws(DICOMError) in try begin(bytes) }
    }

    /// Decides the form and takes the bytes that decided it.
    private mutating func begin(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        let decided = FileForm.form(ofPrefix: UnsafeRawBufferPointer(rebasing: bytes.prefix(FileForm.prefixByteCount)))
        form = decided
        phase = .meta
        switch decided {
        case .part10:
            if !FileForm.hasMagic(bytes, at: FileForm.magicOffset) {
                misplacedMetaOffset = FileForm.misplacedMetaOffset(bytes)
            }
            metaStart = UInt64(misplacedMetaOffset ?? FileForm.magicOffset + 4)
        case .metaWithoutPreamble, .bareDataSet: metaStart = 0
        case .notDICOM: throw .notDICOM(offset: 0, text: "neither a DICOM file nor a bare data set")
        }
        walker = DataSetWalker(
            visitor: walker.visitor, limits: walker.limits, position: metaStart, encoding: .explicitLittleEndian,
            isMeta: true, isEncodingDeclared: true, stopTag: nil)
        try feed(UnsafeRawBufferPointer(rebasing: bytes[Int(metaStart)...]))
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        guard phase == .meta else { return try feedDataSet(bytes) }
        let used = try walker.consume(bytes)
        guard walker.hasStopped else { return }
        let carried = walker.takeCarried()
        try beginDataSet()
        try carried.withBytes { (carried) throws(DICOMError) in try feedDataSet(carried) }
        try feedDataSet(UnsafeRawBufferPointer(rebasing: bytes[used...]))
    }

    private mutating func feedDataSet(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        guard !bytes.isEmpty, !walker.hasStopped else { return }
        guard inflater != nil else {
            _ = try walker.consume(bytes)
            return
        }
        if !isKnownUniquelyReferenced(&inflater) { inflater = try inflater?.copied() }
        try inflater?.inflate(bytes) { (inflated) throws(DICOMError) in _ = try walker.consume(inflated) }
    }

    /// Chooses the transfer syntax and starts the walk over the data set.
    private mutating func beginDataSet() throws(DICOMError) {
        phase = .dataSet
        dataSetOffset = walker.position
        noteMeta()
        let declared = walker.visitor.declaredTransferSyntaxUID ?? ""
        let chosen = chooseSyntax(declared)
        syntax = chosen
        var visitor = walker.visitor
        visitor.metaEnded()
        if chosen.isDeflated { inflater = try Inflater(limits: walker.limits) }
        walker = DataSetWalker(
            visitor: visitor, limits: walker.limits, position: chosen.isDeflated ? 0 : walker.position,
            encoding: chosen.encoding, isMeta: false, isEncodingDeclared: !declared.isEmpty && !isSyntaxUnknown,
            stopTag: stopTag)
    }

    private mutating func chooseSyntax(_ declared: String) -> TransferSyntax {
        if let known = TransferSyntax.known(declared) { return known }
        if declared.isEmpty {
            if form != .bareDataSet {
                walker.visitor.remark(
                    .transferSyntaxUID, nil, "no transfer syntax is declared; it is told from the data set")
            }
            return .implicitVRLittleEndian
        }
        isSyntaxUnknown = true
        walker.visitor.defect(
            .transferSyntaxUID, nil, "the transfer syntax \(declared) is unknown; read as explicit VR little endian")
        return TransferSyntax(uid: declared)
    }

    private mutating func noteMeta() {
        guard form != .bareDataSet else { return }
        if form == .metaWithoutPreamble {
            walker.visitor.remark(nil, 0, "the preamble and the prefix DICM are missing")
        }
        let actual = Int(walker.position - metaStart) - 12
        guard let declared = walker.visitor.declaredMetaByteCount else {
            walker.visitor.remark(.fileMetaInformationGroupLength, metaStart, "the group length is missing")
            return
        }
        if declared > 0, let end = walker.visitor.transferSyntaxEnd, metaStart + 12 + UInt64(declared) < end {
            walker.visitor.defect(
                .fileMetaInformationGroupLength, metaStart,
                "the group length says \(declared), which ends the group before its transfer syntax; it has \(actual)")
        } else if declared != actual {
            walker.visitor.remark(
                .fileMetaInformationGroupLength, metaStart, "the group length says \(declared), the group has \(actual)"
            )
        }
    }

    private mutating func complete() throws(DICOMError) {
        if phase == .prefix { try beginWithPrefix() }
        if phase == .meta {
            try walker.finish()
            throw .truncated(tag: nil, offset: byteCount, missingByteCount: nil)
        }
        if walker.hasStopped { return }
        if let inflater, !inflater.hasEnded {
            throw .truncated(tag: nil, offset: inflater.outputTotal, missingByteCount: nil)
        }
        try walker.finish()
        if let misplacedMetaOffset {
            throw .malformed(
                tag: nil, offset: UInt64(misplacedMetaOffset), text: "the prefix DICM is missing or not at offset 128")
        }
    }
}
