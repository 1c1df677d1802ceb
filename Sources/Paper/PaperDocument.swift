// PaperDocument owns what is said to be printed: texts and tables in the order of reading, and what the file says of itself.
//
// Pure values, without a font, a place or a page: the same document, set with the same fonts, gives the same bytes.

/// A document for A4 paper.
package struct PaperDocument: Codable, Equatable, Sendable {
    package var title: String
    package var author: String
    package var subject: String
    /// As BCP 47 has it.
    package var language: String
    /// ISO 8601 with an offset: what the file says of when it was made.
    package var date: String
    /// What stands at the foot of each page, beside its number.
    package var footer: String
    package var blocks: [PaperBlock]

    package init(
        title: String, author: String, subject: String, language: String = "en", date: String, footer: String,
        blocks: [PaperBlock]
    ) {
        self.title = title
        self.author = author
        self.subject = subject
        self.language = language
        self.date = date
        self.footer = footer
        self.blocks = blocks
    }
}

/// A part of a document, from one side of the page to the other.
package enum PaperBlock: Codable, Equatable, Sendable {
    case text(PaperText)
    case grid(PaperGrid)
}

/// A text in one style. It is broken into lines where it has to be, and where it says so.
package struct PaperText: Codable, Equatable, Sendable {
    package enum Style: String, Codable, Sendable, CaseIterable {
        /// What a document is called.
        case title
        /// Begins a part, is a bookmark of the file, and stays with what follows.
        case heading
        case body, strong
        /// The name of what stands beside or below it.
        case label
        /// What is said in passing.
        case note
    }

    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .body) {
        self.text = text
        self.style = style
    }
}
