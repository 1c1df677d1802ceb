// CodecCall owns the calls into the C codecs: the output's memory, and the text of a failure.

internal import CCodecs
internal import Pixels

/// Calls of C functions that fill an output and may leave a message.
enum CodecCall {
    typealias Message = UnsafeMutablePointer<CChar>

    /// Runs a codec over its input.
    ///
    /// - Parameters:
    ///   - capacity: Bytes of the output, zeros before the call.
    ///   - body: Gives 0, or anything else after it wrote a message.
    /// - Returns: The output.
    /// - Throws: `.unrenderable` with the message.
    static func run(
        _ input: [UInt8], capacity: Int,
        _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, Message) -> Int32
    ) throws(PixelsError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: capacity)
        var message = [CChar](repeating: 0, count: Int(FILMROOM_MESSAGE_SIZE))
        let code = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                message.withUnsafeMutableBufferPointer { message -> Int32 in
                    guard let from = input.baseAddress, let to = output.baseAddress, let text = message.baseAddress
                    else { return -1 }
                    return body(from, to, text)
                }
            }
        }
        guard code == 0 else { throw .unrenderable(text(of: message)) }
        return output
    }

    static func text(of message: [CChar]) -> String {
        let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return bytes.isEmpty ? "the decoder failed" : String(decoding: bytes, as: UTF8.self)
    }
}
