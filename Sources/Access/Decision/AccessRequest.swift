// AccessRequest owns what of a request matters for the decision about one exam.
//
// Pure. Which exam it is about was looked up before.

package import Radiology

/// A request for an exam.
package struct AccessRequest: Hashable, Sendable {
    /// The id of a purpose; nil for what is given without being asked for, which has the party's default purpose.
    package let purpose: String?
    package let want: WantedRange
    package let prefer: ExamRequest.Preference

    package init(purpose: String?, want: WantedRange = .everything, prefer: ExamRequest.Preference = .reduce) {
        self.purpose = purpose
        self.want = want
        self.prefer = prefer
    }

    /// As a party dropped it.
    package init(_ request: ExamRequest) {
        self.init(purpose: request.purpose, want: WantedRange(request.want), prefer: request.prefer)
    }
}
