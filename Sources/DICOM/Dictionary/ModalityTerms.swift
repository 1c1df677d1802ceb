// ModalityTerms owns the defined terms of Modality (0008,0060), those that were retired included: files of their time are
// still sent. It never judges a file.

/// The defined terms of Modality.
///
/// - Source: DICOM PS3.3 section C.7.3.1.1.1.
package enum ModalityTerms {
    /// Whether the standard defines, or once defined, the term.
    package static func isDefined(_ term: String) -> Bool { terms.contains(term) }

    private static let terms = Set((current + " " + retired).split(separator: " ").map(String.init))

    private static let current = """
        ANN AR ASMT AU BDUS BI BMD CFM CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO IOL IVOCT \
        IVUS KER KO LEN LS M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG \
        RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA \
        XA XAPROTOCOL XC
        """
    private static let retired = "AS CD CF CP CS DD DF DM DS EC FA FS LP MA MS OPR ST VF"
}
