// Standard output: one JSON document, or text.

import Foundation

enum Results {
    static func print(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static func print(json value: some Encodable) throws(BenchError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try BenchError.wrap { try encoder.encode(value) }, as: UTF8.self))
    }
}
