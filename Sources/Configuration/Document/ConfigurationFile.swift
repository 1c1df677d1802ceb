// The files that make up a configuration, by name.
//
// Owns their names and their order, which is also the order of messages.
// Never opens one.

/// A file of `pipelines/`.
package enum ConfigurationFile: String, CaseIterable, Sendable {
    case parties, reading, purposes, tariff, storage
    case images, diagnoses, requests, reports, charts, acks

    /// The name in the folder: `parties.yaml`.
    package var name: String { rawValue + ".yaml" }

    /// The path from the site's root: `pipelines/parties.yaml`.
    package var path: String { Self.folder + "/" + name }

    /// The folder that holds them, under the site's root.
    package static let folder = "pipelines"
}

extension DropKind {
    /// The file that configures its pipeline.
    var file: ConfigurationFile {
        switch self {
        case .images: .images
        case .diagnoses: .diagnoses
        case .requests: .requests
        case .reports: .reports
        case .charts: .charts
        case .acks: .acks
        }
    }
}
