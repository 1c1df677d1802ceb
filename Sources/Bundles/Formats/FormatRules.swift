// What one format adds to libarchive's reading of it.

protocol FormatRules: AnyObject {
    /// Names in this format fall back to CP437.
    var isZip: Bool { get }
    /// Skipping an entry unpacks it all the same, so that it must be counted.
    var unpacksSkipped: Bool { get }
    /// How often the archive may be opened again behind an entry that libarchive cannot get over.
    var reopenings: Int { get }
    /// Whether it is known that there are no entries, which libarchive takes for no archive.
    var isEmpty: Bool { get }
    /// Corrects what libarchive says of an entry.
    ///
    /// - Parameter index: The entry's place in the order in which they come, from 0.
    func amend(_ entry: inout RawEntry, index: Int) throws(BundleError)
    /// The verdict on the end, after the last of `count` entries.
    func end(markOffset: Int64, entryCount: Int) throws(BundleError) -> ProperEnd
}

extension FormatRules {
    var isZip: Bool { false }
    var unpacksSkipped: Bool { false }
    var reopenings: Int { 0 }
    var isEmpty: Bool { false }
    func amend(_ entry: inout RawEntry, index: Int) throws(BundleError) {}
}
