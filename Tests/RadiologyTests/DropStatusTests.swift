// The status of an images drop, by what came of its files.

import Testing

@testable import Radiology

@Suite struct DropStatusTests {
    private func tally(_ change: (inout FileTally) -> Void) -> FileTally {
        var tally = FileTally()
        change(&tally)
        return tally
    }

    @Test func followsTheTable() {
        #expect(
            DropStatus.ofImages(
                tally {
                    $0.stored = 1; $0.ignored = 2
                }, isBroken: false) == .accepted)
        #expect(DropStatus.ofImages(tally { $0.conflict = 1 }, isBroken: false) == .accepted)
        #expect(DropStatus.ofImages(tally { $0.duplicate = 3 }, isBroken: false) == .duplicate)
        #expect(
            DropStatus.ofImages(
                tally {
                    $0.duplicate = 3; $0.damaged = 1
                }, isBroken: false) == .partial)
        #expect(DropStatus.ofImages(tally { $0.stored = 1 }, isBroken: true) == .partial)
        #expect(DropStatus.ofImages(tally { $0.damaged = 1 }, isBroken: false) == .quarantined)
        #expect(DropStatus.ofImages(tally { $0.ignored = 1 }, isBroken: false) == .quarantined)
    }
}
