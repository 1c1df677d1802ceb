// A file of reads: CSV of exam, reader and label, read in one pass of bounded memory a read.
//
// Owns the order of names: exams and readers by their bytes; labels too, unless all are numbers, which go by value.

import Consensus
import Files
import Glibc

/// Reads with the names that their numbers stand for.
package struct ReadsFile: Sendable {
    package let table: ReadTable
    package let exams: OrderedNames
    package let readers: OrderedNames
    package let labels: OrderedNames
    /// Whether all labels are numbers, so that they have an order that means something.
    package let labelsAreNumbers: Bool

    private static let bufferByteCount = 1 << 20
    /// A line may be this long.
    private static let mostLineBytes = 16 << 20

    /// The path that means standard input.
    package static let standardInput = "-"

    /// Reads a whole file.
    ///
    /// - Throws: `ReadsError`, which names the file, the line, and what would be right.
    package static func read(_ path: String) throws(ReadsError) -> ReadsFile {
        let parser = try parse(path)
        guard parser.hasHeader else { throw .whole(path: path, problem: "is empty; \(ReadsColumns.wanted)") }
        guard !parser.exams.isEmpty else {
            throw .whole(path: path, problem: "has a header and no read; each read is a line exam,reader,label")
        }
        return try ReadsFile(parser)
    }

    private init(_ parser: consuming ReadsParser) throws(ReadsError) {
        let exams = OrderedNames(parser.examNames)
        let readers = OrderedNames(parser.readerNames)
        let labels = OrderedNames(labels: parser.labelNames)
        let rates = readers.count * labels.count * labels.count
        guard rates <= ReadTable.mostRates else {
            let problem = "\(readers.count) readers and \(labels.count) labels are more than can be learnt together"
            throw .whole(path: parser.path, problem: "\(problem); is `label` the right column?")
        }
        table = ReadTable(
            exams: exams.ranks(of: parser.exams), readers: readers.ranks(of: parser.readers),
            labels: labels.ranks(of: parser.labels), examCount: exams.count, readerCount: readers.count,
            labelCount: labels.count)
        labelsAreNumbers = labels.areNumbers
        self.exams = exams
        self.readers = readers
        self.labels = labels
    }

    private static func parse(_ path: String) throws(ReadsError) -> ReadsParser {
        let file = try open(path)
        file.willReadSequentially()
        var parser = ReadsParser(path: path)
        var buffer = [UInt8](repeating: 0, count: bufferByteCount)
        var held = 0
        while true {
            let count = try fill(&buffer, after: held, file)
            let end = held + count
            let taken = try take(&parser, buffer, end, isLast: count == 0)
            if count == 0 { return parser }
            held = end - taken
            if taken > 0 { buffer.replaceSubrange(0..<held, with: buffer[taken..<end]) }
            if held == buffer.count {
                guard held < mostLineBytes else {
                    throw .whole(path: path, problem: "a line is longer than 16 MiB; is a quote not closed?")
                }
                buffer.append(contentsOf: [UInt8](repeating: 0, count: held))
            }
        }
    }

    private static func open(_ path: String) throws(ReadsError) -> OpenFile {
        if path == standardInput { return OpenFile(descriptor: dup(STDIN_FILENO), path: path) }
        do throws(FilesError) { return try OpenFile.read(Paths.real(path) ?? path) } catch { throw .file(error) }
    }

    private static func fill(_ buffer: inout [UInt8], after held: Int, _ file: OpenFile) throws(ReadsError) -> Int {
        let result: Result<Int, FilesError> = buffer.withUnsafeMutableBytes { bytes in
            do throws(FilesError) {
                return .success(try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[held...])))
            } catch { return .failure(error) }
        }
        do throws(FilesError) { return try result.get() } catch { throw .file(error) }
    }

    private static func take(
        _ parser: inout ReadsParser, _ buffer: [UInt8], _ end: Int, isLast: Bool
    ) throws(ReadsError) -> Int {
        let result: Result<Int, ReadsError> = buffer.withUnsafeBytes { bytes in
            do throws(ReadsError) {
                return .success(try parser.take(UnsafeRawBufferPointer(rebasing: bytes[..<end]), isLast: isLast))
            } catch { return .failure(error) }
        }
        return try result.get()
    }
}
