// Grant owns what a party is given of an exam.
//
// Invariant: the range is within that of the purpose and within what was asked for.

/// A granted request.
package struct Grant: Hashable, Sendable {
    /// The id of the purpose, the default one where none was named.
    package let purpose: String
    /// Its modalities are those that the exam has, listed.
    package let range: AvailableRange
    /// What was asked for, where that is more than is given; else nil.
    package let reducedFrom: WantedRange?
    /// What of it was reduced, by the reason for which it would have been refused.
    package let reductions: [Denial.Reason]
    /// The rules that decided; the policy version is a digest of them.
    package let basis: PolicyBasis

    package init(
        purpose: String, range: AvailableRange, reducedFrom: WantedRange?, reductions: [Denial.Reason],
        basis: PolicyBasis
    ) {
        self.purpose = purpose
        self.range = range
        self.reducedFrom = reducedFrom
        self.reductions = reductions
        self.basis = basis
    }

    /// The modalities given, in order.
    package var kinds: [String] { range.kinds.modalities.sortedNames ?? [] }

    /// When the right ends.
    ///
    /// - Parameter releasedAt: Milliseconds since 1970.
    /// - Returns: Milliseconds since 1970; nil for never.
    package func ends(releasedAt: Int64) -> Int64? {
        range.forMilliseconds.map { releasedAt.addingReportingOverflow($0) }.map {
            $0.overflow ? .max : $0.partialValue
        }
    }
}
