// Denial owns why a request got nothing, and what it could have had.
//
// Invariant: a denial of an exam that the party may not have at all is the same as of one that does not exist.

/// A refused request.
///
/// - Source: Contract, section 5 (`denial`).
package struct Denial: Error, Hashable, Sendable {
    /// The words of the contract.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case notAvailable, purposeUnknown, purposeNotGranted, kindNotAllowed, densityNotAllowed, processingNotAllowed
        case reportsNotAllowed, quotaExceeded, onHold
    }

    package let reason: Reason
    /// For people: what stands in the way, and what would not.
    package let message: String
    /// What of the request the purpose would have allowed, with all parts given: put in as `want`, it asks for just that.
    /// Where the exam is not available it says what the purpose allows of any exam. nil when that is nothing.
    package let wouldBeAllowed: WantedRange?

    package init(reason: Reason, message: String, wouldBeAllowed: WantedRange?) {
        self.reason = reason
        self.message = message
        self.wouldBeAllowed = wouldBeAllowed
    }
}
