// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Filmroom",
    products: [
        .executable(name: "filmroom", targets: ["filmroom"]),
        .executable(name: "filmroom-watch", targets: ["filmroom-watch"]),
        .executable(name: "filmroom-bench", targets: ["filmroom-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C libraries from Debian, and the calls that Glibc's module lacks.
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CInotifyTools", providers: [.apt(["libinotifytools0-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSystem"),
        // SHA-256 by the processor's SHA extensions.
        .target(name: "CDigest"),

        // Ground.
        .target(name: "Radiology"),
        .target(name: "Files", dependencies: ["CSystem", "CCrypto", "CDigest"]),

        // Codecs.
        .target(name: "DICOM", dependencies: ["CZlib"], exclude: ["Dictionary/generate.py"]),
        .target(name: "Interchange"),
        // The default configuration is the repository's own `pipelines/`, which `Defaults` links to.
        .target(
            name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Defaults")]),

        // Stores.
        .target(name: "Bundles", dependencies: ["CArchive", "CCrypto", "CZlib"]),
        .target(name: "Spool", dependencies: ["Bundles", "Files"]),
        .target(name: "Archive", dependencies: ["Files"]),
        .target(name: "Catalog", dependencies: ["Files", .product(name: "GRDB", package: "GRDB.swift")]),

        // Work.
        .target(
            name: "Pipeline",
            dependencies: ["CSystem", "Files", .product(name: "Logging", package: "swift-log")]),
        .target(
            name: "Stages",
            dependencies: [
                "Archive", "Bundles", "Catalog", "Configuration", "DICOM", "Files", "Interchange", "Pipeline",
                "Radiology",
                "Spool", .product(name: "Logging", package: "swift-log"),
            ]),

        // Programs.
        .executableTarget(
            name: "filmroom",
            dependencies: [
                "Catalog", "Configuration", "Files", "Pipeline", "Spool", "Stages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // What `init` lays out beside the configuration: links to the repository's own `spool/` and `cron/`.
            resources: [.embedInCode("Layout")]),
        .executableTarget(name: "filmroom-watch", dependencies: ["CInotifyTools"]),
        .executableTarget(
            name: "filmroom-bench",
            dependencies: [
                "Archive", "CSystem", "Catalog", "Configuration", "DICOM", "Files", "Pipeline", "Stages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Tests mirror the sources.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "ArchiveTests", dependencies: ["TestSupport", "Archive", "Files"]),
        .testTarget(name: "BundlesTests", dependencies: ["Bundles"]),
        .testTarget(name: "CatalogTests", dependencies: ["TestSupport", "Catalog", "Files"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(
            name: "DICOMTests", dependencies: ["DICOM"], exclude: ["pydicom_expected.py", "pydicom_reads.py"]),
        .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"]),
        .testTarget(name: "PipelineTests", dependencies: ["TestSupport", "Pipeline", "Files"]),
        .testTarget(name: "RadiologyTests", dependencies: ["Radiology"]),
        .testTarget(name: "SpoolTests", dependencies: ["TestSupport", "Spool", "Files"]),
        .testTarget(
            name: "StagesTests",
            dependencies: ["TestSupport", "Stages", "Archive", "Bundles", "Catalog", "Files", "Pipeline", "Spool"]),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)
