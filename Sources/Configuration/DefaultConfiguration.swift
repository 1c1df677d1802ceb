// The configuration that a new site is given.
//
// Owns nothing but the list: the texts are the files of the repository's `pipelines/`, built into the program, so that
// there is one source of them. Never reads a disk.

/// The default files of `pipelines/`.
package enum DefaultConfiguration {
    /// Names and texts, in the order of `ConfigurationFile`, with the explanation last.
    package static var files: [(name: String, text: String)] {
        ConfigurationFile.allCases.map { ($0.name, text(bytes(of: $0))) } + [
            ("README.md", text(PackageResources.README_md))
        ]
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func bytes(of file: ConfigurationFile) -> [UInt8] {
        switch file {
        case .parties: PackageResources.parties_yaml
        case .reading: PackageResources.reading_yaml
        case .purposes: PackageResources.purposes_yaml
        case .tariff: PackageResources.tariff_yaml
        case .storage: PackageResources.storage_yaml
        case .images: PackageResources.images_yaml
        case .diagnoses: PackageResources.diagnoses_yaml
        case .requests: PackageResources.requests_yaml
        case .reports: PackageResources.reports_yaml
        case .charts: PackageResources.charts_yaml
        case .acks: PackageResources.acks_yaml
        }
    }
}
