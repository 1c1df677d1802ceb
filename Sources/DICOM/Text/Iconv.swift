// Iconv owns the system library's character conversion. A conversion that is not installed answers nil, since
// minimal systems lack the tables; bytes that do not convert become U+FFFD, one for each byte. It never throws.

internal import Glibc

/// The conversion between a named encoding and UTF-8.
enum Iconv {
    /// Text in UTF-8, and whether every byte had a meaning.
    struct Converted {
        var text: String
        var isFaithful: Bool
    }

    /// Decodes bytes of `encoding` (a name that iconv knows).
    ///
    /// - Returns: nil when the system cannot convert that encoding.
    static func decode(_ bytes: [UInt8], from encoding: String) -> Converted? {
        guard !bytes.isEmpty else { return Converted(text: "", isFaithful: true) }
        guard let output = convert(bytes, from: encoding, to: "UTF-8", replacement: [0xEF, 0xBF, 0xBD]) else {
            return nil
        }
        return Converted(text: String(decoding: output.bytes, as: UTF8.self), isFaithful: output.isFaithful)
    }

    /// Encodes text.
    ///
    /// - Returns: nil when a character has no code in `encoding`, or the system cannot convert to it.
    static func encode(_ text: String, to encoding: String) -> [UInt8]? {
        guard let output = convert(Array(text.utf8), from: "UTF-8", to: encoding, replacement: []), output.isFaithful
        else {
            return nil
        }
        return output.bytes
    }

    private static func convert(
        _ input: [UInt8], from source: String, to target: String, replacement: [UInt8]
    ) -> (bytes: [UInt8], isFaithful: Bool)? {
        guard let converter = iconv_open(target, source), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var output: [UInt8] = []
        output.reserveCapacity(input.count * 2)
        var isFaithful = true
        var start = 0
        while start < input.count {
            let step = convertRun(input, from: start, with: converter, into: &output)
            start = step.next
            guard step.isStopped else { continue }
            isFaithful = false
            output.append(contentsOf: replacement)
            start += 1
            iconv(converter, nil, nil, nil, nil)
        }
        return (output, isFaithful)
    }

    /// Converts until the input ends, the buffer is full, or a byte has no meaning.
    private static func convertRun(
        _ input: [UInt8], from start: Int, with converter: iconv_t, into output: inout [UInt8]
    ) -> (next: Int, isStopped: Bool) {
        var source = input[start...].map { CChar(bitPattern: $0) }
        var buffer = [CChar](repeating: 0, count: 1024)
        var sourceLeft = source.count
        var bufferLeft = buffer.count
        var code = 0
        var isFull = false
        source.withUnsafeMutableBufferPointer { source in
            buffer.withUnsafeMutableBufferPointer { buffer in
                var from = source.baseAddress
                var to = buffer.baseAddress
                code = iconv(converter, &from, &sourceLeft, &to, &bufferLeft)
                isFull = code == -1 && errno == E2BIG
            }
        }
        output.append(contentsOf: buffer.prefix(buffer.count - bufferLeft).map { UInt8(bitPattern: $0) })
        return (input.count - sourceLeft, code == -1 && !isFull)
    }
}
