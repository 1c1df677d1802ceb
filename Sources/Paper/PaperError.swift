// PaperError owns why a document was not printed: it asks for what no font of this machine has, or the machine is at fault.

/// Why no PDF was made. Nothing of it is published; it can be made when the cause is gone.
package enum PaperError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Characters of the document that no installed font has, each once, the first ones.
    case missingGlyphs(String)
    /// The font that everything is set in is not installed.
    case missingFont(family: String, package: String)
    /// The program that prints is not there, or did not start.
    case unavailable(String)
    /// The document brought the program down, or is beyond its limits.
    case failed(String)

    package var description: String {
        switch self {
        case .missingGlyphs(let characters):
            "no PDF: no font of this machine has \(Self.named(characters)); install one that has, such as "
                + "fonts-ipafont-gothic (Japanese) or fonts-noto-core and fonts-noto-cjk (most scripts)"
        case .missingFont(let family, let package):
            "no PDF: the font \(family) is not installed; apt-get install \(package)"
        case .unavailable(let reason): "no PDF: \(reason)"
        case .failed(let reason): "no PDF: \(reason)"
        }
    }

    /// Whether it is made by itself once the machine has what was missing.
    package var mayPass: Bool { if case .failed = self { false } else { true } }

    /// `東 (U+6771), 京 (U+4EAC)`.
    private static func named(_ characters: String) -> String {
        characters.unicodeScalars
            .map { "\($0) (U+\(String($0.value, radix: 16, uppercase: true)))" }.joined(separator: ", ")
    }
}
