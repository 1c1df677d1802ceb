// Everything that a reader says of a bundle, as lines.

import Bundles
import Foundation

/// A bundle read to its end: one line an entry, and a last one for the end or the error.
struct Transcript {
    var lines: [String] = []
    var contents: [String: [UInt8]] = [:]

    var text: String { lines.joined(separator: "\n") }
    /// Entries that were delivered whole.
    var fileCount: Int { lines.count { $0.hasPrefix("file ") } }
    var last: String { lines.last ?? "" }

    static let limits = BundleLimits(bytes: 1_000_000_000, entries: 1000, ratio: 200, depth: 1, pathLength: 4096)

    /// Reads bytes: as a file, or as a stream of chunks.
    ///
    /// - Parameter chunkByteCount: nil for a file.
    static func of(
        _ bytes: [UInt8], name: String = "bundle", limits: BundleLimits = limits, chunkByteCount: Int? = nil,
        isSkipping: Bool = false
    ) throws -> Transcript {
        if let chunkByteCount {
            let chunks = Chunks(bytes, byteCount: chunkByteCount)
            return read(.stream { chunks.next() }, name, limits, isSkipping)
        }
        return try Fixture.withFile(bytes) { read(.file(descriptor: $0), name, limits, isSkipping) }
    }

    static func of(fixture name: String, limits: BundleLimits = limits, chunkByteCount: Int? = nil) throws -> Transcript
    {
        try of(Fixture.bytes(name), name: name, limits: limits, chunkByteCount: chunkByteCount)
    }

    private static func read(
        _ source: BundleSource, _ name: String, _ limits: BundleLimits, _ isSkipping: Bool
    ) -> Transcript {
        var transcript = Transcript()
        do throws(BundleError) {
            let reader = try BundleReader(
                source: source, name: name, limits: limits,
                scratchDirectory: FileManager.default.temporaryDirectory.path)
            while try transcript.step(reader, isSkipping), transcript.lines.count < 100_000 {}
            switch reader.properEnd {
            case .ended: transcript.lines.append("end ended")
            case .notEnded(let text): transcript.lines.append("end missing: \(text)")
            case .unknown: transcript.lines.append("end unknown")
            }
        } catch {
            transcript.lines.append("error \(error)")
        }
        return transcript
    }

    private mutating func step(_ reader: BundleReader, _ isSkipping: Bool) throws(BundleError) -> Bool {
        do throws(BundleError) {
            guard let entry = try reader.next() else { return false }
            let mark = entry.isRepeatedName ? " again" : ""
            switch entry.kind {
            case .directory: lines.append("folder \(entry.path)\(mark)")
            case .refused(let refusal): lines.append("refused \(entry.path)\(mark): \(refusal.reason)")
            case .file where isSkipping:
                reader.skip()
                lines.append("file \(entry.path)\(mark)")
            case .file:
                var bytes: [UInt8] = []
                while let block = try reader.readBlock() { bytes.append(contentsOf: block) }
                contents[entry.path] = bytes
                lines.append("file \(entry.path)\(mark) \(bytes.count)")
            }
        } catch .damagedEntry(let path, let text) {
            lines.append("damaged \(path): \(text)")
        }
        return true
    }
}

/// Bytes in chunks at changing addresses, each overwritten when the next is asked for.
final class Chunks {
    private let bytes: [UInt8]
    private let byteCount: Int
    private var offset = 0
    private var buffer: UnsafeMutableRawBufferPointer?
    private(set) var handedOut: [UInt8] = []

    init(_ bytes: [UInt8], byteCount: Int) {
        self.bytes = bytes
        self.byteCount = byteCount
    }

    deinit { buffer?.deallocate() }

    func next() -> UnsafeRawBufferPointer? {
        if let buffer {
            buffer.initializeMemory(as: UInt8.self, repeating: 0xDD)
            buffer.deallocate()
        }
        buffer = nil
        let chunk = bytes[offset..<min(bytes.count, offset + byteCount)]
        guard !chunk.isEmpty else { return nil }
        offset += chunk.count
        handedOut += chunk
        let next = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk.count, alignment: 1)
        next.copyBytes(from: chunk)
        buffer = next
        return UnsafeRawBufferPointer(next)
    }
}
