// Chunks of any size lead to the same result as the whole file, for every file of the collection; none crashes or
// hangs.

import DICOM
import Testing

struct ChunkingTests {
    @Test func chunksOfAnySizeGiveTheSameResult() throws {
        let files = try DataFile.collection()
        #expect(files.count > 20)
        for file in files {
            let bytes = try file.bytes()
            let whole = Scanning.outcome(bytes)
            for size in [1, 7, 4096] where size > 1 || bytes.count <= 200_000 {
                let chunked = Scanning.outcome(bytes, chunkByteCount: size)
                #expect(chunked.error == whole.error, "\(file.name) in chunks of \(size)")
                guard whole.error == nil else { continue }
                #expect(chunked.file == whole.file, "\(file.name) in chunks of \(size)")
            }
        }
    }
}
