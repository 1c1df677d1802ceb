// The figures of one case in one form, from the pairs of runs that were measured.
//
// Invariants: bytes are those of the images, whatever the form; each ratio is of two runs that followed one another.

/// One run of the limit and one of the ingest, one after the other.
struct MeasuredPair: Codable {
    /// The limit, with the parts of a tar shared among the threads.
    let limitSeconds: Double
    let limitProcessorSeconds: Double
    /// The limit, with each dropped file read, hashed and written by one thread from front to back.
    let wholeLimitSeconds: Double
    /// One SHA-256 over the dropped file; nil for a folder.
    let digestSeconds: Double?
    /// From the start of the ingest's program to its end.
    let ingestSeconds: Double
    /// From the start of the work in an open site to the receipt.
    let receiptSeconds: Double
    let processorSeconds: Double
    let peakByteCount: Int64
}

/// What is printed of one case and form: medians over the pairs, and the highest peak.
struct CaseFigures: Codable {
    let name: String
    let form: String
    /// How many facilities dropped it at once.
    let facilityCount: Int
    let fileCount: Int
    let byteCount: Int64
    let filesPerSecond: Double
    let megabytesPerSecond: Double
    let limitMegabytesPerSecond: Double
    /// As fast as the dropped file's own digest can be checked at all; nil for a folder.
    let digestMegabytesPerSecond: Double?
    /// The whole ingest's time to the limit's.
    let ratio: Double
    /// The time to the receipt to the limit's: without the program's start and the removal of the source.
    let receiptRatio: Double
    /// The same to the limit that takes each dropped file as a whole.
    let wholeReceiptRatio: Double
    /// The processors' time of the ingest's program to the limit's.
    let processorRatio: Double
    let processorSeconds: Double
    let peakByteCount: Int64
    let pairs: [MeasuredPair]

    /// - Parameter pairs: At least one.
    init(_ drop: CorpusDrop, facilities: Int, pairs: [MeasuredPair]) {
        name = drop.kind.rawValue
        form = drop.form.rawValue
        facilityCount = facilities
        fileCount = drop.files.count * facilities
        byteCount = drop.byteCount * Int64(facilities)
        let megabytes = Double(byteCount) / 1e6
        let seconds = Statistics.median(pairs.map(\.ingestSeconds))
        filesPerSecond = Double(fileCount) / seconds
        megabytesPerSecond = megabytes / seconds
        limitMegabytesPerSecond = megabytes / Statistics.median(pairs.map(\.limitSeconds))
        let digests = pairs.compactMap(\.digestSeconds)
        digestMegabytesPerSecond =
            digests.isEmpty ? nil : Double(drop.byteCount) / 1e6 / Statistics.median(digests)
        ratio = Statistics.median(pairs.map { $0.ingestSeconds / $0.limitSeconds })
        receiptRatio = Statistics.median(pairs.map { $0.receiptSeconds / $0.limitSeconds })
        wholeReceiptRatio = Statistics.median(pairs.map { $0.receiptSeconds / $0.wholeLimitSeconds })
        processorRatio = Statistics.median(pairs.map { $0.processorSeconds / $0.limitProcessorSeconds })
        processorSeconds = Statistics.median(pairs.map(\.processorSeconds))
        peakByteCount = pairs.map(\.peakByteCount).max() ?? 0
        self.pairs = pairs
    }
}
