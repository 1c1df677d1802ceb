// RequestItem owns the kinds of what may be dropped as a request: one object of JSON, or one line of CSV.
//
// Pure. Which party may drop which kind is decided elsewhere.

/// One item of a requests drop.
package enum RequestItem: Hashable, Sendable {
    case request(ExamRequest)
    case assign(Assignment)
    case hold(Hold)
    case delete(Deletion)
    case credit(CreditRequest)
    case debit(DebitRequest)
    case result(ResultRequest)
    case referral(Referral)
    case settle(Settlement)

    /// The values of `type`, in the order of the cases.
    package static let types = [
        "request", "assign", "hold", "delete", "credit", "debit", "result", "referral", "settle",
    ]

    /// The value of `type`.
    package var type: String {
        switch self {
        case .request: "request"
        case .assign: "assign"
        case .hold: "hold"
        case .delete: "delete"
        case .credit: "credit"
        case .debit: "debit"
        case .result: "result"
        case .referral: "referral"
        case .settle: "settle"
        }
    }

    /// The id that its party gave it.
    package var id: String {
        switch self {
        case .request(let item): item.id
        case .assign(let item): item.id
        case .hold(let item): item.id
        case .delete(let item): item.id
        case .credit(let item): item.id
        case .debit(let item): item.id
        case .result(let item): item.id
        case .referral(let item): item.id
        case .settle(let item): item.id
        }
    }

    /// Whether only the management office may drop it.
    package var isManagementOnly: Bool { type != "request" && type != "referral" }
}
