import Radiology
import Testing

@testable import Access

struct WantedRangeTests {
    @Test func aDroppedWantIsReadExactly() {
        let dropped = RequestedRange(kinds: ["mg", "CT", "MG "], pixelDensity: 0.3, imageProcessing: false)
        #expect(WantedRange(dropped) == want("CT MG @0.3 -processing"))
        #expect(WantedRange(nil as RequestedRange?) == .everything)
    }

    @Test func aDroppedRequestIsWhatMattersOfIt() {
        let dropped = ExamRequest(
            id: "R-1", subject: .exam(ExamReference(accessionNumber: "A-1")), purpose: "teaching", prefer: .refuse)
        #expect(AccessRequest(dropped) == AccessRequest(purpose: "teaching", prefer: .refuse))
    }
}
