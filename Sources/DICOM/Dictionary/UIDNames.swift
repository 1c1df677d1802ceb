// UIDNames owns the names that PS3.6 annex A gives to UIDs. Parsed once, on first use. It never judges a UID.

/// The UIDs that the standard registers.
package enum UIDNames {
    /// The registered name, for example "CT Image Storage"; nil for a UID that the standard does not register.
    package static func name(of uid: String) -> String? {
        entries[uid]?.name
    }

    /// The registered type, for example "SOP Class" or "Transfer Syntax".
    package static func type(of uid: String) -> String? {
        entries[uid]?.type
    }

    private static let entries: [String: (type: String, name: String)] = {
        let lines = TableLines(uidTable)
        let pairs = lines.ranges.indices.map { line in
            let columns = lines.columns(line)
            return (columns[0], (type: columns[1], name: columns[3]))
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()
}
