// DecodedText owns the outcome of decoding: the text, and what was lost on the way.

/// Text out of a value's bytes.
package struct DecodedText: Hashable, Sendable {
    package let text: String
    /// False when bytes had no meaning in the declared character set; U+FFFD stands for them.
    package let isFaithful: Bool
    /// The encoding that this system cannot convert; nil when it could.
    package var missingConversion: String?
}
