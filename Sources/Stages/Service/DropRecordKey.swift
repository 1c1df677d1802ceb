// A drop's place in its party's folder, and the pipeline that takes it.

internal import Catalog
internal import Configuration
internal import Spool

extension DropRecord {
    /// What names the drop while it waits.
    var key: DropKey { DropKey(party: party, kind: kind, name: name) }

    /// Its kind; what lies in a folder of no kind is never looked at.
    var dropKind: DropKind { DropKind(rawValue: kind) ?? .images }
}

extension SiteContext {
    /// What is configured for drops of its kind.
    func pipeline(of drop: DropRecord) -> PipelineConfiguration { configuration.pipeline(drop.dropKind) }
}
