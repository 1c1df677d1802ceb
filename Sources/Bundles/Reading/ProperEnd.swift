// Whether an archive ended as its format demands.

/// The verdict on an archive's end.
package enum ProperEnd: Sendable, Equatable {
    /// `next()` has not yet returned nil.
    case unknown
    case ended
    /// The text says what is missing or too much.
    case notEnded(String)
}
