// InflatedRun owns the reading of one run of bytes out of a deflated data set: everything before it is inflated and
// thrown away, nothing after it is. Memory: the run, and one piece of output.

/// The reader of a run of an inflated data set.
package struct InflatedRun {
    /// What was found of the run.
    package private(set) var bytes: [UInt8] = []
    private let run: PixelDataPlace.Run
    private let inflater: Inflater
    private var position: UInt64 = 0

    /// - Parameter run: Counted from the start of the inflated data set.
    package init(_ run: PixelDataPlace.Run, limits: ScanLimits = .standard) throws(DICOMError) {
        self.run = run
        inflater = try Inflater(limits: limits)
    }

    /// True when the run is whole, or the stream has ended.
    package var isComplete: Bool { position >= run.end || inflater.hasEnded }

    /// Takes the next bytes of the deflated stream.
    package mutating func consume(_ deflated: UnsafeRawBufferPointer) throws(DICOMError) {
        var position = position
        var bytes = bytes
        self.bytes = []
        let run = run
        try inflater.inflate(deflated) { (piece) throws(DICOMError) in
            let end = position + UInt64(piece.count)
            let from = max(position, run.offset)
            let to = min(end, run.end)
            if from < to { bytes.append(contentsOf: piece[Int(from - position)..<Int(to - position)]) }
            position = end
        }
        self.position = position
        self.bytes = bytes
    }
}
