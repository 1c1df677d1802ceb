// libarchive's words as errors of this module.

enum Damage {
    /// What its formats and filters say when the bytes end too early; liblzma has "no progress" for that.
    private static let cutWords = ["truncated", "premature", "no progress is possible", "end of file", "end-of-file"]

    /// `.truncated` where the words say so, else `.damagedArchive`.
    static func error(_ text: String, offset: Int64) -> BundleError {
        let words = text.lowercased()
        if cutWords.contains(where: words.contains) { return .truncated(text: text, offset: offset) }
        if words.contains("encrypted") || words.contains("passphrase") { return .encrypted(text: text) }
        return .damagedArchive(text: text, offset: offset)
    }
}
