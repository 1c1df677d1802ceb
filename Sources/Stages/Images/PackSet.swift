// The packs that one drop writes: one for each series, open at the same time.
//
// Invariant: at most `openLimit` files are open; the one that was not written to for longest is closed and opens
// again when its series goes on.

internal import Archive
internal import Catalog
internal import Files

/// The packs of a drop in the making.
final class PackSet {
    private let facility: String
    private let staging: OpenDirectory
    private var writers: [Int: (position: Int, writer: PackWriter)] = [:]
    private var order: [Int] = []
    private var open: [Int] = []

    /// Open packs at once. Each holds a buffer of 256 KiB.
    private static let openLimit = 64

    init(facility: String, staging: OpenDirectory) {
        self.facility = facility
        self.staging = staging
    }

    /// The pack of a series and its position among the drop's packs.
    func pack(for series: ResolvedSeries) throws(StageError) -> (position: Int, writer: PackWriter) {
        if let known = writers[series.index] {
            try touch(series.index)
            return known
        }
        let facts = series.facts
        let writer = PackWriter(
            series: PackSeries(
                facility: facility, exam: facts.examKey, patientID: facts.patientID, issuerOfPatientID: facts.issuer,
                studyInstanceUID: facts.studyInstanceUID, seriesInstanceUID: facts.seriesInstanceUID),
            staging: staging, stagingName: FileName("\(series.index).tar"))
        let made = (position: order.count, writer: writer)
        writers[series.index] = made
        order.append(series.index)
        try touch(series.index)
        return made
    }

    /// Ends all packs, in the order in which they were begun.
    func seal(drop: PackManifest.Drop) throws(StageError) -> [(series: Int, pack: SealedPack)] {
        var result: [(series: Int, pack: SealedPack)] = []
        for index in order {
            guard let writer = writers[index]?.writer else { continue }
            result.append((index, try StageError.wrap { try writer.seal(drop: drop) }))
        }
        return result
    }

    private func touch(_ index: Int) throws(StageError) {
        if open.last == index { return }
        open.removeAll { $0 == index }
        open.append(index)
        guard open.count > Self.openLimit, let oldest = open.first else { return }
        open.removeFirst()
        try StageError.wrap { try writers[oldest]?.writer.close() }
    }
}
