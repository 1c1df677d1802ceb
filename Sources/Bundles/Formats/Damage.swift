// libarchive's words as errors of this module.

enum Damage {
    /// `.truncated` where the words say so, else `.damagedArchive`.
    static func error(_ text: String, offset: Int64) -> BundleError {
        let words = text.lowercased()
        if words.contains("truncated") || words.contains("premature") {
            return .truncated(text: text, offset: offset)
        }
        if words.contains("encrypted") || words.contains("passphrase") { return .encrypted(text: text) }
        return .damagedArchive(text: text, offset: offset)
    }
}
