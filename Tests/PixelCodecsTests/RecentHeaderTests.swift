// One header for many frames, and another once the file is another.

import DICOM
import Foundation
import Pixels
import TestSupport
import Testing

@testable import PixelCodecs

@Suite struct RecentHeaderTests {
    @Test func changedFileIsReadAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/image.dcm"
        let work = PixelWork()
        func values(frame: Int) throws -> [UInt16] {
            let request = PixelRequest(
                source: PixelSource(path: path), frameNumber: frame, task: .values(ValuesOptions()))
            return LookupTable.words(try work.answer(request).bytes)
        }
        var image = try MadeImage(rows: 1, columns: 2, words: [1, 2, 3, 4])
        try image.dataSet.set(.numberOfFrames, "2")
        try Data(try image.bytes()).write(to: URL(filePath: path))
        #expect(try values(frame: 1) == [1, 2])
        #expect(try values(frame: 2) == [3, 4])
        let other = try MadeImage(rows: 1, columns: 3, words: [7, 8, 9])
        try Data(try other.bytes()).write(to: URL(filePath: path))
        #expect(try values(frame: 1) == [7, 8, 9])
        #expect(reason { _ = try values(frame: 2) } == "there is no frame 2 of 1")
    }
}
