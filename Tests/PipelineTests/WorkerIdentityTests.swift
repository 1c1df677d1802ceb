// Who is alive is told by locks that the kernel lets go of.

import TestSupport
import Testing

@testable import Files
@testable import Pipeline

@Suite struct WorkerIdentityTests {
    @Test func aWorkerIsAliveAsLongAsItHoldsItsLock() throws {
        let folder = try TemporaryFolder()
        let first = try WorkerIdentity(folder: folder.path, unique: "first")
        do {
            let second = try WorkerIdentity(folder: folder.path, unique: "second")
            #expect(try Set(first.others().live) == ["first", "second"])
            #expect(try second.others().dead.isEmpty)
        }
        let others = try first.others()
        #expect(others.dead == ["second"])
        #expect(others.live == ["first"])
        try first.forget(others.dead)
        #expect(try first.others().dead.isEmpty)
    }
}
