// A format and the compression around it.

/// A compression around an archive.
package enum BundleFilter: String, Sendable {
    case none, gzip, zstd, xz, bzip2
}

/// A format and the compression around it.
package struct BundleForm: Sendable, Equatable {
    package let format: BundleFormat
    package let filter: BundleFilter
}
