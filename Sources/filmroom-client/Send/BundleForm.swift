// Makes one archive of many files.
//
// The same files give the same bytes: no times, no owners, names in order. Memory: one buffer.

import ArgumentParser
import Bundles
import Files
import Foundation

/// In which form files travel.
enum BundleForm: String, ExpressibleByArgument, CaseIterable {
    case tar, zip, folder
}

/// Writes an archive.
struct BundleMaking {
    let form: BundleForm
    /// The folder that the files' paths start from.
    let base: String
    let onBytes: (Int) -> Void

    private static let chunkByteCount = 1 << 20

    /// - Returns: The archive's digest, and what is in it.
    func make(_ paths: [String], to target: String) throws -> (digest: SHA256Digest, content: [Outgoing.Content]) {
        var encoder: any BundleEncoder = form == .zip ? ZipEncoder() : TarEncoder()
        let temporary = "\(target).part"
        try LocalFolder.remove(temporary)
        let output = try OpenFile.create(temporary)
        let hash = SHA256()
        let put = { (bytes: UnsafeRawBufferPointer) in
            hash.update(bytes)
            try output.write(bytes)
        }
        var content: [Outgoing.Content] = []
        for path in paths {
            let known = try look(path)
            try encoder.begin(path, byteCount: known.byteCount, crc32: known.crc32).withUnsafeBytes(put)
            let digest = try copy(path, byteCount: known.byteCount, put)
            guard digest == known.digest else { throw Self.changed("\(base)/\(path)") }
            try encoder.end().withUnsafeBytes(put)
            content.append(Outgoing.Content(path: path, sha256: digest.hex, byteCount: known.byteCount))
        }
        try encoder.finish().withUnsafeBytes(put)
        try output.synchronize()
        try LocalFolder.replace(target, with: temporary)
        return (hash.finish(), content)
    }

    private static func changed(_ path: String) -> ClientFailure {
        .failed("\(path) changed while it was read; send it when it is whole")
    }

    private func look(_ path: String) throws -> (digest: SHA256Digest, byteCount: Int64, crc32: UInt32) {
        let hash = SHA256()
        var check = CRC32()
        let count = try read(path) { bytes in
            hash.update(bytes)
            if form == .zip { check.update(bytes) }
        }
        return (hash.finish(), count, check.value)
    }

    private func copy(
        _ path: String, byteCount: Int64, _ put: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> SHA256Digest {
        let hash = SHA256()
        let count = try read(path) { bytes in
            hash.update(bytes)
            try put(bytes)
            onBytes(bytes.count)
        }
        guard count == byteCount else { throw Self.changed("\(base)/\(path)") }
        return hash.finish()
    }

    private func read(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Int64 {
        let file = try OpenFile.read("\(base)/\(path)")
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var total: Int64 = 0
        while case let count = try file.read(into: buffer), count > 0 {
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            total += Int64(count)
        }
        return total
    }
}
