// One archive, gone through from front to back: libarchive's reading with the format's rules over it.
//
// Counts every byte that comes out before handing it on. Holes come as zeros and count. After `next()`
// returned nil, or any error but `.damagedEntry`, it is done with.

internal import CArchive

final class Unpacker {
    private let open: () throws(BundleError) -> ArchiveHandle
    private var opened: ArchiveHandle?
    private let rules: any FormatRules
    private let meter: Meter
    private var count = 0
    private var reopened = 0
    private var isAtEntryEnd = true
    private var isBroken = false
    private var entry = RawEntry(nameBytes: [], kind: .directory, declaredByteCount: nil)
    private var delivered: Int64 = 0
    private var hole: Int64 = 0
    private var held: UnsafeRawBufferPointer?
    private(set) var end = ProperEnd.unknown

    var isZip: Bool { rules.isZip }

    init(
        rules: any FormatRules, meter: Meter, open: @escaping () throws(BundleError) -> ArchiveHandle
    ) {
        self.rules = rules
        self.meter = meter
        self.open = open
    }

    /// The next entry; nil at the archive's end, which `end` then judges.
    func next() throws(BundleError) -> RawEntry? {
        if rules.isEmpty {
            end = try rules.end(markOffset: 0, entryCount: 0)
            return nil
        }
        try leaveEntry()
        let handle = try current()
        switch try handle.nextHeader() {
        case .entry(let warning): return try accept(handle, warning)
        case .failed(let text): return try accept(handle, text)
        case .end:
            end = try rules.end(markOffset: handle.headerOffset, entryCount: count)
            return nil
        case .fatal(let text):
            if text.contains("ncrypt") || handle.isDirectoryEncrypted { throw .encrypted(text: text) }
            throw Damage.error(text, offset: handle.headerOffset)
        }
    }

    /// The reader, opened when it is first wanted: libarchive does not open an archive without entries.
    private func current() throws(BundleError) -> ArchiveHandle {
        if let opened { return opened }
        let handle = try open()
        opened = handle
        return handle
    }

    private func accept(_ handle: ArchiveHandle, _ warning: String?) throws(BundleError) -> RawEntry {
        guard let header = handle.entry else {
            throw .damagedArchive(text: warning ?? "an entry without a header", offset: handle.headerOffset)
        }
        var raw = EntryReading.raw(of: header, warning: warning)
        try rules.amend(&raw, index: count)
        count += 1
        entry = raw
        delivered = 0
        hole = 0
        held = nil
        isAtEntryEnd = false
        return raw
    }

    /// The next bytes of the entry, lent until the next call; nil at its end.
    ///
    /// - Throws: `.damagedEntry` when the entry is bad and others can still be read.
    func readBlock() throws(BundleError) -> UnsafeRawBufferPointer? {
        if hole > 0 { return try nextZeros() }
        if let bytes = held {
            held = nil
            return try deliver(bytes)
        }
        while !isAtEntryEnd {
            if let bytes = try readOnce() { return bytes }
        }
        return nil
    }

    /// One block; nil for an empty one and at the entry's end.
    private func readOnce() throws(BundleError) -> UnsafeRawBufferPointer? {
        switch try current().readBlock() {
        case .data(let bytes, let offset): return try take(bytes, at: offset)
        case .end(let offset): return try finishEntry(at: offset)
        case .failed(let text):
            isAtEntryEnd = true
            throw damaged(text)
        case .fatal(let text): throw breakOff(text)
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(BundleError) -> UnsafeRawBufferPointer?
    {
        guard offset > delivered else { return bytes.isEmpty ? nil : try deliver(bytes) }
        hole = offset - delivered
        held = bytes.isEmpty ? nil : bytes
        return try nextZeros()
    }

    private func nextZeros() throws(BundleError) -> UnsafeRawBufferPointer? {
        let count = Int(min(hole, Int64(Zeros.byteCount)))
        hole -= Int64(count)
        return try deliver(UnsafeRawBufferPointer(rebasing: Zeros.bytes[..<count]))
    }

    private func deliver(_ bytes: UnsafeRawBufferPointer) throws(BundleError) -> UnsafeRawBufferPointer? {
        delivered += Int64(bytes.count)
        if let declared = entry.declaredByteCount, delivered > declared {
            hole = 0
            held = nil
            isAtEntryEnd = true
            throw damaged("has more than the \(declared) bytes that its header declares")
        }
        try meter.addDelivered(bytes.count)
        return bytes
    }

    /// A hole may stand at an entry's very end; then all declared bytes must have come.
    private func finishEntry(at offset: Int64) throws(BundleError) -> UnsafeRawBufferPointer? {
        isAtEntryEnd = true
        if offset > delivered, let declared = entry.declaredByteCount, offset <= declared {
            hole = offset - delivered
            return try nextZeros()
        }
        if let declared = entry.declaredByteCount, delivered != declared {
            throw damaged("has \(delivered) bytes, its header declares \(declared)")
        }
        return nil
    }

    private func damaged(_ text: String) -> BundleError {
        .damagedEntry(path: NameText.text(of: entry.nameBytes, isZip: rules.isZip), text: text)
    }

    /// An entry that libarchive cannot get over: open the archive again behind it, where the format allows.
    private func breakOff(_ text: String) -> BundleError {
        isAtEntryEnd = true
        guard reopened < rules.reopenings else { return Damage.error(text, offset: opened?.headerOffset ?? 0) }
        isBroken = true
        return damaged(text)
    }

    private func leaveEntry() throws(BundleError) {
        if isBroken { return try reopen() }
        guard !isAtEntryEnd else { return }
        if rules.unpacksSkipped {
            try drain()
        } else if let text = try current().skip() {
            if reopened >= rules.reopenings { throw Damage.error(text, offset: opened?.headerOffset ?? 0) }
            try reopen()
        }
        isAtEntryEnd = true
    }

    private func drain() throws(BundleError) {
        do throws(BundleError) {
            while try readBlock() != nil {}
        } catch .damagedEntry {
            // The entry is being skipped: whoever skips it does not want to know how its bytes are.
            isAtEntryEnd = true
        }
    }

    private func reopen() throws(BundleError) {
        reopened += 1
        isBroken = false
        let handle = try open()
        opened = handle
        for _ in 0..<count {
            switch try handle.nextHeader() {
            case .entry, .failed: continue
            case .end, .fatal:
                throw .damagedArchive(text: "its entries change between two readings", offset: handle.headerOffset)
            }
        }
    }
}
