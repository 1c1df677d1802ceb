// One thing that is wrong in a configuration file, and where.
//
// Owns the wording that every command prints for it: file, line, what is wrong and what would be right.
// Invariant: a line and a column are 1-based. Never holds the text of a whole file.

/// A mistake in one of the files of `pipelines/`.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// The file relative to the site's root: `pipelines/parties.yaml`.
    package let file: String
    /// The line in the file, from 1.
    package let line: Int
    /// The column in the line, from 1, counted in Unicode scalars.
    package let column: Int
    /// The key, what is wrong with it, and what would be right.
    package let message: String

    package init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The form that editors and compilers understand: `pipelines/parties.yaml:4: message`.
    package var description: String { "\(file):\(line): \(message)" }
}
