// Text in other encodings than UTF-8, by iconv.
//
// Strict: bytes that the encoding does not have make the whole answer nil.

import Glibc

enum Charset {
    /// Decodes bytes.
    ///
    /// - Parameter name: The encoding's name as iconv has it.
    /// - Returns: nil when iconv lacks the encoding, or the bytes do not fit it.
    static func decode(_ bytes: [UInt8], from name: String) -> String? {
        let converter = iconv_open("UTF-8", name)
        guard let converter, Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var output = [UInt8](repeating: 0, count: bytes.count * 4 + 8)
        var input = bytes.map { CChar(bitPattern: $0) }
        var inputLeft = input.count
        var outputLeft = output.count
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBytes { target in
                var sourceStart = source.baseAddress
                var targetStart = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(converter, &sourceStart, &inputLeft, &targetStart, &outputLeft)
            }
        }
        guard result >= 0, inputLeft == 0 else { return nil }
        return String(validating: output[..<(output.count - outputLeft)], as: UTF8.self)
    }
}
