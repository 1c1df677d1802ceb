// Makes all images of a delivered exam, several at once, and their previews.
//
// They are taken in the order in which they lie in their packs, by short runs, so that a part of a compressed pack is
// unpacked once. The first failure ends it. Memory: one frame a thread.

internal import Dispatch
internal import Pages
internal import Synchronization

struct DeliveredImages {
    let site: SiteContext
    let delivery: ImageDelivery
    let images: [GrantedImage]
    let progress: @Sendable (DeliveryProgress) -> Void

    /// Bytes of stored images that one thread takes in a row.
    private static let runByteCount: Int64 = 8 << 20
    private static let threadLimit = 16

    private struct State {
        var nextRun = 0
        var nextPreview = 0
        var made: [Int: MadeImage] = [:]
        var doneByteCount: Int64 = 0
        var failure: StageError?
    }

    /// - Returns: In the order of their numbers.
    func make() throws(StageError) -> [MadeImage] {
        let runs = runs()
        let state = Mutex(State())
        let progress = progress
        let total = images.count
        try inParallel(state) { () throws(StageError) in
            let packs = PackPlace(site: site)
            while let run = state.withLock({ Self.take(runs, &$0) }) {
                for image in run {
                    let made = try StageError.wrap {
                        try delivery.make(image, from: try packs.reader(of: image.stored))
                    }
                    state.withLock { state in
                        state.made[image.number] = made
                        state.doneByteCount += image.stored.byteCount
                        progress(
                            DeliveryProgress(
                                imageCount: total, doneCount: state.made.count, doneByteCount: state.doneByteCount))
                    }
                }
            }
        }
        try addPreviews(state)
        try StageError.wrap { try delivery.clean() }
        let made = state.withLock { $0.made }
        return images.compactMap { made[$0.number] }
    }

    /// Where the page shows stored values it needs pictures for its list of series alone: one of each stack.
    private func addPreviews(_ state: borrowing Mutex<State>) throws(StageError) {
        let numbers = state.withLock { Self.previewed($0.made.values.sorted { $0.source.number < $1.source.number }) }
        try inParallel(state) { () throws(StageError) in
            while let image = state.withLock({ Self.take(numbers, &$0) }) {
                var made = image
                try StageError.wrap { try delivery.addPreview(to: &made) }
                state.withLock { $0.made[made.source.number] = made }
            }
        }
    }

    private static func take(_ runs: [[GrantedImage]], _ state: inout State) -> [GrantedImage]? {
        guard state.failure == nil, state.nextRun < runs.count else { return nil }
        defer { state.nextRun += 1 }
        return runs[state.nextRun]
    }

    private static func take(_ numbers: [Int], _ state: inout State) -> MadeImage? {
        guard state.failure == nil, state.nextPreview < numbers.count else { return nil }
        defer { state.nextPreview += 1 }
        return state.made[numbers[state.nextPreview]]
    }

    /// The images that stand for a stack: projections and images of several frames each for themselves, of slices the
    /// middle one, as the page orders them.
    private static func previewed(_ images: [MadeImage]) -> [Int] {
        let shown = images.filter { $0.leftOut == nil && !$0.viewed.pixels.isEmpty }
        return Dictionary(grouping: shown, by: \.names.seriesInstanceUID).values.flatMap { series -> [Int] in
            guard let first = series.first else { return [] }
            let numbers = Dictionary(
                series.map { ($0.viewed.sopInstanceUID, $0.source.number) }, uniquingKeysWith: { first, _ in first })
            let ordered = ViewedSeries(
                seriesInstanceUID: "", modality: first.source.held.modality, instances: series.map(\.viewed))
            return ordered.stackMiddles.compactMap { numbers[$0.sopInstanceUID] }
        }.sorted()
    }

    /// In the order of the packs.
    private func runs() -> [[GrantedImage]] {
        let order = images.sorted {
            ($0.stored.packDigest, $0.stored.offset) < ($1.stored.packDigest, $1.stored.offset)
        }
        var runs: [[GrantedImage]] = []
        var byteCount = Self.runByteCount
        for image in order {
            if byteCount + image.stored.byteCount > Self.runByteCount {
                runs.append([])
                byteCount = 0
            }
            runs[runs.count - 1].append(image)
            byteCount += image.stored.byteCount
        }
        return runs
    }

    private func inParallel(
        _ state: borrowing Mutex<State>, _ body: () throws(StageError) -> Void
    ) throws(StageError) {
        let threads = min(Self.threadLimit, site.configuration.pipeline(.images).workers, images.count)
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
                do throws(StageError) { try body() } catch {
                    state.withLock { $0.failure = $0.failure ?? error }
                }
            }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
