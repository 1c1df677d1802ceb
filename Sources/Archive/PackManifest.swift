// `pack.json`: what a pack holds, in its last member.
//
// Invariants: one line of JSON whose bytes depend on the pack's content alone, padded with spaces so that it
// ends 1024 bytes before the pack's end; its last field says its own length, so that it is found from the tail.
// The digest of these bytes names the pack: they hold every member's name, place, size and digest, and the tar
// headers follow from them, so that one digest vouches for every byte of the pack without hashing it again.

internal import Foundation
internal import Files

/// The contents of a pack.
package struct PackManifest: Codable, Equatable, Sendable {
    /// One stored DICOM file.
    package struct Member: Codable, Equatable, Sendable {
        package let name: String
        /// Bytes from the pack's start to the first byte of the file.
        package let offset: Int64
        package let byteCount: Int64
        /// 64 hexadecimal digits.
        package let sha256: String
        package let sopInstanceUID: String
        /// Whether another file with this SOP Instance UID and other bytes was stored before.
        package let conflict: Bool

        package init(
            name: String, offset: Int64, byteCount: Int64, sha256: String, sopInstanceUID: String, conflict: Bool
        ) {
            self.name = name
            self.offset = offset
            self.byteCount = byteCount
            self.sha256 = sha256
            self.sopInstanceUID = sopInstanceUID
            self.conflict = conflict
        }

        /// Appends the member as JSON. Its texts are digits, dots and hexadecimal: nothing in them needs escaping.
        fileprivate func append(to json: inout [UInt8]) {
            func put(_ text: String) { json.append(contentsOf: text.utf8) }
            put("{\"byteCount\":")
            put(String(byteCount))
            put(conflict ? ",\"conflict\":true,\"name\":\"" : ",\"conflict\":false,\"name\":\"")
            put(name)
            put("\",\"offset\":")
            put(String(offset))
            put(",\"sha256\":\"")
            put(sha256)
            put("\",\"sopInstanceUID\":\"")
            put(sopInstanceUID)
            put("\"}")
        }
    }

    /// The drop that brought the pack.
    package struct Drop: Codable, Equatable, Sendable {
        package let sha256: String
        package let name: String
        package let byteCount: Int64
        package let attested: Bool

        package init(sha256: String, name: String, byteCount: Int64, attested: Bool) {
            self.sha256 = sha256
            self.name = name
            self.byteCount = byteCount
            self.attested = attested
        }
    }

    package static let memberName = "pack.json"
    package static let currentVersion = 1

    package let version: Int
    package let facility: String
    /// The exam's key in outbound names.
    package let exam: String
    package let patientID: String
    package let issuerOfPatientID: String
    package let studyInstanceUID: String
    package let seriesInstanceUID: String
    package let drop: Drop
    /// The pack's place among those of its drop, from 1, by their first members.
    package let number: Int
    package let members: [Member]

    package init(series: PackSeries, drop: Drop, number: Int, members: [Member]) {
        version = Self.currentVersion
        facility = series.facility
        exam = series.exam
        patientID = series.patientID
        issuerOfPatientID = series.issuerOfPatientID
        studyInstanceUID = series.studyInstanceUID
        seriesInstanceUID = series.seriesInstanceUID
        self.drop = drop
        self.number = number
        self.members = members
    }

    /// The bytes of the member `pack.json`: JSON, padded to whole tar blocks.
    ///
    /// - Parameters:
    ///   - members: Written instead of this value's own, one after the other, so that they need not all be held.
    ///   - count: How many there are.
    func encoded(with members: some Sequence<Member>, count: Int) throws(ArchiveError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let head: Data
        do { head = try encoder.encode(Head(self)) } catch {
            throw .damagedPack(path: studyInstanceUID, reason: "pack.json cannot be written: \(error)")
        }
        var json = Array(head.dropLast())
        json.reserveCapacity(json.count + count * Self.memberByteCount)
        json += Array(",\"members\":[".utf8)
        for (index, member) in members.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            member.append(to: &json)
        }
        json.append(UInt8(ascii: "]"))
        return Self.padded(json)
    }

    /// About how many bytes a member takes.
    private static let memberByteCount = 300

    /// All but the members, of which there may be many.
    private struct Head: Encodable {
        let version: Int
        let facility: String
        let exam: String
        let patientID: String
        let issuerOfPatientID: String
        let studyInstanceUID: String
        let seriesInstanceUID: String
        let drop: Drop
        let number: Int

        init(_ manifest: PackManifest) {
            version = manifest.version
            facility = manifest.facility
            exam = manifest.exam
            patientID = manifest.patientID
            issuerOfPatientID = manifest.issuerOfPatientID
            studyInstanceUID = manifest.studyInstanceUID
            seriesInstanceUID = manifest.seriesInstanceUID
            drop = manifest.drop
            number = manifest.number
        }
    }

    /// - Parameter bytes: The whole member.
    package static func decoded(_ bytes: [UInt8], path: String) throws(ArchiveError) -> PackManifest {
        do {
            let manifest = try JSONDecoder().decode(PackManifest.self, from: Data(bytes))
            guard manifest.version <= currentVersion else {
                throw ArchiveError.damagedPack(
                    path: path, reason: "pack.json has version \(manifest.version); this program reads up to 1")
            }
            return manifest
        } catch let error as ArchiveError {
            throw error
        } catch {
            throw .damagedPack(path: path, reason: "pack.json is not readable: \(error)")
        }
    }

    private static let tailDigits = 12

    /// Adds spaces and the field that tells the length, so that the whole is a multiple of 512 bytes.
    private static func padded(_ open: [UInt8]) -> [UInt8] {
        let tailByteCount = tailPrefix.utf8.count + tailDigits + 3
        let bare = open.count + tailByteCount
        let total = (bare + TarHeader.blockByteCount - 1) / TarHeader.blockByteCount * TarHeader.blockByteCount
        let digits = String(total)
        let number = String(repeating: "0", count: tailDigits - digits.count) + digits
        let spaces = [UInt8](repeating: UInt8(ascii: " "), count: total - bare)
        return open + spaces + Array((tailPrefix + number + "\"}\n").utf8)
    }

    private static let tailPrefix = ",\"manifestByteCount\":\""

    /// The manifest's length, from the last bytes of its member.
    ///
    /// - Parameter tail: At least its last 64 bytes; nil comes back when they are not a manifest's.
    package static func byteCount(fromTail tail: [UInt8]) -> Int64? {
        let end = Array((tailPrefix).utf8)
        let length = end.count + tailDigits + 3
        guard tail.count >= length else { return nil }
        let part = Array(tail.suffix(length))
        guard part.starts(with: end), part.suffix(3).elementsEqual(Array("\"}\n".utf8)) else { return nil }
        return Int64(String(decoding: part[end.count..<end.count + tailDigits], as: UTF8.self))
    }
}

/// What all members of a pack have in common.
package struct PackSeries: Hashable, Sendable {
    package let facility: String
    package let exam: String
    package let patientID: String
    package let issuerOfPatientID: String
    package let studyInstanceUID: String
    package let seriesInstanceUID: String

    package init(
        facility: String, exam: String, patientID: String, issuerOfPatientID: String, studyInstanceUID: String,
        seriesInstanceUID: String
    ) {
        self.facility = facility
        self.exam = exam
        self.patientID = patientID
        self.issuerOfPatientID = issuerOfPatientID
        self.studyInstanceUID = studyInstanceUID
        self.seriesInstanceUID = seriesInstanceUID
    }
}
