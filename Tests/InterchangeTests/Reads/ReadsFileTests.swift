// CSV of reads: what is read, and what is said of what cannot be.

import Consensus
import Foundation
import TestSupport
import Testing

@testable import Interchange

@Suite struct ReadsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ text: String) throws -> String {
        let path = folder.path + "/reads.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    /// What is printed of a file by majority.
    private func majority(_ text: String) throws -> String {
        let reads = try ReadsFile.read(try file(text))
        var bytes: [UInt8] = []
        let outcome = ConsensusModel.majority.fit(reads.table, seed: 1)
        ConsensusText(reads).csv([outcome], namesModels: false) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "exam,reader,label\nb,r1,x\nb,r2,x\na,r1,y\n",
        "task,worker,label\r\nb,r1,x\r\nb,r2,x\r\na,r1,y",
        "\u{FEFF}label,exam,note,reader\nx,b,\"1, 2\n\"\"3\"\"\",r1\n\nx,b,,r2\ny,\"a\",,\"r1\"\n",
    ])
    func formsOfOneTable(_ text: String) throws {
        #expect(try majority(text) == "exam,label,posterior\na,y,1.000000\nb,x,1.000000\n")
    }

    @Test func namesThatNeedQuotesAreQuoted() throws {
        let text = "exam,reader,label\n\"a,\"\"b\"\"\",r1,\"x,y\"\n"
        #expect(try majority(text) == "exam,label,posterior\n\"a,\"\"b\"\"\",\"x,y\",1.000000\n")
    }

    @Test func labelsThatAreNumbersGoByValueAndOthersByBytes() throws {
        let tie = { (one: String, other: String) in "exam,reader,label\ne,r1,\(one)\ne,r2,\(other)\n" }
        #expect(try majority(tie("10", "9")).hasSuffix("e,9,0.500000\n"))
        #expect(try majority(tie("10", "9b")).hasSuffix("e,10,0.500000\n"))
    }

    @Test(arguments: [
        ("", "reads.csv: is empty; the header has the columns exam,reader,label"),
        ("exam,reader,label\n", "reads.csv: has a header and no read"),
        ("exam,label\n", "reads.csv:1: there is no column reader or worker; the header has"),
        ("exam,task,reader,label\n", "reads.csv:1: there are 2 columns exam or task"),
        ("exam,reader,label\na,b,c\na,b\n", "reads.csv:3: 2 fields, where the header has 3"),
        ("exam,reader,label\n\"x\ny\",b,c\na,,c\n", "reads.csv:4: the reader is empty"),
        ("exam,reader,label\na,b,\"c\n", "reads.csv:2: a quoted field is not closed"),
        ("exam,reader,label\na,b\"x\",c\n", "reads.csv:2: a quote inside a field that is not quoted"),
        ("exam,reader,label\na,\"b\"x,c\n", "reads.csv:2: after a closing quote"),
    ])
    func problemsNameTheLine(_ text: String, _ problem: String) throws {
        let path = try file(text)
        let error = #expect(throws: ReadsError.self) { try ReadsFile.read(path) }
        #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
    }

    @Test func tooManyLabelsAreRefused() throws {
        let rows = (0...1000).map { "e\($0),r,l\($0)" }.joined(separator: "\n")
        let path = try file("exam,reader,label\n\(rows)\n")
        let error = #expect(throws: ReadsError.self) { try ReadsFile.read(path) }
        #expect(error?.description.contains("1002: more than 1000 different labels") == true)
    }

    @Test func linesAcrossBuffersAreWhole() throws {
        let long = String(repeating: "n", count: 700_000)
        let rows = (0..<5).map { "\(long)\($0),r\($0),x" }.joined(separator: "\n")
        let reads = try ReadsFile.read(try file("exam,reader,label\n\(rows)\n"))
        #expect(reads.exams.count == 5 && reads.readers.count == 5)
        #expect(reads.exams.text(3) == "\(long)3")
    }

    @Test func manyNamesKeepTheirNumbersAndOrder() {
        var names = NameTable()
        for number in 0..<20_000 {
            let text = Array("\(number * 7919 % 20_000)".utf8)
            let given = text.withUnsafeBytes { names.number(of: $0) }
            #expect(given == UInt32(number))
        }
        let texts = names.order().map { names.text(Int($0)) }
        #expect(texts == (0..<20_000).map(String.init).sorted())
    }
}
