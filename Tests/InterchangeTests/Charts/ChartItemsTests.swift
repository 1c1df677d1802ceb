import Radiology
import Testing

@testable import Interchange

@Suite struct ChartItemsTests {
    private func items(_ text: String, _ form: ChartForm = .json) throws -> [Result<ChartItem, ItemError>] {
        try ChartItems.items(Array(text.utf8), form: form)
    }

    /// Reads it or has it refused with a reason; what traps ends the test.
    private func read(_ bytes: [UInt8], _ form: ChartForm) {
        do {
            #expect(try !ChartItems.items(bytes, form: form).isEmpty)
        } catch { #expect(!"\(error)".isEmpty) }
    }

    private let hl7 = """
        MSH|^~\\&|EHR||||20261120||ORU^R01|1|P|2.5.1\r\
        PID|1||OLD^^^^PI~P-1^^^NORTHSIDE^MR||YAMADA&&^TARO^J^III^DR\r\
        OBR|1||A-1|X^Chest\rOBX|1|TX|T||One\\.br\\two~three||||||C\r\
        OBR|2||A-2|X^Hand|||202611200930\rZDS|1.2.3\r
        """

    @Test func eachObservationRequestIsAnEntry() throws {
        let items = try items(hl7, .hl7).map { try $0.get() }
        #expect(items.map(\.name) == ["Patient/P-1", "DiagnosticReport/A-1", "DiagnosticReport/A-2"])
        #expect(items[0].patients[0].name == "YAMADA^TARO^J^DR^III")
        #expect(items[1].entries[0].text == "One\ntwo\nthree")
        #expect(items[1].entries[0].status == "corrected")
        #expect(items[2].entries[0].studyInstanceUIDs == ["1.2.3"])
        #expect(items[2].entries[0].time == "2026-11-20", "without an offset a day is all that is sure")
    }

    @Test func aTimeWithoutAnOffsetHasThatOfThePlace() throws {
        let zone = try #require(ZoneOffset(identifier: "Asia/Tokyo"))
        let items = try ChartItems.items(Array(hl7.utf8), form: .hl7, zone: zone)
        #expect(try items[2].get().entries[0].time == "2026-11-20T09:30:00+09:00")
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"resourceType\":\"Bundle\"}", "{\"resourceType\":\"Bundle\",\"entry\":[{}]}",
        "{\"type\":\"chart\"}",
    ])
    func whatIsNoChartIsRefusedAndNeverTraps(text: String) {
        let refused: Bool
        do {
            refused = try items(text).allSatisfy { if case .failure = $0 { true } else { false } }
        } catch { refused = true }
        #expect(refused)
    }

    @Test func everyCutAndFlippedByteIsReadOrRefused() throws {
        let bytes = Array(hl7.utf8)
        for index in bytes.indices {
            read(Array(bytes[..<index]), .hl7)
            var changed = bytes
            changed[index] ^= 0x55
            read(changed, .hl7)
        }
        let json = Array(
            #"{"resourceType":"Bundle","entry":[{"fullUrl":"urn:x","resource":{"resourceType":"Patient","id":"p","identifier":[{"value":"P"}]}},{"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"urn:x"},"text":{"div":"<div>a</div>"}}}]}"#
                .utf8)
        #expect(try ChartItems.items(json, form: .json).count == 2)
        for index in json.indices {
            var changed = json
            changed[index] ^= 0x11
            read(changed, .json)
        }
    }
}
