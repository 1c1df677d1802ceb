// The kinds of examination that a corpus has: how many files of which size, in how many series.

import ArgumentParser

/// A kind of corpus.
enum CorpusCase: String, CaseIterable {
    /// 20,000 files of 8 KB.
    case small
    /// 1,000 slices of 0.5 MB.
    case ct
    /// 30 images of 17 MB.
    case mammography

    /// Rows and columns of 16-bit pixels.
    var size: (rows: Int, columns: Int) {
        switch self {
        case .small: (48, 80)
        case .ct: (512, 512)
        case .mammography: (3328, 2560)
        }
    }

    var fullFileCount: Int {
        switch self {
        case .small: 20_000
        case .ct: 1_000
        case .mammography: 30
        }
    }

    var filesOfSeries: Int {
        switch self {
        case .small: 1_000
        case .ct: 250
        case .mammography: 4
        }
    }

    var modality: String {
        switch self {
        case .small, .ct: "CT"
        case .mammography: "MG"
        }
    }

    /// - Source: DICOM PS3.4 annex B.5: CT Image Storage, Digital Mammography X-Ray Image Storage - For Presentation.
    var sopClassUID: String {
        switch self {
        case .small, .ct: "1.2.840.10008.5.1.4.1.1.2"
        case .mammography: "1.2.840.10008.5.1.4.1.1.1.2"
        }
    }

    /// The cases of a command line, as `ct,mammography`.
    static func list(_ text: String) throws -> [CorpusCase] {
        try text.split(separator: ",").map { name in
            guard let value = CorpusCase(rawValue: String(name)) else {
                throw ValidationError("'\(name)' is none of \(allCases.map(\.rawValue).joined(separator: ","))")
            }
            return value
        }
    }

    /// The number that its UIDs carry.
    var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
