// PaperAnswer owns what `filmroom-print` says of a document: a piece of the file is in the payload, or it is done, or why not.

/// The header of an answer.
package enum PaperAnswer: Codable, Equatable, Sendable {
    /// Ready for a document.
    case ready
    /// The payload is the next piece of the file.
    case piece
    case done(pageCount: Int)
    case missingGlyphs(String)
    case missingFont(family: String, package: String)
    case failed(String)
}
