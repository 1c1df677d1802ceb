// Palette owns the three colour tables of PALETTE COLOR, plain or segmented, as 8-bit entries.

internal import DICOM
internal import Pixels

/// The colours of indices.
///
/// - Source: DICOM PS3.3 section C.7.6.3.1.5; section C.7.9.2 for segmented tables.
struct Palette: Sendable {
    private let firstMapped: Int
    /// Red, green, blue; each with at least one entry.
    private let tables: [[UInt8]]

    /// - Throws: `.unrenderable` when a table is missing or does not fit its descriptor.
    init(_ dataSet: DataSet) throws(PixelsError) {
        let places: [(Tag, Tag, Tag)] = [
            (
                .redPaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData,
                .segmentedRedPaletteColorLookupTableData
            ),
            (
                .greenPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableData,
                .segmentedGreenPaletteColorLookupTableData
            ),
            (
                .bluePaletteColorLookupTableDescriptor, .bluePaletteColorLookupTableData,
                .segmentedBluePaletteColorLookupTableData
            ),
        ]
        var tables: [[UInt8]] = []
        var first = 0
        for (descriptorTag, dataTag, segmentedTag) in places {
            guard let descriptor = dataSet[descriptorTag], let raw = descriptor.bytes, raw.count >= 6 else {
                throw .unrenderable("a palette's descriptor is missing")
            }
            let words = LookupTable.words(raw)
            if tables.isEmpty { first = descriptor.vr == .ss ? Int(Int16(bitPattern: words[1])) : Int(words[1]) }
            let shape = (count: words[0] == 0 ? 0x10000 : Int(words[0]), bits: Int(words[2]))
            tables.append(try Self.table(dataSet[dataTag]?.bytes, dataSet[segmentedTag]?.bytes, shape))
        }
        self.tables = tables
        firstMapped = first
    }

    private static func table(
        _ plain: [UInt8]?, _ segmented: [UInt8]?, _ shape: (count: Int, bits: Int)
    ) throws(PixelsError) -> [UInt8] {
        if let plain, plain.count >= shape.count * 2 {
            return LookupTable.words(plain).prefix(shape.count).map { UInt8($0 >> 8) }
        }
        if let plain, plain.count >= shape.count { return Array(plain.prefix(shape.count)) }
        guard let segmented, shape.bits == 8 || shape.bits == 16 else {
            throw .unrenderable("a palette's table is missing or shorter than its descriptor says")
        }
        let words = shape.bits == 16 ? LookupTable.words(segmented) : segmented.map(UInt16.init)
        let expanded = try SegmentedTable(words: words, bits: shape.bits).expanded(limit: 0x10000)
        guard expanded.count >= shape.count else {
            throw .unrenderable("a segmented palette's table is shorter than its descriptor says")
        }
        return expanded.prefix(shape.count).map { shape.bits == 16 ? UInt8($0 >> 8) : UInt8(truncatingIfNeeded: $0) }
    }

    /// Three bytes for each index.
    func colors(_ indices: Words, isSigned: Bool) -> [UInt8] {
        var byPattern = [UInt8](repeating: 0, count: 0x10000 * 3)
        for pattern in 0..<0x10000 {
            let index = GreyFrame.number(UInt16(pattern), isSigned: isSigned) - firstMapped
            for (color, table) in tables.enumerated() {
                byPattern[pattern * 3 + color] = table[min(max(index, 0), table.count - 1)]
            }
        }
        return [UInt8](unsafeUninitializedCapacity: indices.count * 3) { pixels, filled in
            byPattern.withUnsafeBufferPointer { colors in
                indices.withWords { indices in
                    for (pixel, index) in indices.enumerated() {
                        for color in 0..<3 { pixels[pixel * 3 + color] = colors[Int(index) * 3 + color] }
                    }
                }
            }
            filled = indices.count * 3
        }
    }
}
