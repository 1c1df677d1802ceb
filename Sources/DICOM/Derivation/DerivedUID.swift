// DerivedUID owns the UIDs of what is made from other instances: the same for the same source and terms, on every
// repetition and machine, and others for any other terms. It keeps no table.
// Invariant: without the site's secret nobody can tell which source a UID was made from by trying known UIDs.

internal import Files

/// The maker of derived UIDs.
///
/// - Source: DICOM PS3.5 annex B.2: "2.25." and an unsigned integer of 128 bits.
package struct DerivedUID: Hashable, Sendable {
    /// What an instance is made for, and how.
    package struct Terms: Hashable, Sendable {
        package let recipient: String
        package let policyVersion: String
        /// The linear scale of rows and columns.
        package let density: Double
        /// A word for the form of the pixels, "stored" or "rendered".
        package let form: String
        package let isDeidentified: Bool

        package init(recipient: String, policyVersion: String, density: Double, form: String, isDeidentified: Bool) {
            self.recipient = recipient
            self.policyVersion = policyVersion
            self.density = density
            self.form = form
            self.isDeidentified = isDeidentified
        }
    }

    package let terms: Terms
    private let secret: String

    /// - Parameter secret: The site's own; empty where nothing needs hiding.
    package init(_ terms: Terms, secret: String = "") {
        self.terms = terms
        self.secret = secret
    }

    /// What a UID names. Some writers give an instance and its series the same one; what is made has two.
    package enum Kind: String, Sendable {
        case instance, series
    }

    /// The UID of what is made from an instance or series: it differs with every term.
    package func made(_ kind: Kind, from uid: String) -> String {
        Self.uid([
            kind.rawValue, secret, uid, terms.policyVersion, "\(terms.density)", terms.recipient, terms.form,
            terms.isDeidentified ? "deidentified" : "identified",
        ])
    }

    /// What a replaced UID names.
    package enum StandIn: String, Sendable {
        case study, other
    }

    /// The UID that stands for another one with this recipient, whatever was asked for: of a study or a frame of
    /// reference, so that what is lent at different times still belongs together.
    package func standIn(_ kind: StandIn, for uid: String) -> String {
        Self.uid(["stand-in for", kind.rawValue, secret, uid, terms.recipient])
    }

    /// A name that stands for a patient's identifiers with this recipient; nil without a secret, since the few
    /// identifiers that there are could all be tried.
    package func pseudonym(of identifiers: [String]) -> String? {
        guard !secret.isEmpty else { return nil }
        let digest = Self.digest(["patient", secret, terms.recipient] + identifiers)
        return digest.prefix(8).map { Self.hexadecimal($0) }.joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func uid(_ parts: [String]) -> String { ofNumber(digest(parts)) }

    /// A UID from the first 16 bytes of a digest.
    package static func ofNumber(_ digest: [UInt8]) -> String {
        let number = digest.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return "2.25.\(number)"
    }

    /// Each part with its length, so that no two lists run together.
    private static func digest(_ parts: [String]) -> [UInt8] {
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
        return SHA256.digest(of: "filmroom-derived-1\n" + text).bytes
    }
}
