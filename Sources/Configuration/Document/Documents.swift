// All the files of a configuration, parsed.
//
// Invariant: a file is either absent (its defaults apply), broken (the log says why) or a tree. Never judges the keys.

/// The parsed files.
struct Documents {
    private let trees: [ConfigurationFile: Field]
    private let broken: Set<ConfigurationFile>
    let log: ProblemLog

    /// - Parameter texts: Texts by file name (`parties.yaml`). Names that are no file of a configuration are reported.
    init(texts: [String: String], log: ProblemLog) {
        var trees: [ConfigurationFile: Field] = [:]
        var broken: Set<ConfigurationFile> = []
        for file in ConfigurationFile.allCases {
            guard let text = texts[file.name] else { continue }
            let before = log.count
            if let tree = Document.parse(text, file: file.path, log: log) { trees[file] = tree }
            if log.count > before || (trees[file].map { $0.entries == nil } ?? false) { broken.insert(file) }
        }
        self.trees = trees
        self.broken = broken
        self.log = log
        reportUnknown(texts.keys.sorted())
    }

    subscript(file: ConfigurationFile) -> Field? { trees[file] }

    /// Whether what the file declares can be known; an absent file declares its defaults.
    func isReadable(_ file: ConfigurationFile) -> Bool { !broken.contains(file) }

    /// Reads the block that a file is; a file that is absent, empty or broken gives what `absent` says.
    func read<Value>(_ file: ConfigurationFile, absent: Value, _ decode: (KeyedReader) -> Value) -> Value {
        guard let tree = trees[file] else { return absent }
        return KeyedReader.block(tree, decode)
    }

    /// Reports a file that holds nothing but comments, where it must hold something.
    func reportEmpty(_ file: ConfigurationFile) {
        guard trees[file] == nil, isReadable(file) else { return }
        log.add(
            file.path, line: 1, column: 1, "the file is empty; `filmroom init` in another folder lays out an example")
    }

    private func reportUnknown(_ names: [String]) {
        let known = ConfigurationFile.allCases.map(\.name)
        for name in names where !known.contains(name) {
            let path = ConfigurationFile.folder + "/" + name
            let advice = Spelling.advice(for: name, among: known, noun: "the files are")
            log.add(path, line: 1, column: 1, "no part of the configuration has this name" + advice)
        }
    }
}
