// `filmroom-print file`: one document of JSON as a PDF, for a person who looks at how something is set.

import ArgumentParser
import Foundation
import Paper
import Typesetting

struct FileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file", abstract: "Prints a document, which is JSON, to a file.")

    @Argument(help: "The document: title, author, subject, language, date, footer, blocks.")
    var document: String

    @Option(help: "The PDF file to write.")
    var out: String

    func run() throws {
        do {
            let content = try Data(contentsOf: URL(filePath: document))
            var file = Data()
            let pageCount = try PDFDocument.write(try JSONDecoder().decode(PaperDocument.self, from: content)) {
                file.append(contentsOf: $0)
            }
            try file.write(to: URL(filePath: out))
            print("\(out): \(pageCount) pages")
        } catch {
            FileHandle.standardError.write(Data("\(document): \(error)\n".utf8))
            throw ExitCode.failure
        }
    }
}
