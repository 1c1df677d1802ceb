// One thing of an outbound folder, here and there.

import Files
import Foundation

/// Something that was picked up.
struct PickedUp: Encodable {
    let kind: String
    let name: String
    /// Where it lies on this side.
    let path: String
    /// By which it is acknowledged: of the file; of a folder, of its `SHA256SUMS`.
    let sha256: String
    /// Whether it lay here before, the same.
    let wasHere: Bool
    var acknowledged: Bool
}
