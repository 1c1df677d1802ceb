// What reading such a file costs at all: one pass over its bytes that finds every field, and nothing else.

import Files
import Pipeline

enum ReadsLimit {
    /// - Returns: Seconds, and the fields found.
    static func run(_ path: String) throws(BenchError) -> (seconds: Double, fields: Int) {
        let start = SiteClock.monotonicNanoseconds
        let fields = try BenchError.wrap {
            let file = try OpenFile.read(path)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
            defer { buffer.deallocate() }
            var fields = 0
            while true {
                let count = try file.read(into: buffer)
                if count == 0 { return fields }
                for place in 0..<count {
                    let byte = buffer[place]
                    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") { fields &+= 1 }
                }
            }
        }
        return (Double(SiteClock.monotonicNanoseconds - start) / 1e9, fields)
    }
}
