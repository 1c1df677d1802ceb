// The defined terms of Modality, and what is none.

import DICOM
import Testing

struct ModalityTermsTests {
    @Test(arguments: ["CT", "MG", "RTSTRUCT", "M3D", "ANN", "XC", "XAPROTOCOL", "CTPROTOCOL", "IVUS", "DS"])
    func defined(_ term: String) { #expect(ModalityTerms.isDefined(term)) }

    @Test(arguments: ["", "ZZ", "XY", "ct", "CT MR", "MAMMO"])
    func undefined(_ term: String) { #expect(!ModalityTerms.isDefined(term)) }
}
