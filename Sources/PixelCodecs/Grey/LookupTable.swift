// LookupTable owns a modality or VOI LUT: consecutive entries from a first mapped value on. Values outside take the
// nearest end.

internal import DICOM

/// A table of grey values.
///
/// - Source: DICOM PS3.3 sections C.11.1.1 and C.11.2.1.1.
struct LookupTable: Hashable, Sendable {
    let firstMapped: Int
    let entries: [UInt16]
    /// Bits of an entry.
    let bits: Int

    /// The table of a sequence item; nil when its descriptor and data do not fit each other.
    init?(_ item: DataSet) {
        guard let descriptor = item[.lutDescriptor], let raw = descriptor.bytes, raw.count >= 6,
            let data = item[.lutData]?.bytes
        else { return nil }
        let words = Self.words(raw)
        let count = words[0] == 0 ? 0x10000 : Int(words[0])
        firstMapped = descriptor.vr == .ss ? Int(Int16(bitPattern: words[1])) : Int(words[1])
        bits = Int(words[2])
        guard (8...16).contains(bits), let entries = Self.entries(data, count: count) else { return nil }
        self.entries = entries
    }

    /// Entries of words, or of single bytes as some writers pack those of 8 bits.
    static func entries(_ data: [UInt8], count: Int) -> [UInt16]? {
        if data.count >= count * 2 { return Array(words(data).prefix(count)) }
        if data.count >= count { return data.prefix(count).map(UInt16.init) }
        return nil
    }

    static func words(_ bytes: [UInt8]) -> [UInt16] {
        (0..<bytes.count / 2).map { UInt16(bytes[$0 * 2]) | UInt16(bytes[$0 * 2 + 1]) << 8 }
    }

    /// The entry of a value; a fraction between two entries takes the lower.
    func entry(_ value: Double) -> Double {
        guard value > Double(firstMapped) else { return Double(entries[0]) }
        let index = value - Double(firstMapped)
        return Double(index < Double(entries.count) ? entries[Int(index)] : entries[entries.count - 1])
    }

    /// The value that the most bits can hold.
    var maximum: Double { Double(1 << bits - 1) }
}
