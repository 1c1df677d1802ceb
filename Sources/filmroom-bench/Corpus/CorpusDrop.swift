// A case in one form, ready to be dropped: the drop and its attestation.

import Files

/// A file of a case, as it lies in the case's folder.
struct CorpusFile: Sendable {
    /// Within the folder.
    let name: String
    let path: String
    let byteCount: Int64
    /// From 0.
    let series: Int
}

/// Something to drop.
struct CorpusDrop: Sendable {
    let kind: CorpusCase
    let form: DropForm
    /// Its name in a party's folder.
    let name: String
    let path: String
    /// The images in it, wherever they lie.
    let files: [CorpusFile]

    var attestationPath: String { path + Attestation.ending }
    var byteCount: Int64 { files.reduce(0) { $0 + $1.byteCount } }
    var seriesCount: Int { (files.last?.series ?? -1) + 1 }
}
