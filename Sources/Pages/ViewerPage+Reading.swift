// What a viewer page was told, read back from its `index.html`.
//
// Pure. Only pages that this program wrote are meant: of anything else there is nothing to read.

import FoundationEssentials

extension ViewerPage {
    private static let opening = Array(#"id="filmroom-page">"#.utf8)
    private static let ending = Array("</script>".utf8)

    /// - Parameter html: The bytes of `index.html`.
    /// - Returns: nil when it is no page of the viewer, or of a version that says other things.
    package static func read(_ html: [UInt8]) -> ViewerPage? {
        guard let start = range(of: opening, in: html[...]),
            let end = range(of: ending, in: html[start.upperBound...])
        else { return nil }
        do {
            return try JSONDecoder().decode(ViewerPage.self, from: Data(html[start.upperBound..<end.lowerBound]))
        } catch {
            return nil
        }
    }

    private static func range(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        var index = bytes.startIndex
        while let next = bytes[index...].firstIndex(of: text[0]) {
            if bytes[next...].starts(with: text) { return next..<next + text.count }
            index = next + 1
        }
        return nil
    }
}
