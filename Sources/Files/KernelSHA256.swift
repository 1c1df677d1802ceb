// SHA-256 by the kernel in CDigest, over bytes that come in pieces.
//
// Owns the state, the bytes of a block that is not full yet, and the padding. Only where `isSupported`.

internal import CDigest

/// A running SHA-256 of the kernel; two of them advance together over the same bytes.
///
/// - Source: FIPS 180-4 sections 5.1.1, 5.3.3 and 6.2.
final class KernelSHA256 {
    static let isSupported = filmroom_sha256_has_kernel() != 0

    private static let blockByteCount = 64
    private static let lengthOffset = 56
    private static let initial: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    private let state = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 8)
    /// The block that is not full yet, and how many bytes of it are there.
    private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockByteCount, alignment: 16)
    private var blockCount = 0
    private var byteCount: UInt64 = 0

    init() {
        precondition(Self.isSupported, "this processor has no SHA extensions")
        restart()
    }

    deinit {
        state.deallocate()
        block.deallocate()
    }

    /// Forgets what was taken in.
    func restart() {
        _ = state.update(fromContentsOf: Self.initial)
        blockCount = 0
        byteCount = 0
    }

    /// Takes in more bytes.
    func update(_ bytes: UnsafeRawBufferPointer) {
        let rest = fillBlock(from: bytes)
        let blocks = rest.count / Self.blockByteCount
        if blocks > 0 { filmroom_sha256_blocks(state.baseAddress, rest.baseAddress, blocks) }
        keep(rest[(blocks * Self.blockByteCount)...])
    }

    /// Takes the same bytes into both: in one pass where their blocks begin at the same byte.
    static func update(_ first: KernelSHA256, _ second: KernelSHA256, _ bytes: UnsafeRawBufferPointer) {
        guard first.blockCount == second.blockCount else {
            first.update(bytes)
            second.update(bytes)
            return
        }
        let rest = first.fillBlock(from: bytes)
        _ = second.fillBlock(from: bytes)
        let blocks = rest.count / blockByteCount
        if blocks > 0 {
            filmroom_sha256_blocks_paired(
                first.state.baseAddress, second.state.baseAddress, rest.baseAddress, blocks)
        }
        first.keep(rest[(blocks * blockByteCount)...])
        second.keep(rest[(blocks * blockByteCount)...])
    }

    /// Goes on as if it had taken in what another did.
    func continueFrom(_ other: KernelSHA256) {
        _ = state.update(fromContentsOf: other.state)
        block.copyMemory(from: UnsafeRawBufferPointer(other.block))
        blockCount = other.blockCount
        byteCount = other.byteCount
    }

    /// The digest of all bytes since the start; then starts anew.
    func finish() -> SHA256Digest {
        let bitCount = byteCount &* 8
        block[blockCount] = 0x80
        if blockCount >= Self.lengthOffset {
            clearBlock(from: blockCount + 1, to: Self.blockByteCount)
            filmroom_sha256_blocks(state.baseAddress, block.baseAddress, 1)
            clearBlock(from: 0, to: Self.lengthOffset)
        } else {
            clearBlock(from: blockCount + 1, to: Self.lengthOffset)
        }
        block.storeBytes(of: bitCount.bigEndian, toByteOffset: Self.lengthOffset, as: UInt64.self)
        filmroom_sha256_blocks(state.baseAddress, block.baseAddress, 1)
        for index in state.indices { state[index] = state[index].bigEndian }
        let digest = SHA256Digest(UnsafeRawBufferPointer(state))
        restart()
        return digest
    }

    /// Completes a block that was begun.
    ///
    /// - Returns: The bytes that it did not need; none when it is still not full.
    private func fillBlock(from bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        byteCount &+= UInt64(bytes.count)
        guard blockCount > 0 else { return bytes }
        let taken = min(Self.blockByteCount - blockCount, bytes.count)
        keep(bytes[..<taken])
        if blockCount == Self.blockByteCount {
            filmroom_sha256_blocks(state.baseAddress, block.baseAddress, 1)
            blockCount = 0
        }
        return UnsafeRawBufferPointer(rebasing: bytes[taken...])
    }

    private func keep(_ bytes: UnsafeRawBufferPointer.SubSequence) {
        guard !bytes.isEmpty else { return }
        UnsafeMutableRawBufferPointer(rebasing: block[blockCount...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
        blockCount += bytes.count
    }

    private func clearBlock(from start: Int, to end: Int) {
        for index in start..<end { block[index] = 0 }
    }
}
