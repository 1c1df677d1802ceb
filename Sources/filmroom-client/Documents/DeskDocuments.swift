// JSON documents of one kind that were picked up.

import Files
import Foundation

struct DeskDocuments {
    let desk: String
    let kind: String

    private struct Typed: Decodable {
        let type: String?
    }

    /// Those of a type; other JSON that lies there, such as statistics, is passed over.
    func all<Document: Decodable>(_ form: Document.Type, type: String) throws -> [Document] {
        let place = "\(desk)/\(kind)"
        guard Paths.exists(place) else { return [] }
        let names = try OpenDirectory.open(followingLinks: place).names().filter {
            !$0.startsWithDot && $0.hasSuffix(".json")
        }
        return try names.sorted().compactMap { name in
            let data = Data(try Paths.read("\(place)/\(name.text)"))
            do {
                guard try JSONDecoder().decode(Typed.self, from: data).type == type else { return nil }
                return try JSONDecoder().decode(Document.self, from: data)
            } catch let error as DecodingError {
                throw ClientFailure.failed("\(place)/\(name.text) cannot be read: \(error)")
            }
        }
    }
}
