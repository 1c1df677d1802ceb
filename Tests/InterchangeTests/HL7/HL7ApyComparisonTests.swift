// The segments, fields, repetitions and components of the fixtures are those that hl7apy finds.

import Foundation
import Testing

@testable import Interchange

@Suite struct HL7ApyComparisonTests {
    private struct Segment: Decodable {
        let name: String
        /// By number, the components of each repetition.
        let fields: [String: [[String]]]
    }

    private static let expected: Result<[String: [Segment]], any Error> = Result {
        let data = Data(try DiagnosisFixture.bytes("hl7-expected.json"))
        return try JSONDecoder().decode([String: [Segment]].self, from: data)
    }

    @Test(arguments: ["one-read.hl7", "reader-by-name.hl7", "two-orders-lf.hl7"])
    func fieldsAreSplitAsHL7apySplitsThem(name: String) throws {
        let expected = try #require(try Self.expected.get()[name])
        let file = try HL7File(try DiagnosisFixture.bytes(name), limits: .standard)
        let message = try HL7Message(try #require(file.messages.first), number: nil, limits: .standard)
        #expect(message.segments.map(\.name) == expected.map(\.name))
        for (segment, wanted) in zip(message.segments, expected) {
            for (number, repetitions) in wanted.fields {
                let field = try #require(Int(number))
                let found = segment.repetitions(field).map { HL7Delimiters.split($0, "^") }
                #expect(found == repetitions, "\(segment.place(field))")
            }
            let filled = (1...max(1, segment.fieldCount)).filter { !segment.raw($0).isEmpty }
            let known = filled.filter { segment.name != "MSH" || $0 > 2 }
            #expect(Set(known.map(String.init)) == Set(wanted.fields.keys), "\(segment.place())")
        }
    }
}
