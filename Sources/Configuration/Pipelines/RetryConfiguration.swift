// How long to wait between attempts at what may pass by itself, such as a full disk.
//
// Owns the `retry` block. Invariant: the first wait is not longer than the longest. A default gives way to what is
// written beside it.

/// The waits of a pipeline.
package struct RetryConfiguration: Sendable, Equatable {
    /// The wait after the first failure.
    package let firstMilliseconds: Int64
    /// What each wait is multiplied by for the next one, 1 to 100.
    package let factor: ExactDecimal
    /// The longest wait.
    package let capMilliseconds: Int64
    /// How long after the first failure a drop is handed to a person.
    package let giveUpAfterMilliseconds: Int64

    /// What holds where nothing is said.
    package static let usual = RetryConfiguration(
        firstMilliseconds: 30_000, factor: ExactDecimal(2), capMilliseconds: 3_600_000,
        giveUpAfterMilliseconds: 5 * 86_400_000)

    static func decode(_ field: Field) -> RetryConfiguration? {
        KeyedReader.block(field) { reader in
            let first = reader.optional("first", Decode.positiveDuration)
            let cap = reader.optional("cap", Decode.positiveDuration)
            let retry = RetryConfiguration(
                firstMilliseconds: first ?? min(usual.firstMilliseconds, cap ?? .max),
                factor: reader.value("factor", growth, default: usual.factor),
                capMilliseconds: cap ?? max(usual.capMilliseconds, first ?? 0),
                giveUpAfterMilliseconds: reader.value(
                    "giveUpAfter", Decode.positiveDuration, default: usual.giveUpAfterMilliseconds))
            retry.reportDisorder(reader)
            return retry
        }
    }

    private static var growth: (Field) -> ExactDecimal? {
        Decode.decimal("a factor from 1 to 100", example: "2") {
            $0 >= ExactDecimal(1) && $0 <= ExactDecimal(100)
        }
    }

    private func reportDisorder(_ reader: KeyedReader) {
        let first = DurationText.text(milliseconds: firstMilliseconds)
        let cap = DurationText.text(milliseconds: capMilliseconds)
        let giveUpAfter = DurationText.text(milliseconds: giveUpAfterMilliseconds)
        if firstMilliseconds > capMilliseconds {
            reader.given("first")?.fail("the first wait, \(first), is longer than the cap, \(cap)")
        }
        if capMilliseconds > giveUpAfterMilliseconds, reader.given("giveUpAfter") != nil {
            reader.given("cap")?.fail("the cap, \(cap), is longer than giveUpAfter, \(giveUpAfter)")
        }
    }
}
