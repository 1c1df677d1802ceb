// CapturedValues owns the bytes of the captured elements: one arena, and for each element of the selection where its
// value lies in it. Text is decoded when asked for, not while scanning. A repeated element keeps its last value.

/// The captured elements of one file.
struct CapturedValues: Sendable, Hashable {
    /// Where one value lies.
    private struct Slot: Sendable, Hashable {
        var start: Int32 = -1
        var count: Int32 = 0
        var vr: VR = .un
        var isBigEndian = false
        var offset: UInt64 = 0
    }

    private var slots = [Slot](repeating: Slot(), count: CatalogueSelection.count)
    private var arena: [UInt8] = []
    private var current = 0

    init() {
        arena.reserveCapacity(1024)
    }

    /// Starts the value of a slot; what it held before is forgotten.
    mutating func begin(_ slot: Int, header: ElementHeader) {
        let declared = header.vr ?? .un
        let vr = declared == .un || declared == .sq ? CatalogueSelection.vr(ofSlot: slot) : declared
        let isBigEndian = header.encoding.isBigEndian && declared != .un
        slots[slot] = Slot(start: Int32(arena.count), vr: vr, isBigEndian: isBigEndian, offset: header.offset)
        current = slot
    }

    /// Adds bytes to the value begun last.
    mutating func append(_ bytes: some Collection<UInt8>) {
        arena.append(contentsOf: bytes)
        slots[current].count += Int32(bytes.count)
    }

    var arenaByteCount: Int { arena.count }
    func isPresent(_ slot: Int) -> Bool { slots[slot].start >= 0 }
    func byteCount(_ slot: Int) -> Int { Int(slots[slot].count) }
    func offset(_ slot: Int) -> UInt64 { slots[slot].offset }
    func vr(_ slot: Int) -> VR { slots[slot].vr }
    func isBigEndian(_ slot: Int) -> Bool { slots[slot].isBigEndian }

    /// The bytes of a captured value; empty when absent.
    func bytes(_ slot: Int) -> ArraySlice<UInt8> {
        let place = slots[slot]
        guard place.start >= 0 else { return [] }
        return arena[Int(place.start)..<Int(place.start + place.count)]
    }

    /// The texts of a value; nil when the element is absent, empty when it has no bytes.
    func strings(_ tag: Tag) -> [String]? {
        guard let slot = CatalogueSelection.slot(of: tag), isPresent(slot) else { return nil }
        let set = vr(slot).usesCharacterSet ? characterSet : .standard
        return ValueText.strings(
            Array(bytes(slot)), vr: vr(slot), isBigEndian: isBigEndian(slot), characterSet: set)
    }

    /// What (0008,0005) declares.
    var characterSet: SpecificCharacterSet {
        guard let slot = CatalogueSelection.slot(of: .specificCharacterSet), byteCount(slot) > 0 else {
            return .standard
        }
        let terms = ValueText.strings(Array(bytes(slot)), vr: .cs, characterSet: .standard)
        return SpecificCharacterSet(terms: terms)
    }
}
