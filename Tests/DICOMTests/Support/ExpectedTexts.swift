// ExpectedTexts owns the reading of what pydicom_expected.py wrote.

import DICOM
import Foundation

/// What pydicom says about one file.
struct ExpectedFile: Decodable, Sendable {
    enum Text: Decodable, Sendable {
        case text(String)
        /// pydicom raises an error for this value.
        case refused

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do { self = .text(try container.decode(String.self)) } catch is DecodingError { self = .refused }
        }
    }

    let tags: [String: Text]?
    let unreadable: String?

    /// By file name: the JSON that FILMROOM_PYDICOM_EXPECTED names, or that of the fixtures.
    static func all() throws -> [String: ExpectedFile] {
        let path = ProcessInfo.processInfo.environment["FILMROOM_PYDICOM_EXPECTED"]
        let url =
            path.map { URL(fileURLWithPath: $0) } ?? DataFile.fixtureFolder.appendingPathComponent("expected.json")
        return try JSONDecoder().decode([String: ExpectedFile].self, from: Data(contentsOf: url))
    }
}

extension Tag {
    /// The tag of eight digits.
    init?(digits: String) {
        guard let number = UInt32(digits, radix: 16) else { return nil }
        self.init(number)
    }
}
