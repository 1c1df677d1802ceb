// Whole JSON drops: what refuses all of it, and hostile ones.

import Testing

@testable import Interchange

@Suite struct JSONItemsTests {
    private func refusal(_ bytes: [UInt8], _ limits: JSONLimits = .standard) -> String? {
        message { () throws(ItemError) in try JSONItems.diagnoses(bytes, limits: limits) }
    }

    @Test(arguments: [
        ("", "line 1, column 1: this is no JSON object, nor an array of objects"),
        ("hello", "line 1, column 1: this is no JSON object, nor an array of objects"),
        ("[]", "line 1, column 3: the array is empty"),
        ("{}\n{}", "line 2, column 1: more stands here, after the end of the JSON text"),
        ("[{},]", "line 1, column 5: expected a value here"),
        ("{\"a\":1,}", "line 1, column 8: expected a key in double quotes here"),
        ("{\"a\" 1}", "expected ':' after the key 'a'"),
        ("{\n  'a': 1}", "line 2, column 3: expected a key in double quotes here"),
        ("{\"a\": 01}", "line 1, column 7: this is no JSON number"),
        ("{\"a\": 1.}", "this is no JSON number"),
        ("{\"a\": NaN}", "line 1, column 7: expected a value here"),
        ("{\"a\": \"b}", "line 1, column 7: the text ends inside the string that begins here"),
        ("{\"a\": \"b\n\"}", "line 1, column 9: a raw control character in a string"),
        ("{\"a\": \"\\q\"}", "a backslash stands before what JSON has no escape for"),
        ("{\"a\": \"\\ud800\"}", "half of a surrogate pair stands alone"),
        ("{\"a\": \"\\ud800\\u0041\"}", "half of a surrogate pair stands alone"),
        ("{\"a\": \"\\u00g0\"}", "\\u needs four hexadecimal digits"),
        ("[{\"a\": 1}", "line 1, column 10: expected ',' or ']' here"),
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(text: String, expected: String) throws {
        let message = try #require(refusal(Array(text.utf8)))
        #expect(message.contains(expected), "\(message)")
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        #expect(
            refusal(Array("{\"a\": \"".utf8) + [0xC3, 0x28] + Array("\"}".utf8))
                == "line 1, column 7: the string that begins here is not UTF-8")
        #expect(refusal([0xFF, 0xFE, 0x7B, 0]) == "the file is in UTF-16; write it in UTF-8")
        #expect(refusal([0, 0, 0]) == "line 1, column 1: this is no JSON object, nor an array of objects")
    }

    @Test func aByteOrderMarkIsTaken() throws {
        #expect(try JSONItems.diagnoses([0xEF, 0xBB, 0xBF] + Array("{}".utf8)).count == 1)
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":["])
    func aDepthBombEndsAtItsLimit(opening: String) throws {
        let bytes = Array("[".utf8) + Array(repeating: Array(opening.utf8), count: 100_000).joined()
        let message = try #require(refusal(bytes))
        #expect(message.contains("more than 32 arrays and objects stand inside each other"))
    }

    @Test func longStringsEndAtTheirLimit() throws {
        let start = Array("{\"text\": \"".utf8)
        let message = try #require(refusal(start + [UInt8](repeating: 0x61, count: 4 << 20) + Array("\"}".utf8)))
        #expect(message == "line 1, column 10: a string is longer than 1048576 bytes")
        let longer = start + [UInt8](repeating: 0x61, count: 100 << 20)
        #expect(refusal(longer) == "the file is longer than 67108864 bytes")
    }

    @Test func valuesAndItemsAreCounted() throws {
        let zeros = "{\"a\": [" + String(repeating: "0,", count: 100_001) + "0]}"
        #expect(try #require(refusal(Array(zeros.utf8))).contains("one item holds more than 100000 values"))
        let items = "[" + String(repeating: "0,", count: 100_001) + "0]"
        #expect(try #require(refusal(Array(items.utf8))).contains("the file holds more than 100000 items"))
    }

    @Test func manyBadItemsOnOneLineAreWalkedOnce() throws {
        let items = "[" + Array(repeating: "{\"labl\": \"\"}", count: 100_000).joined(separator: ",") + "]"
        #expect(try JSONItems.diagnoses(Array(items.utf8)).count == 100_000)
    }

    @Test func messagesShowHostileNamesHarmlessly() throws {
        let key = String(repeating: "a", count: 100_000)
        let results = try JSONItems.diagnoses(Array("{\"type\":\"diagnosis\",\"\\u001b[2J\(key)\":1}".utf8))
        let message = try #require(results.first?.message)
        #expect(message.utf8.count < 200)
        #expect(message.contains("\\u{1b}[2J"))
    }
}
