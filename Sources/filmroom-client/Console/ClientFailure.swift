// How a command of the client ends when it does not end well.

/// A message for people, and an exit code.
struct ClientFailure: Error, CustomStringConvertible {
    let description: String
    let code: Int32

    /// Something failed; the message says what to do.
    static func failed(_ text: String) -> ClientFailure { ClientFailure(description: text, code: 1) }
    /// The service has answered, and the answer is that somebody has to look at something.
    static func findings(_ text: String) -> ClientFailure { ClientFailure(description: text, code: 2) }
}
