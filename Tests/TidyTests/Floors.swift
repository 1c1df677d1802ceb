// Which module may import which: the floors of the design.
//
// Pure. A module that is not in the table breaks the rule: whoever adds one says here on which floor it stands.

enum Floors {
    static let ground: Set = ["Radiology", "Consensus", "Accounting", "Access"]
    static let codecs: Set = ["DICOM", "Pixels", "Interchange", "Pages", "Paper", "Configuration"]
    static let stores: Set = ["Spool", "Bundles", "Archive", "Catalog"]
    static let work: Set = ["Pipeline", "Stages"]
    static let system: Set = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]

    /// What each module may import besides the system's modules.
    static let allowed: [String: Set<String>] = {
        var table: [String: Set<String>] = [
            "Radiology": [],
            "Consensus": ["Radiology"],
            "Accounting": ["Radiology"],
            "Access": ["Radiology"],
            "Files": ["CSystem", "CCrypto", "CDigest"],
            "DICOM": ["CZlib", "Files"],
            "Processes": ["CSystem"],
            "Pixels": ["Processes"],
            "PixelCodecs": ["CCodecs", "CSystem", "DICOM", "Files", "Pixels", "Processes"],
            "Paper": ["Processes"],
            "Typesetting": ["CTypesetting", "Paper", "Processes"],
            "Interchange": ground.union(["DICOM", "Files"]),
            "Pages": ground.union(["CZlib", "Files", "Mustache", "Paper"]),
            "Configuration": ["Yams", "Files"],
            "Spool": ["Files", "Bundles"],
            "Bundles": ["CArchive", "CCrypto", "CZlib", "Files"],
            "Archive": ["CZstd", "Files"],
            "Catalog": ground.union(["GRDB", "Files"]),
            "Pipeline": stores.union(ground).union(["Configuration", "Files", "CSystem", "Logging"]),
            "Viewing": ["DICOM", "Files", "Pages", "Pixels", "Spool"],
            // Nothing of the service's database, archive or stages.
            "filmroom-client": [
                "ArgumentParser", "Bundles", "CSystem", "DICOM", "Files", "Interchange", "Logging", "Pages", "Pipeline",
                "Pixels", "Radiology", "Spool", "Viewing",
            ],
            "filmroom-watch": ["CInotifyTools"],
        ]
        let belowStages = ground.union(codecs).union(stores).union(["Files", "Pipeline", "Viewing", "Logging"])
        table["Stages"] = belowStages
        let program = belowStages.union(["Stages", "ArgumentParser", "CSystem", "CCrypto"])
        table["filmroom"] = program
        // The benchmark makes compressed images; it decodes none.
        table["filmroom-bench"] = program.union(["CCodecs", "CZlib"])
        table["filmroom-pixels"] = ["ArgumentParser", "PixelCodecs", "Pixels"]
        table["filmroom-print"] = ["ArgumentParser", "Paper", "Typesetting"]
        return table
    }()

    /// The modules that a text imports, in order. An import stands alone on its line.
    static func imports(of text: String) -> [String] {
        text.split(separator: "\n").filter { $0.utf8.firstRange(of: "import ".utf8) != nil }.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            let keyword = words.firstIndex(of: "import")
            guard let keyword, keyword + 1 < words.count, words[..<keyword].allSatisfy(isImportPrefix) else {
                return nil
            }
            let kinds: Set = ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"]
            let name = kinds.contains(words[keyword + 1]) ? words.last ?? "" : words[keyword + 1]
            return name.split(separator: ".").first.map(String.init)
        }
    }

    private static func isImportPrefix(_ word: String) -> Bool {
        ["internal", "package", "public", "private", "fileprivate"].contains(word) || word.hasPrefix("@")
    }

    /// - Returns: One line for each import that the floors forbid.
    static func breaches(module: String, path: String, text: String) -> [String] {
        guard let allowed = allowed[module] else { return ["\(path): module \(module) stands on no floor"] }
        return imports(of: text)
            .filter { $0 != module && !system.contains($0) && !allowed.contains($0) }
            .map { "\(path): \(module) may not import \($0)" }
    }
}
