// How a command ends when it does not end well.

/// A message for people, and an exit code.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    let code: Int32

    /// Something failed; the message says what to do.
    static func failed(_ text: String) -> CommandFailure { CommandFailure(description: text, code: 1) }
    /// Something was found that somebody has to look at.
    static func findings(_ text: String) -> CommandFailure { CommandFailure(description: text, code: 2) }
}
