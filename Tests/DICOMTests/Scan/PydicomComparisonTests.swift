// The catalogued texts of every file equal pydicom's. Where they differ on purpose, the file and the reason stand here.

import DICOM
import Testing

struct PydicomComparisonTests {
    @Test func everyTextEqualsPydicoms() throws {
        let expected = try ExpectedFile.all()
        #expect(expected.count > 20)
        for (name, file) in expected.sorted(by: { $0.key < $1.key }) {
            let bytes = try DataFile(name: name, url: DataFile.collectionFolder.appendingPathComponent(name)).bytes()
            let outcome = Scanning.outcome(bytes)
            let reason = Self.refused.first { name.hasSuffix($0.key) }?.value
            #expect((outcome.error == nil) == (reason == nil), "\(name): \(outcome.error?.description ?? "taken")")
            for problem in differences(outcome, file) {
                Issue.record("\(name) \(problem.tag): ours \(problem.ours), pydicom's \(problem.theirs)")
            }
        }
    }

    private struct Difference {
        var tag: String
        var ours: String
        var theirs: String
    }

    private func differences(_ outcome: ScanOutcome, _ expected: ExpectedFile) -> [Difference] {
        var found: [Difference] = []
        for (digits, text) in expected.tags ?? [:] {
            guard case .text(let theirs) = text, let tag = Tag(digits: digits) else { continue }
            let ours = outcome.file.text(tag)
            // A refused file tells what stands before its damage; pydicom may guess on.
            if ours == nil, outcome.error != nil { continue }
            if let ours, isSame(ours, theirs) { continue }
            found.append(Difference(tag: digits, ours: ours.map { "\"\($0)\"" } ?? "nothing", theirs: "\"\(theirs)\""))
        }
        return found
    }

    private func isSame(_ ours: String, _ theirs: String) -> Bool {
        Array(ours.unicodeScalars) == Array(theirs.unicodeScalars)
    }

    /// Files that pydicom opens (most with warnings), and a scan refuses.
    private static let refused: [String: String] = [
        "fo-dicom/GH1339.dcm": "ends before the delimiter of its pixel data, which pydicom drops",
        "TC0233_rows_US_as_UL.dcm": "has no data set",
        "TC0277_missing_delim.dcm": "has a sequence without an end; pydicom refuses it too",
        "TC0345_deflate_corrupt.dcm": "has a zlib stream in the place of its meta information",
        "TC0347_deflate_truncated.dcm": "has a zlib stream in the place of its meta information",
        "TC0383_no_dicm.dcm": "has no prefix DICM; pydicom finds nothing in it",
        "TC0385_dicm_offset0.dcm": "has its prefix in the place of the preamble; pydicom finds nothing in it",
        "TC0391_meta_glen_zero.dcm": "has a group length without a value; pydicom refuses it too",
        "TC0397_meta_glen_huge.dcm": "has a group length without a value; pydicom finds nothing in it",
        "pydicom/MR_truncated.dcm": "ends within its pixel data",
        "pydicom/rtplan_truncated.dcm": "ends within a sequence",
        "malformed/bytes_random.dcm": "has a length in its meta information that leads into nothing",
        "malformed/bytes_zeroed.dcm": "has zeros in the place of elements",
        "malformed/crlf_mangled.dcm": "has bytes added, so that a length leads past its end",
        "malformed/dicm_only.dcm": "has no data set",
        "malformed/gzipped.dcm": "is no DICOM",
        "malformed/json_model.dcm": "is no DICOM",
        "malformed/one_byte.dcm": "is no DICOM",
        "malformed/picture_renamed.dcm": "is no DICOM",
        "malformed/preamble_127.dcm": "has its prefix one byte early; pydicom finds nothing in it",
        "malformed/text.dcm": "is no DICOM",
        "malformed/truncated_150.dcm": "ends within its meta information",
        "malformed/truncated_500.dcm": "ends within an element's header",
        "malformed/truncated_900.dcm": "ends within its pixel data",
        "malformed/truncated_970.dcm": "ends within its pixel data",
        "malformed/twice.dcm": "holds two files, of which pydicom sees the first",
        "malformed/zero_bytes.dcm": "is empty",
    ]
}
