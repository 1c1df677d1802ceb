// Two SHA-256 digests of mostly the same bytes: of a whole, and of one part of it after the other.
//
// With SHA extensions the second digest costs a third of the first, since one pass advances both; without them libcrypto
// computes one after the other. The digests are the same either way.

/// The digest of a whole, and those of parts of it.
package final class PairedSHA256 {
    private enum Pair {
        case kernel(whole: KernelSHA256, part: KernelSHA256)
        case library(whole: SHA256, part: SHA256)
    }

    /// What bytes belong to.
    package enum Reach: Sendable {
        case whole, part, both
    }

    private let pair: Pair
    private var hasBegun = false
    private var hasPartBegun = false
    /// Whether the part is all of the whole so far, so that the whole's state serves it too.
    private var isShared = false

    /// Whether this processor computes both in one pass.
    package static var hasKernel: Bool { KernelSHA256.isSupported }

    /// - Parameter usesKernel: Only where there is one; false takes libcrypto.
    package init(usesKernel: Bool = hasKernel) {
        pair =
            usesKernel
            ? .kernel(whole: KernelSHA256(), part: KernelSHA256()) : .library(whole: SHA256(), part: SHA256())
    }

    /// Starts a part; one that was not finished is given up.
    package func beginPart() {
        isShared = false
        hasPartBegun = false
        switch pair {
        case .kernel(_, let part): part.restart()
        case .library(_, let part): part.restart()
        }
    }

    /// Takes in more bytes.
    package func update(_ bytes: UnsafeRawBufferPointer, into reach: Reach) {
        guard !bytes.isEmpty else { return }
        share(reach)
        hasBegun = hasBegun || reach != .part
        hasPartBegun = hasPartBegun || reach != .whole
        switch pair {
        case .kernel(let whole, let part):
            if reach == .both, !isShared { return KernelSHA256.update(whole, part, bytes) }
            reach == .part ? part.update(bytes) : whole.update(bytes)
        case .library(let whole, let part):
            if reach != .part { whole.update(bytes) }
            if reach != .whole, !isShared { part.update(bytes) }
        }
    }

    /// The part's digest; there is no part then.
    package func finishPart() -> SHA256Digest {
        separate()
        hasPartBegun = false
        switch pair {
        case .kernel(_, let part): return part.finish()
        case .library(_, let part): return part.finish()
        }
    }

    /// The digest of the whole; then starts anew.
    package func finish() -> SHA256Digest {
        beginPart()
        hasBegun = false
        switch pair {
        case .kernel(let whole, _): return whole.finish()
        case .library(let whole, _): return whole.finish()
        }
    }

    private func share(_ reach: Reach) {
        if reach == .both {
            isShared = isShared || !hasBegun && !hasPartBegun
        } else {
            separate()
        }
    }

    private func separate() {
        guard isShared else { return }
        isShared = false
        switch pair {
        case .kernel(let whole, let part): part.continueFrom(whole)
        case .library(let whole, let part): part.continueFrom(whole)
        }
    }
}
