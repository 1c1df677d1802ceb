// What becomes of the files of a drop, with real files, packs and database: stored, duplicate, conflict, kept apart,
// damaged or ignored.

import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Catalog
@testable import Files
@testable import Stages

@Suite struct DropAssemblerTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/identity").path

    private struct Assembled {
        let folder: TemporaryFolder
        let assembler: DropAssembler
        var statuses: [String: String] {
            Dictionary(assembler.files.map { ($0.path, $0.status.rawValue) }) { first, _ in first }
        }
    }

    /// - Parameter pieceByteCount: The size of the pieces in which files come.
    private func assemble(_ names: [String], pieceByteCount: Int = 100) throws -> Assembled {
        let folder = try TemporaryFolder()
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite")
        try Paths.makeDirectories(folder.path + "/staging")
        let assembler = try DropAssembler(
            catalog: catalog, facility: "northside", defaultIssuer: "NORTHSIDE",
            staging: try OpenDirectory.open(folder.path + "/staging"))
        let filler = BatchFiller(assembler: assembler, threads: 2)
        defer { filler.close() }
        for name in names { try add(name, to: filler, pieceByteCount: pieceByteCount) }
        try filler.drain()
        return Assembled(folder: folder, assembler: assembler)
    }

    private func add(_ name: String, to filler: BatchFiller, pieceByteCount: Int) throws {
        let file = try OpenFile.read(Self.fixtures + "/" + name)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceByteCount, alignment: 16)
        defer { buffer.deallocate() }
        try filler.add(path: name, note: nil) {
            let count = try file.read(into: buffer)
            return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer[..<count])
        }
    }

    @Test func sameBytesAreADuplicateAndOtherBytesOfTheSameUIDAConflict() throws {
        let result = try assemble([
            "original.dcm", "same_bytes_other_name.bin", "same_uid_other_pixels.dcm", "same_uid_other_name.dcm",
        ])
        #expect(
            result.statuses == [
                "original.dcm": "stored", "same_bytes_other_name.bin": "duplicate",
                "same_uid_other_pixels.dcm": "conflict", "same_uid_other_name.dcm": "conflict",
            ])
        #expect(result.assembler.instances.map(\.conflict) == [false, true, true])
        // The one with the other name says so itself; the patient's row keeps the first.
        #expect(result.assembler.instances[2].attributes.contains("patientName"))
        #expect(!result.assembler.instances[1].attributes.contains("patientName"))
    }

    @Test func aStudyUnderAnotherPatientIsKeptApart() throws {
        let result = try assemble(["original.dcm", "same_study_other_patient.dcm", "patient_id_variant.dcm"])
        let keys = result.assembler.series.map(\.examKey)
        #expect(Set(keys).count == keys.count)
        #expect(Set(result.assembler.series.map(\.patientID)).count == keys.count)
        let other = try #require(result.assembler.files.first { $0.path == "same_study_other_patient.dcm" })
        #expect(other.reason?.contains("kept apart as exam") == true)
    }

    @Test(
        "what cannot be catalogued says why",
        arguments: [
            ("truncated_900.dcm", "damaged", "too early"), ("text.dcm", "damaged", "not DICOM"),
            ("no_study_uid.dcm", "damaged", "StudyInstanceUID (0020,000D) is missing"),
            ("sop_uid_path.dcm", "damaged", "a UID has digits and dots only"),
        ])
    func damaged(name: String, status: String, reason: String) throws {
        let file = try #require(try assemble([name]).assembler.files.first)
        #expect(file.status.rawValue == status)
        #expect(file.reason?.contains(reason) == true, "\(file.reason ?? "no reason")")
    }

    @Test func anEmptyPatientIDIsStored() throws {
        #expect(try assemble(["empty_patient_id.dcm"]).statuses == ["empty_patient_id.dcm": "stored"])
    }

    @Test func thePacksDoNotDependOnHowTheBytesCame() throws {
        let names = ["original.dcm", "same_uid_other_pixels.dcm", "no_preamble.dcm", "same_study_other_patient.dcm"]
        let drop = PackManifest.Drop(sha256: "0", name: "d", byteCount: 1, attested: true)
        let digests = try [1, 100, 1 << 16].map { size in
            let result = try assemble(names, pieceByteCount: size)
            return try withExtendedLifetime(result) { try result.assembler.packs.seal(drop: drop).map(\.pack.digest) }
        }
        #expect(!digests[0].isEmpty)
        #expect(digests[0] == digests[1])
        #expect(digests[1] == digests[2])
    }
}
