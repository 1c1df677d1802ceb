// SiteFonts owns the fonts that documents are set in: those of the machine, in folders where packages put them, and no user's.
//
// What a font looks like is the same for everybody who runs the program: neither the home folder nor the environment is asked.

internal import CTypesetting
package import Paper

/// The fonts of this machine, open.
package final class SiteFonts {
    /// What all Latin, Greek and Cyrillic text is set in, and the figures.
    package static let family = "DejaVu Sans"
    package static let package = "fonts-dejavu-core"

    /// Where a character is not in `family`, the first of these that has it; then any font that has it.
    static let families = [
        family, "IPAGothic", "VL Gothic", "TakaoGothic", "Noto Sans CJK JP", "Noto Sans", "Noto Sans Symbols2",
    ].joined(separator: ",")

    private static let configuration = """
        <?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>\
        <dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>\
        <cachedir>/var/cache/fontconfig</cachedir></fontconfig>
        """

    let handle: OpaquePointer

    /// - Parameter language: Of what is set, as BCP 47 has it.
    /// - Throws: `.missingFont`.
    package init(language: String) throws(PaperError) {
        guard let handle = filmroom_fonts_open(Self.configuration, language) else {
            throw .missingFont(family: Self.family, package: Self.package)
        }
        self.handle = handle
        guard filmroom_fonts_have(handle, Self.family) != 0 else {
            throw .missingFont(family: Self.family, package: Self.package)
        }
    }

    deinit { filmroom_fonts_close(handle) }
}
