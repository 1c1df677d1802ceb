// PDFDocument owns the making of a file from a document: counted first, written then.
//
// Nothing is written of a document that has a character which no font has: a reader would see an empty box for it.

package import Paper

/// Writes PDF files.
package enum PDFDocument {
    private static let creator = "Filmroom"

    /// Writes a document as PDF 1.5, its fonts embedded.
    ///
    /// - Parameter write: Takes the bytes in order, some at a time.
    /// - Returns: The count of pages.
    /// - Throws: `PaperError`, and what `write` throws.
    package static func write(
        _ document: PaperDocument, to write: @escaping ([UInt8]) throws -> Void
    ) throws -> Int {
        let fonts = try SiteFonts(language: document.language)
        var count = Composition(document, fonts: fonts)
        count.run()
        guard count.unknown.isEmpty else {
            throw PaperError.missingGlyphs(String(String.UnicodeScalarView(count.unknown)))
        }
        let end = FileEnd(language: document.language, pageCount: count.page, to: write)
        let sheets = Sheets(document, creator: creator, to: end.take)
        var way = Composition(document, fonts: fonts, sheets: sheets, pageCount: count.page)
        way.run()
        try sheets.close()
        try end.finish()
        return count.page
    }
}
