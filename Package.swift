// swift-tools-version: 6.1
import PackageDescription

#if arch(arm64)
    let architecture = "aarch64"
#else
    let architecture = "x86_64"
#endif
// Debian's folders of Pango's and cairo's headers. Their pkg-config files ask for `-pthread` too, which Swift's package manager
// warns of at each build.
let typesettingHeaders =
    ["pango-1.0", "cairo", "glib-2.0", "harfbuzz", "freetype2"].map { "-I/usr/include/\($0)" }
    + ["-I/usr/lib/\(architecture)-linux-gnu/glib-2.0/include"]

let package = Package(
    name: "Filmroom",
    products: [
        .executable(name: "filmroom", targets: ["filmroom"]),
        .executable(name: "filmroom-client", targets: ["filmroom-client"]),
        .executable(name: "filmroom-watch", targets: ["filmroom-watch"]),
        .executable(name: "filmroom-pixels", targets: ["filmroom-pixels"]),
        .executable(name: "filmroom-print", targets: ["filmroom-print"]),
        .executable(name: "filmroom-bench", targets: ["filmroom-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C libraries from Debian, and the calls that Glibc's module lacks.
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CInotifyTools", providers: [.apt(["libinotifytools0-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "COpenJPEG", pkgConfig: "libopenjp2", providers: [.apt(["libopenjp2-7-dev"])]),
        .systemLibrary(name: "CCharLS", pkgConfig: "charls", providers: [.apt(["libcharls-dev"])]),
        .systemLibrary(name: "CSpng", pkgConfig: "spng", providers: [.apt(["libspng-dev"])]),
        .target(name: "CSystem"),
        // SHA-256 by the processor's SHA extensions.
        .target(name: "CDigest"),
        // The pixel codecs behind plain C. DCMTK (libdcmtk-dev) has no pkg-config file.
        .target(
            name: "CCodecs", dependencies: ["CCharLS", "COpenJPEG", "CSpng", "CZlib"],
            linkerSettings: ["dcmjpeg", "dcmdata", "oflog", "ofstd"].map { .linkedLibrary($0) }),
        // Pango and cairo (libpango1.0-dev) behind plain C.
        .target(
            name: "CTypesetting", cSettings: [.unsafeFlags(typesettingHeaders)],
            linkerSettings: ["pangocairo-1.0", "pangoft2-1.0", "pango-1.0", "gobject-2.0", "cairo", "fontconfig"].map {
                .linkedLibrary($0)
            }),

        // Ground.
        .target(name: "Radiology"),
        .target(name: "Consensus", dependencies: ["Radiology"]),
        .target(name: "Accounting", dependencies: ["Radiology"]),
        .target(name: "Access", dependencies: ["Radiology"]),
        .target(name: "Files", dependencies: ["CSystem", "CCrypto", "CDigest"]),
        .target(name: "Processes", dependencies: ["CSystem"]),

        // Codecs.
        .target(
            name: "DICOM", dependencies: ["CZlib", "Files"],
            exclude: ["Deidentification/generate.py", "Dictionary/generate.py"]),
        .target(name: "Pixels", dependencies: ["Processes"]),
        .target(name: "PixelCodecs", dependencies: ["CCodecs", "CSystem", "DICOM", "Files", "Pixels", "Processes"]),
        // What is to be printed, and the asking for it; `Typesetting` makes the file.
        .target(name: "Paper", dependencies: ["Processes"]),
        .target(name: "Typesetting", dependencies: ["CTypesetting", "Paper", "Processes"]),
        .target(name: "Interchange", dependencies: ["Accounting", "Consensus", "DICOM", "Files", "Radiology"]),
        // The viewer's scripts, styles and templates are built into the program.
        .target(
            name: "Pages",
            dependencies: [
                "Accounting", "CZlib", "Files", "Paper", "Radiology",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Viewer"), .embedInCode("Templates"), .embedInCode("Styles")]),
        // The default configuration is the repository's own `pipelines/`, which `Defaults` links to.
        .target(
            name: "Configuration", dependencies: [.product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Defaults")]),

        // Stores.
        .target(name: "Bundles", dependencies: ["CArchive", "CCrypto", "CZlib"]),
        .target(name: "Spool", dependencies: ["Bundles", "Files"]),
        .target(name: "Archive", dependencies: ["CZstd", "Files"]),
        .target(
            name: "Catalog",
            dependencies: ["Accounting", "Files", "Radiology", .product(name: "GRDB", package: "GRDB.swift")]),

        // Work.
        .target(
            name: "Pipeline",
            dependencies: ["CSystem", "Files", .product(name: "Logging", package: "swift-log")]),
        // What a page needs of image files; the service and the parties' program make their pages with it.
        .target(name: "Viewing", dependencies: ["DICOM", "Files", "Pages", "Pixels", "Spool"]),
        .target(
            name: "Stages",
            dependencies: [
                "Access", "Accounting", "Archive", "Bundles", "Catalog", "Configuration", "Consensus", "DICOM", "Files",
                "Interchange", "Pages", "Paper", "Pipeline", "Pixels", "Radiology", "Spool", "Viewing",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Programs.
        .executableTarget(
            name: "filmroom",
            dependencies: [
                "Catalog", "Configuration", "Consensus", "Files", "Interchange", "Paper", "Pipeline", "Spool", "Stages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // What `init` lays out beside the configuration: links to the repository's own `spool/` and `cron/`.
            resources: [.embedInCode("Layout")]),
        // The parties' program: nothing of the service's database, archive or stages.
        .executableTarget(
            name: "filmroom-client",
            dependencies: [
                "Bundles", "CSystem", "DICOM", "Files", "Interchange", "Pages", "Pipeline", "Pixels", "Radiology",
                "Spool",
                "Viewing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["DropKit"]),
        .executableTarget(name: "filmroom-watch", dependencies: ["CInotifyTools"]),
        // The only program that links the pixel codecs and runs them on bytes of strangers.
        .executableTarget(
            name: "filmroom-pixels",
            dependencies: [
                "PixelCodecs", "Pixels",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // The only program that links font libraries and runs them on texts of strangers.
        .executableTarget(
            name: "filmroom-print",
            dependencies: [
                "Paper", "Typesetting", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "filmroom-bench",
            dependencies: [
                "Accounting", "Archive", "CCodecs", "CSystem", "CZlib", "Catalog", "Configuration", "Consensus",
                "DICOM", "Files",
                "Interchange",
                "Pages", "Pipeline", "Pixels", "Radiology", "Stages",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // The script that the linking of charts is compared with.
            resources: [.embedInCode("Liaison/Opponent")]),

        // Tests mirror the sources.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "AccessTests", dependencies: ["Access", "Radiology"]),
        .testTarget(name: "AccountingTests", dependencies: ["TestSupport", "Accounting", "Radiology"]),
        .testTarget(name: "ArchiveTests", dependencies: ["TestSupport", "Archive", "Files"]),
        .testTarget(name: "BundlesTests", dependencies: ["Bundles"]),
        .testTarget(
            name: "CatalogTests",
            dependencies: [
                "TestSupport", "Accounting", "Catalog", "Files", "Radiology",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "ConsensusTests", dependencies: ["Consensus"]),
        .testTarget(
            name: "DICOMTests", dependencies: ["DICOM"], exclude: ["pydicom_expected.py", "pydicom_reads.py"]),
        .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"]),
        .testTarget(
            name: "InterchangeTests",
            dependencies: ["TestSupport", "Accounting", "Consensus", "Interchange", "Radiology"]),
        .testTarget(name: "PagesTests", dependencies: ["CZlib", "Files", "Pages"]),
        .testTarget(name: "PipelineTests", dependencies: ["TestSupport", "Pipeline", "Files"]),
        .testTarget(
            name: "PixelCodecsTests", dependencies: ["TestSupport", "PixelCodecs", "CCodecs", "DICOM", "Pixels"]),
        .testTarget(
            name: "PixelsTests",
            dependencies: ["TestSupport", "Pixels", "DICOM", "Files", "filmroom-pixels"]),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes"]),
        .testTarget(name: "RadiologyTests", dependencies: ["Radiology"]),
        .testTarget(name: "SpoolTests", dependencies: ["TestSupport", "Spool", "Files"]),
        .testTarget(
            name: "StagesTests",
            dependencies: [
                "TestSupport", "Stages", "Access", "Accounting", "Archive", "Bundles", "Catalog", "Configuration",
                "Files", "Pages", "Pipeline", "Spool", .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
