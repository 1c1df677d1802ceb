// In which form a pack lies in a tier: the tar itself, or the tar compressed.
//
// Pure. The form is told by the name's ending, so that a tier whose configuration changed still knows what it has.

/// How a pack's bytes are kept.
package enum PackForm: String, CaseIterable, Sendable {
    case plain, zstd

    /// The ending of the file's name.
    package var suffix: String {
        switch self {
        case .plain: ".tar"
        case .zstd: ".tar.zst"
        }
    }

    /// The form of a file, and its name without the ending; nil for what is no pack's name.
    package static func split(_ name: String) -> (form: PackForm, stem: String)? {
        for form in [PackForm.zstd, .plain] where name.hasSuffix(form.suffix) {
            return (form, String(name.dropLast(form.suffix.count)))
        }
        return nil
    }
}
