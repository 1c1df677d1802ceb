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

        // Ground.
        .target(name: "Radiology"),
        .target(name: "Files", dependencies: ["CSystem", "CCrypto"]),

        // Codecs.
        .target(name: "DICOM", dependencies: ["CZlib"]),
        .target(name: "Interchange", dependencies: ["Radiology"]),
        .target(name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")]),

        // Stores.
        .target(name: "Bundles", dependencies: ["CArchive", "CCrypto"]),
        .target(name: "Spool", dependencies: ["Files", "Bundles"]),
        .target(name: "Archive", dependencies: ["Files"]),
        .target(
            name: "Catalog",
            dependencies: ["Radiology", "Files", .product(name: "GRDB", package: "GRDB.swift")]),

        // Work.
        .target(
            name: "Pipeline",
            dependencies: [
                "Catalog", "Configuration", "Files", "Spool", "CSystem", .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Stages",
            dependencies: [
                "Pipeline", "Archive", "Bundles", "Catalog", "Configuration", "DICOM", "Files", "Interchange", "Radiology",
                "Spool", .product(name: "Logging", package: "swift-log"),
            ]),

        // Programs.
        .executableTarget(
            name: "filmroom",
            dependencies: [
                "Stages", "Pipeline", "Archive", "Catalog", "Configuration", "Files", "Interchange", "Radiology", "Spool",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(name: "filmroom-watch", dependencies: ["CInotifyTools"]),
        .executableTarget(
            name: "filmroom-bench",
            dependencies: [
                "Files", "CSystem", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Tests mirror the sources.
        .testTarget(name: "FilesTests", dependencies: ["Files"]),
        .testTarget(name: "DICOMTests", dependencies: ["DICOM"]),
        .testTarget(name: "BundlesTests", dependencies: ["Bundles"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)
