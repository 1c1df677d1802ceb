// What lies in `incoming/` beside the folders of known parties and kinds: reported, never read.
//
// Reads names only. Names that start with a dot are nobody's business.

internal import Files

/// Places in the incoming folders that nothing is taken from.
package struct UnknownFolders: Sendable {
    /// By path.
    package let places: [Place]

    package struct Place: Hashable, Sendable {
        /// Below `spool/`.
        package let path: String
        /// Why nothing is taken from it, and what would be right.
        package let reason: String
    }

    /// - Parameters:
    ///   - parties: The parties of the configuration, by id.
    ///   - kinds: The kinds of drop that there are.
    package init(_ layout: SpoolLayout, parties: [String], kinds: [String]) throws(SpoolError) {
        let known = Set(parties)
        var places: [Place] = []
        for name in try layout.incomingParties() where !name.startsWithDot {
            if !known.contains(name.text) {
                places.append(
                    Place(
                        path: "incoming/\(name.text)",
                        reason: "no party of this id in pipelines/parties.yaml; nothing in it is read"))
            } else {
                places += Self.unknownKinds(layout, party: name.text, kinds: kinds)
            }
        }
        self.places = places
    }

    /// A party's folder that cannot be read is told as such, and costs no other.
    private static func unknownKinds(_ layout: SpoolLayout, party: String, kinds: [String]) -> [Place] {
        let path = "incoming/\(party)"
        do throws(SpoolError) {
            guard let folder = try layout.openBelow(["incoming", party]) else { return [] }
            let names = try SpoolError.wrap { () throws(FilesError) in try folder.names().sorted() }
            let known = kinds.joined(separator: " ")
            return names.filter { !$0.startsWithDot && !kinds.contains($0.text) }.map { name in
                Place(
                    path: "\(path)/\(name.text)",
                    reason: "no kind of drop has this name; nothing in it is read. The kinds are \(known)")
            }
        } catch {
            return [Place(path: path, reason: error.description)]
        }
    }
}
