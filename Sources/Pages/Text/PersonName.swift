// A person's name as people write it. Pure.

/// Reads names in the form of DICOM and HL7.
enum PersonName {
    /// `YAMADA^TARO=山田^太郎` as `YAMADA, TARO (山田 太郎)`; text without carets stays as it is.
    ///
    /// Groups are alphabetic, ideographic and phonetic; the phonetic one is left out where another is there.
    ///
    /// - Source: DICOM PS3.5 section 6.2.1.1 (family, given, middle, prefix, suffix).
    static func display(_ name: String) -> String {
        let groups = name.split(separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
        let alphabetic = groups.first.map { text(of: $0, separator: ", ") } ?? ""
        let others = groups.dropFirst().map { text(of: $0, separator: " ") }.filter { !$0.isEmpty }
        guard let other = others.first else { return alphabetic }
        return alphabetic.isEmpty ? other : "\(alphabetic) (\(other))"
    }

    private static func text(of group: Substring, separator: String) -> String {
        let parts = group.split(separator: "^", omittingEmptySubsequences: false).map {
            $0.split(separator: " ").joined(separator: " ")
        }
        guard parts.count > 1 else { return parts.first ?? "" }
        let given = parts[1...].prefix(2)
        let prefix = parts.count > 3 ? [parts[3]] : []
        let rest = (prefix + given).filter { !$0.isEmpty }.joined(separator: " ")
        let suffix = parts.dropFirst(4).filter { !$0.isEmpty }
        let name = [parts[0], rest].filter { !$0.isEmpty }.joined(separator: separator)
        return ([name] + suffix).filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
