// TransferSyntax owns how a data set's bytes are laid out: VR explicit or not, byte order, deflated or not,
// pixel data encapsulated or not. The list is the standard's; an unknown UID is never guessed at here.

/// A transfer syntax.
///
/// - Source: DICOM PS3.5 annex A, PS3.6 annex A.
package struct TransferSyntax: Hashable, Sendable {
    package let uid: String
    package let isExplicitVR: Bool
    package let isBigEndian: Bool
    package let isEncapsulated: Bool
    package let isDeflated: Bool

    package init(
        uid: String, isExplicitVR: Bool = true, isBigEndian: Bool = false, isEncapsulated: Bool = false,
        isDeflated: Bool = false
    ) {
        self.uid = uid
        self.isExplicitVR = isExplicitVR
        self.isBigEndian = isBigEndian
        self.isEncapsulated = isEncapsulated
        self.isDeflated = isDeflated
    }

    package static let implicitVRLittleEndian = TransferSyntax(uid: "1.2.840.10008.1.2", isExplicitVR: false)
    package static let explicitVRLittleEndian = TransferSyntax(uid: "1.2.840.10008.1.2.1")
    package static let explicitVRBigEndian = TransferSyntax(uid: "1.2.840.10008.1.2.2", isBigEndian: true)
    package static let deflatedExplicitVRLittleEndian = TransferSyntax(uid: "1.2.840.10008.1.2.1.99", isDeflated: true)

    /// The syntax with this UID; nil when it is unknown.
    package static func known(_ uid: String) -> TransferSyntax? {
        byUID[uid]
    }

    /// The name in PS3.6 annex A; the UID itself when that has none.
    package var name: String { UIDNames.name(of: uid) ?? uid }

    /// True for streams whose frames are not fragments: MPEG2, H.264, H.265 (PS3.5 annexes A.4.5 to A.4.11).
    package var isVideo: Bool {
        (100...108).contains { uid == "\(Self.root)4.\($0)" || uid == "\(Self.root)4.\($0).1" }
    }

    var encoding: ElementEncoding { ElementEncoding(isExplicitVR: isExplicitVR, isBigEndian: isBigEndian) }

    private static let byUID: [String: TransferSyntax] = {
        let native = [implicitVRLittleEndian, explicitVRLittleEndian, explicitVRBigEndian]
        let otherNative = ["1.2.840.10008.1.20", "1.2.840.113619.5.2"].map {
            TransferSyntax(uid: $0, isExplicitVR: false)
        }
        let deflated = ["1.99", "4.95", "4.205"].map { TransferSyntax(uid: root + $0, isDeflated: true) }
        let referenced = ["4.94", "4.204"].map { TransferSyntax(uid: root + $0) }
        let encapsulated = encapsulatedSuffixes.map { TransferSyntax(uid: root + $0, isEncapsulated: true) }
        let all = native + otherNative + deflated + referenced + encapsulated
        return Dictionary(all.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    private static let root = "1.2.840.10008.1.2."

    /// Every syntax of annex A whose pixel data is encapsulated.
    private static let encapsulatedSuffixes: [String] = {
        let jpeg = ((50...66).map(String.init) + ["70", "80", "81", "90", "91", "92", "93"]).map { "4." + $0 }
        let video = (100...108).map { "4.\($0)" } + (100...106).map { "4.\($0).1" }
        let newer = ["4.110", "4.111", "4.112", "4.201", "4.202", "4.203"]
        let others = ["5", "1.98", "8.1", "6.1", "6.2", "7.1", "7.2", "7.3"]
        return jpeg + video + newer + others
    }()
}
