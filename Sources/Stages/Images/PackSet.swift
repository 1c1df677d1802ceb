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
    private var writers: [Int: PackWriter] = [:]
    /// The series that have members, in the order of their first.
    private var order: [Int] = []
    private var positions: [Int: Int] = [:]
    private var open: [Int] = []

    /// Open packs at once. Each holds a buffer of 256 KiB.
    private static let openLimit = 64

    init(facility: String, staging: OpenDirectory) {
        self.facility = facility
        self.staging = staging
    }

    /// The position, among the drop's packs, of the pack that a member of this series is now put into.
    func position(of series: ResolvedSeries) -> Int {
        if let position = positions[series.index] { return position }
        positions[series.index] = order.count
        order.append(series.index)
        return order.count - 1
    }

    /// The pack of a series.
    func writer(for series: ResolvedSeries) throws(StageError) -> PackWriter {
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
        writers[series.index] = writer
        try touch(series.index)
        return writer
    }

    /// Ends all packs that have members, in the order of their first.
    func seal(drop: PackManifest.Drop) throws(StageError) -> [(series: Int, pack: SealedPack)] {
        var result: [(series: Int, pack: SealedPack)] = []
        for (place, index) in order.enumerated() {
            guard let writer = writers[index] else { continue }
            result.append((index, try StageError.wrap { try writer.seal(drop: drop, number: place + 1) }))
        }
        return result
    }

    private func touch(_ index: Int) throws(StageError) {
        if open.last == index { return }
        open.removeAll { $0 == index }
        open.append(index)
        guard open.count > Self.openLimit, let oldest = open.first else { return }
        open.removeFirst()
        try StageError.wrap { try writers[oldest]?.close() }
    }
}
