// Transfer syntaxes: every one of PS3.6 annex A is known, with its layout.

import DICOM
import Testing

struct TransferSyntaxTests {
    @Test(arguments: [
        ("1.2.840.10008.1.2", false, false, false, false), ("1.2.840.10008.1.2.1", true, false, false, false),
        ("1.2.840.10008.1.2.2", true, true, false, false), ("1.2.840.10008.1.2.1.99", true, false, false, true),
        ("1.2.840.10008.1.2.5", true, false, true, false), ("1.2.840.10008.1.2.4.90", true, false, true, false),
        ("1.2.840.10008.1.2.4.100.1", true, false, true, false), ("1.2.840.10008.1.2.4.201", true, false, true, false),
    ])
    func knowsTheLayout(uid: String, explicit: Bool, big: Bool, encapsulated: Bool, deflated: Bool) throws {
        let syntax = try #require(TransferSyntax.known(uid))
        #expect(syntax.uid == uid)
        #expect(syntax.isExplicitVR == explicit)
        #expect(syntax.isBigEndian == big)
        #expect(syntax.isEncapsulated == encapsulated)
        #expect(syntax.isDeflated == deflated)
    }

    @Test func guessesNothingAboutUnknownOnes() {
        #expect(TransferSyntax.known("1.2.840.99999.1.2.1") == nil)
        #expect(TransferSyntax.known("") == nil)
    }

    @Test func tellsVideoFromFrames() {
        #expect(TransferSyntax.known("1.2.840.10008.1.2.4.102")?.isVideo == true)
        #expect(TransferSyntax.known("1.2.840.10008.1.2.4.50")?.isVideo == false)
        #expect(TransferSyntax.known("1.2.840.10008.1.2.4.201")?.isVideo == false)
    }

    @Test func namesThem() {
        #expect(TransferSyntax.explicitVRLittleEndian.name == "Explicit VR Little Endian")
    }
}
