// Scanning owns the shorthand of the tests: scan bytes whole or in chunks, and keep either outcome.

import DICOM

/// What a scan came to.
struct ScanOutcome: Hashable {
    var file: ScannedFile
    var error: DICOMError?

    static func == (left: ScanOutcome, right: ScanOutcome) -> Bool {
        left.file == right.file && left.error == right.error
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(file)
    }
}

enum Scanning {
    /// Scans bytes in chunks; nil for all at once.
    static func outcome(
        _ bytes: [UInt8], chunkByteCount: Int? = nil, limits: ScanLimits = .standard
    ) -> ScanOutcome {
        var scanner = FileScanner(limits: limits)
        do throws(DICOMError) {
            try push(bytes, chunkByteCount: chunkByteCount ?? max(bytes.count, 1), into: &scanner)
            return ScanOutcome(file: try scanner.finish(), error: nil)
        } catch {
            return ScanOutcome(file: scanner.soFar, error: error)
        }
    }

    private static func push(
        _ bytes: [UInt8], chunkByteCount: Int, into scanner: inout FileScanner
    ) throws(DICOMError) {
        for start in stride(from: 0, to: bytes.count, by: chunkByteCount) {
            try scanner.consume(Array(bytes[start..<min(start + chunkByteCount, bytes.count)]))
        }
    }

    /// The scanned file.
    static func file(_ bytes: [UInt8]) throws -> ScannedFile {
        let outcome = outcome(bytes)
        if let error = outcome.error { throw error }
        return outcome.file
    }

    static func form(_ bytes: [UInt8]) -> FileForm {
        bytes.withUnsafeBytes { FileScanner.form(ofPrefix: $0) }
    }

    static func read(_ bytes: [UInt8], stopsBeforePixelData: Bool = false) throws -> DICOMFile {
        try DataSetReader.read(bytes, stopsBeforePixelData: stopsBeforePixelData)
    }
}
