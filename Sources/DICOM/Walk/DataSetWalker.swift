// DataSetWalker owns the walk over the elements of a data set, pushed in chunks of any size. Memory: one small buffer
// for a header that is cut by a chunk's end, and one frame a nesting level; values pass by.
// Invariant: `position` is the offset of the next byte to take, whatever the chunking. It never allocates for an
// element, and never looks into a value.

/// The incremental parser beneath every reader of this module.
///
/// - Source: DICOM PS3.5 chapter 7; PS3.10 section 7.1 for the file meta information.
struct DataSetWalker<Visitor: ElementVisitor & Sendable>: Sendable {
    var visitor: Visitor
    let limits: ScanLimits
    /// Offset of the next byte to take.
    private(set) var position: UInt64
    /// True while only group 0002 is to be walked.
    let isMeta: Bool
    /// False when the encoding is only a guess, whose correction is no finding.
    let isEncodingDeclared: Bool
    /// The first tag of the root data set that is not to be walked; nil to walk to the end.
    let stopTag: Tag?
    /// True when a meta walk met the first element after group 0002, or another walk met `stopTag`.
    private(set) var hasStopped = false

    var frame: ContainerFrame
    var outer: [ContainerFrame] = []
    var sequenceDepth = 0
    var elementCount: UInt64 = 0
    var order = TopLevelOrder()
    var trailing: TrailingBytes?

    private var pendingByteCount: UInt64 = 0
    private var isPendingWanted = false
    private var pendingTag: Tag?
    private var pendingOffset: UInt64 = 0
    private var carry: [UInt8] = []

    init(
        visitor: Visitor, limits: ScanLimits, position: UInt64, encoding: ElementEncoding, isMeta: Bool,
        isEncodingDeclared: Bool, stopTag: Tag?
    ) {
        self.stopTag = stopTag
        self.visitor = visitor
        self.limits = limits
        self.position = position
        self.isMeta = isMeta
        self.isEncodingDeclared = isEncodingDeclared
        frame = ContainerFrame(
            kind: .dataSet, encoding: encoding, limit: ContainerFrame.unlimited, hasDefinedLength: false, tag: nil,
            offset: position)
    }

    /// Takes the next bytes of the file.
    ///
    /// - Returns: How many were taken; fewer than given only when the walk has stopped.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) -> Int {
        var index = 0
        while index < bytes.count, !hasStopped {
            if carry.isEmpty {
                let used = try walk(UnsafeRawBufferPointer(rebasing: bytes[index...]))
                index += used
                if hasStopped { break }
                carry.append(contentsOf: bytes[index...])
                return bytes.count
            }
            index += try walkCarried(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        }
        return index
    }

    /// Walks a header that earlier chunks began.
    ///
    /// - Returns: How many of `bytes` were taken.
    private mutating func walkCarried(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) -> Int {
        let oldCount = carry.count
        let added = min(bytes.count, ElementHeader.maximumByteCount - oldCount)
        var joined = carry
        joined.append(contentsOf: bytes.prefix(added))
        carry.removeAll(keepingCapacity: true)
        let used = try joined.withBytes { (joined) throws(DICOMError) in try walk(joined) }
        if used >= oldCount { return used - oldCount }
        if hasStopped {
            carry.append(contentsOf: joined[used..<oldCount])
            return 0
        }
        carry.append(contentsOf: joined[used...])
        return added
    }

    /// The bytes held back for an incomplete header, given away.
    mutating func takeCarried() -> [UInt8] {
        defer { carry.removeAll() }
        return carry
    }

    /// Walks as far as whole headers reach.
    private mutating func walk(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) -> Int {
        var index = 0
        while true {
            if pendingByteCount > 0 {
                guard index < bytes.count else { return index }
                try takeValue(bytes, &index)
                continue
            }
            if position >= frame.limit {
                closeFrame()
                continue
            }
            if trailing != nil {
                trailing?.take(UnsafeRawBufferPointer(rebasing: bytes[index...]))
                try refuseBadTrailing()
                position += UInt64(bytes.count - index)
                return bytes.count
            }
            guard bytes.count - index >= 8 else { return index }
            if frame.childCount == 0 { settleEncoding(bytes, at: index) }
            guard
                let header = ElementHeader.decode(bytes, at: index, offset: position, encoding: frame.encoding)
            else { return index }
            if outer.isEmpty {
                hasStopped = isMeta ? header.tag.group != 2 : isPastStop(header.tag)
                if hasStopped { return index }
                if startsTrailing(header) { continue }
            }
            index += header.byteCount
            position += UInt64(header.byteCount)
            try accept(header)
        }
    }

    /// A stray item or delimiter, whose group is the highest, is not past anything.
    private func isPastStop(_ tag: Tag) -> Bool {
        guard let stopTag else { return false }
        return tag >= stopTag && tag.group != 0xFFFE
    }

    @inline(__always)
    private mutating func takeValue(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) throws(DICOMError) {
        let count = Int(min(pendingByteCount, UInt64(bytes.count - index)))
        if isPendingWanted {
            try visitor.value(UnsafeRawBufferPointer(rebasing: bytes[index..<index + count]))
        }
        index += count
        position += UInt64(count)
        pendingByteCount -= UInt64(count)
        if pendingByteCount == 0, isPendingWanted { try visitor.valueEnded() }
    }

    /// Bytes of an unwanted value that come next: a reader that can seek passes them over by `skip`.
    var skippableByteCount: UInt64 { isPendingWanted || !carry.isEmpty ? 0 : pendingByteCount }

    /// Passes over bytes of an unwanted value that are never given to `consume`.
    mutating func skip(_ byteCount: UInt64) {
        precondition(byteCount <= skippableByteCount)
        position += byteCount
        pendingByteCount -= byteCount
    }

    /// Has the next `byteCount` bytes pass as a value.
    @inline(__always)
    mutating func expectValue(_ byteCount: UInt64, isWanted: Bool, tag: Tag?, offset: UInt64) throws(DICOMError) {
        pendingByteCount = byteCount
        isPendingWanted = isWanted
        pendingTag = tag
        pendingOffset = offset
        if byteCount == 0, isWanted { try visitor.valueEnded() }
    }

    /// Ends the walk.
    ///
    /// - Throws: `.truncated` when an element or a container is still open.
    mutating func finish() throws(DICOMError) {
        if pendingByteCount > 0 {
            throw .truncated(tag: pendingTag, offset: pendingOffset, missingByteCount: pendingByteCount)
        }
        if !outer.isEmpty {
            let missing = frame.limit == ContainerFrame.unlimited ? nil : frame.limit - position
            throw .truncated(tag: frame.tag, offset: position, missingByteCount: missing)
        }
        guard !carry.isEmpty else { return }
        guard order.hasPixelData || carry.allSatisfy({ $0 == 0 }) else {
            throw .truncated(tag: nil, offset: position, missingByteCount: nil)
        }
        var rest = trailing ?? TrailingBytes(offset: position, isPaddingOnly: false)
        carry.withBytes { rest.take($0) }
        trailing = rest
    }
}
