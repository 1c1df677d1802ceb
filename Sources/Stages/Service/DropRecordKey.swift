// A drop's place in its party's folder.

internal import Catalog
internal import Spool

extension DropRecord {
    /// What names the drop while it waits.
    var key: DropKey { DropKey(party: party, kind: kind, name: name) }
}
