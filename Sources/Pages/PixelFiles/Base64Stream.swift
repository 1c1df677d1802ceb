// Base64 (RFC 4648 section 4), piece by piece. Pure.

/// Gathers bytes and gives their characters in large pieces. Memory: one piece.
struct Base64Stream {
    /// Bytes that wait for their characters; a piece of them is a multiple of 3.
    private var waiting = [UInt8](repeating: 0, count: Self.pieceByteCount)
    private var waitingCount = 0
    private var characters = [UInt8](repeating: 0, count: Self.pieceByteCount / 3 * 4)

    private static let pieceByteCount = 48 << 10
    /// Two characters for each 12 bits, the first in the lower byte, as they lie in memory.
    private static let pairs: [UInt16] = {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.map { UInt16($0) }
        return (0..<4096).map { alphabet[$0 >> 6] | alphabet[$0 & 63] << 8 }
    }()

    /// Of bytes that are all at hand.
    static func text(_ bytes: [UInt8]) -> String {
        var stream = Self()
        var text = ""
        let add = { (piece: UnsafeRawBufferPointer) in text += String(decoding: piece, as: UTF8.self) }
        bytes.withUnsafeBytes { stream.append($0, write: add) }
        stream.finish(write: add)
        return text
    }

    mutating func append<Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            let taken = min(rest.count, Self.pieceByteCount - waitingCount)
            waiting.withUnsafeMutableBytes { waiting in
                UnsafeMutableRawBufferPointer(rebasing: waiting[waitingCount...]).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: rest.prefix(taken)))
            }
            waitingCount += taken
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
            if waitingCount == Self.pieceByteCount { try give(write) }
        }
    }

    /// The last characters, with their padding.
    mutating func finish<Failure: Error>(
        write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let padding = (3 - waitingCount % 3) % 3
        for index in waitingCount..<waitingCount + padding { waiting[index] = 0 }
        waitingCount += padding
        try give(padding: padding, write)
    }

    private mutating func give<Failure: Error>(
        padding: Int = 0, _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let count = waitingCount / 3 * 4
        waiting.withUnsafeBytes { input in
            characters.withUnsafeMutableBytes { output in
                Self.pairs.withUnsafeBufferPointer { Self.encode(input, count: waitingCount, $0, into: output) }
            }
        }
        for index in count - padding..<count { characters[index] = UInt8(ascii: "=") }
        waitingCount = 0
        let result = characters.withUnsafeBytes { characters in
            Result { () throws(Failure) in try write(UnsafeRawBufferPointer(rebasing: characters.prefix(count))) }
        }
        try result.get()
    }

    /// - Parameter count: Of the bytes to encode, a multiple of 3.
    private static func encode(
        _ input: UnsafeRawBufferPointer, count: Int, _ pairs: UnsafeBufferPointer<UInt16>,
        into output: UnsafeMutableRawBufferPointer
    ) {
        var (place, index) = (0, 0)
        // Six bytes of the eight that are loaded at once.
        while index + 8 <= count {
            let bits = UInt64(bigEndian: input.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let first = UInt64(pairs[Int(bits &>> 52)]) | UInt64(pairs[Int(bits &>> 40 & 4095)]) &<< 16
            let second = UInt64(pairs[Int(bits &>> 28 & 4095)]) | UInt64(pairs[Int(bits &>> 16 & 4095)]) &<< 16
            output.storeBytes(of: first | second &<< 32, toByteOffset: place, as: UInt64.self)
            index += 6
            place += 8
        }
        while index < count {
            let bits = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
            output.storeBytes(of: pairs[bits >> 12], toByteOffset: place, as: UInt16.self)
            output.storeBytes(of: pairs[bits & 4095], toByteOffset: place + 2, as: UInt16.self)
            index += 3
            place += 4
        }
    }
}
