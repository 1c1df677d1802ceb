// Fetches a receipt and compares it with the checksum beside it.

import Bundles
import Files
import Foundation

struct ReceiptReading {
    let postbox: Postbox

    /// - Parameter isAttested: Whether a checksum lies beside it; an incomplete drop's receipt has none.
    /// - Returns: nil when it went away meanwhile.
    func read(_ name: String, isAttested: Bool) throws -> Receipt? {
        let bytes = try fetch(name)
        if isAttested {
            let list = ChecksumList(try fetch("\(name).sha256"))
            let own = SHA256.digest(of: bytes)
            guard list.entries.contains(where: { $0.path == Array(name.utf8) && $0.digest == own.bytes }) else {
                throw ClientFailure.findings(
                    "the receipt \(name) is refused: it is not what the checksum beside it says (SHA-256 \(own.hex))")
            }
        }
        do { return try JSONDecoder().decode(Receipt.self, from: Data(bytes)) } catch {
            throw ClientFailure.findings("the receipt \(name) cannot be read: \(error)")
        }
    }

    private func fetch(_ name: String) throws -> [UInt8] {
        let place = NSTemporaryDirectory() + "/filmroom-client-\(UUID().uuidString)"
        try postbox.get(outbound: "receipts", name, to: place)
        let bytes = try Paths.read(place, limit: 256 << 20)
        try LocalFolder.remove(place)
        return bytes
    }
}
