// Pixel data is compared with its dimensions; no product overflows.

import DICOM
import Testing

struct PixelDataCheckTests {
    private func texts(rows: UInt16, columns: UInt16, frames: String = "1 ", byteCount: Int) throws -> [String] {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.add(0x0028_0002, "US", [1, 0])
        raw.add(0x0028_0008, "IS", frames)
        raw.addHeader(0x0028_0010, "US", 2)
        raw.add16(rows)
        raw.addHeader(0x0028_0011, "US", 2)
        raw.add16(columns)
        raw.add(0x0028_0100, "US", [16, 0])
        raw.add(0x7FE0_0010, "OW", [UInt8](repeating: 0, count: byteCount))
        return try Scanning.file(raw.bytes).remarks.map(\.text)
    }

    @Test func acceptsWhatFits() throws {
        #expect(try texts(rows: 4, columns: 4, byteCount: 32).isEmpty)
        #expect(try texts(rows: 4, columns: 4, frames: "2 ", byteCount: 64).isEmpty)
    }

    @Test func remarksOnMoreAndLess() throws {
        #expect(
            try texts(rows: 4, columns: 4, byteCount: 30) == [
                "the pixel data has 30 bytes, and its dimensions ask for 32"
            ])
        #expect(
            try texts(rows: 4, columns: 4, byteCount: 40) == [
                "the pixel data has 8 bytes more than its dimensions ask for"
            ])
        #expect(try texts(rows: 0, columns: 4, byteCount: 0).contains("the image has no rows or no columns"))
    }

    @Test func countsHugeDimensions() throws {
        let texts = try texts(rows: 65535, columns: 65535, frames: "2147483647", byteCount: 2)
        #expect(texts.count == 1)
    }
}
