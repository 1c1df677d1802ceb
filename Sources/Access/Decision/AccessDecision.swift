// AccessDecision owns the answer to a request for an exam: what is granted, or why nothing is.
//
// Pure.

/// Grant or denial.
package enum AccessDecision: Hashable, Sendable {
    case grant(Grant)
    case denial(Denial)

    package var granted: Grant? { if case .grant(let grant) = self { grant } else { nil } }
    package var denied: Denial? { if case .denial(let denial) = self { denial } else { nil } }
}
