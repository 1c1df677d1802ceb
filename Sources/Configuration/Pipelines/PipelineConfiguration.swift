// How one kind of drop is worked on: its stages, how many at a time, how patiently, and within which limits.
//
// Owns the six files of one form, `images.yaml` to `acks.yaml`. Invariant: the stages are names that the pipeline knows.
// Never runs one.

/// A pipeline.
package struct PipelineConfiguration: Sendable, Equatable {
    /// The kind of drop that it takes.
    package let kind: DropKind
    /// Names of stages, in order; the first is `receive`.
    package let stages: [String]
    /// Drops worked on at the same time, 1 to 64.
    package let workers: Int
    /// How far apart the two scans are that see the same unattested drop unchanged; 0 is any two scans.
    package let settleMilliseconds: Int64
    /// How often the folder is looked at.
    package let scanEveryMilliseconds: Int64
    /// How long an incomplete drop is waited for before its sender is told; 0 tells at the first look.
    package let holdIncompleteAfterMilliseconds: Int64
    package let retry: RetryConfiguration
    package let limits: DropLimits

    /// The name of the pipeline: `images`.
    package var pipeline: String { kind.rawValue }

    /// What holds without the pipeline's file.
    package static func usual(_ kind: DropKind) -> PipelineConfiguration {
        PipelineConfiguration(
            kind: kind, stages: PipelineStages.all(of: kind), workers: kind == .images ? 2 : 1,
            settleMilliseconds: 10_000, scanEveryMilliseconds: 5000, holdIncompleteAfterMilliseconds: 36 * 3_600_000,
            retry: .usual, limits: .usual)
    }

    static func decode(_ reader: KeyedReader, kind: DropKind) -> PipelineConfiguration {
        let usual = PipelineConfiguration.usual(kind)
        reportOtherName(reader, kind)
        return PipelineConfiguration(
            kind: kind,
            stages: reader.value("stages", { PipelineStages.decode($0, kind: kind) }, default: usual.stages),
            workers: reader.value("workers", Decode.integer(in: 1...64), default: usual.workers),
            settleMilliseconds: reader.value("settle", Decode.duration, default: usual.settleMilliseconds),
            scanEveryMilliseconds: reader.value(
                "scanEvery", Decode.positiveDuration, default: usual.scanEveryMilliseconds),
            holdIncompleteAfterMilliseconds: reader.value(
                "holdIncompleteAfter", Decode.duration, default: usual.holdIncompleteAfterMilliseconds),
            retry: reader.value("retry", RetryConfiguration.decode, default: usual.retry),
            limits: reader.value("limits", DropLimits.decode, default: usual.limits))
    }

    private static func reportOtherName(_ reader: KeyedReader, _ kind: DropKind) {
        guard let field = reader.given("pipeline"), field.scalarText != kind.rawValue else { return }
        field.fail("here stands \(field.shown); the pipeline of this file is \(kind.rawValue)")
    }
}
