// An entry as its archive describes it, before any rule on names.

struct RawEntry {
    var nameBytes: [UInt8]
    var kind: BundleEntry.Kind
    var declaredByteCount: Int64?
}
