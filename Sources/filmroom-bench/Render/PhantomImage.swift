// Makes images that look like a body part, so that codecs meet what they are made for.
//
// Pure: case and number decide every byte.

internal import CCodecs
import DICOM

/// Makes images to render.
struct PhantomImage {
    static let bits = 12

    let kind: RenderCase
    let number: Int

    private static let jpeg2000Lossless = TransferSyntax(uid: "1.2.840.10008.1.2.4.90", isEncapsulated: true)

    /// 16-bit pixels, row by row.
    var pixels: [UInt16] {
        PhantomPixels(rows: kind.size.rows, columns: kind.size.columns, seed: UInt64(number)).make()
    }

    /// The DICOM file.
    func file() throws(BenchError) -> [UInt8] {
        do throws(DICOMError) {
            var set = DataSet()
            try addAttributes(to: &set)
            guard kind == .jpeg2000 else {
                let bytes = pixels.withUnsafeBytes(Array.init)
                set.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(bytes)))
                return try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: set)
            }
            set.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], compressed()])))
            return try Part10Writer(transferSyntax: Self.jpeg2000Lossless).bytes(of: set)
        } catch {
            throw BenchError(error)
        }
    }

    private func addAttributes(to set: inout DataSet) throws(DICOMError) {
        let (rows, columns) = kind.size
        try set.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try set.set(.sopInstanceUID, "2.25.1\(number)")
        try set.set(.photometricInterpretation, "MONOCHROME2")
        try set.set(.windowCenter, "1700")
        try set.set(.windowWidth, "3200")
        let numbers: [(Tag, Int)] = [
            (.rows, rows), (.columns, columns), (.samplesPerPixel, 1), (.bitsAllocated, 16), (.bitsStored, Self.bits),
            (.highBit, Self.bits - 1), (.pixelRepresentation, 0),
        ]
        for (tag, number) in numbers { try set.set(tag, integers: [number]) }
    }

    /// The pixels as a codestream of even length.
    private func compressed() -> [UInt8] {
        let (rows, columns) = kind.size
        var memory: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: Int(FILMROOM_MESSAGE_SIZE))
        let code = filmroom_jpeg2000_encode(
            pixels, UInt32(columns), UInt32(rows), UInt32(Self.bits), &memory, &count, &message)
        defer { filmroom_codec_free(memory) }
        precondition(code == 0, "OpenJPEG encodes any image of 12 bits")
        let bytes = Array(UnsafeBufferPointer(start: memory, count: count))
        return bytes.count % 2 == 0 ? bytes : bytes + [0]
    }
}
