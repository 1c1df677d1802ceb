// A notice that things were withdrawn which their party did not acknowledge, as JSON: what, and how to have it again.

internal import Catalog
internal import Interchange

enum WithdrawalNoticeFile {
    static func json(_ notice: WithdrawalNotice) -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.member("type", "notice", first: true)
        text.member("kind", "withdrawn")
        text.member("party", notice.party)
        text.member("at", notice.at)
        text.key("withdrawn")
        text.raw("[")
        for (index, item) in notice.withdrawn.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.member("path", "\(item.kind)/\(item.name)", first: true)
            text.member("sha256", item.sha256.hex)
            text.member("publishedAt", item.publishedAt)
            text.member("again", again(item))
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }

    /// What its party does to have it again.
    private static func again(_ item: WithdrawalRecord) -> String {
        switch Publication.Subject(rawValue: item.subject) {
        case .delivery where item.name.hasPrefix(LiaisonDesk.requestPrefix): "its images are on the page of the chart"
        case .reportDelivery:
            "send the request that it belongs to again, with the same id and content; nothing is charged again"
        case .delivery: "send the request again, with the same id and content; nothing is charged again"
        case .packet: "the reader sends a request with purpose 'reading', or the management office an 'assign'"
        case .result: "the management office sends a 'result' order for the exam"
        default: "it told something once and is not made again; `filmroom explain` has it"
        }
    }
}
