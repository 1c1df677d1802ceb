// SetText owns a text that is broken into lines for a width.

internal import CTypesetting
internal import Paper

/// A text as it will be drawn.
final class SetText {
    let handle: OpaquePointer
    let style: TextStyle
    /// Points, one for each line.
    let lineHeights: [Double]
    /// Whether a character of it is in no font.
    let hasUnknown: Bool

    /// - Parameters:
    ///   - width: What it is broken to, in points.
    ///   - isRight: Whether its lines end at the right side.
    init(_ text: PaperText, width: Double, isRight: Bool, fonts: SiteFonts) {
        let style = TextStyle(text.style)
        self.style = style
        handle = SiteFonts.families.withCString { families in
            var form = filmroom_style()
            form.families = families
            form.size = style.size
            form.is_bold = style.isBold ? 1 : 0
            form.is_right = isRight ? 1 : 0
            form.width = width
            var content = text.text
            return content.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    filmroom_text_set(fonts.handle, $0.baseAddress, Int32($0.count), &form)
                }
            }
        }
        lineHeights = (0..<filmroom_text_line_count(handle)).map { [handle] in filmroom_text_line_height(handle, $0) }
        hasUnknown = filmroom_text_unknown_count(handle) > 0
    }

    deinit { filmroom_text_free(handle) }
}
