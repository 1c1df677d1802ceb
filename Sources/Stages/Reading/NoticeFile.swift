// A notice that enough, or all, diagnoses of an exam have arrived, as JSON.

internal import Catalog
internal import Interchange

enum NoticeFile {
    static func json(_ notice: NoticeRecord) -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.key("type", first: true)
        text.string("notice")
        text.key("kind")
        text.string("quorum")
        text.key("exam")
        text.string(notice.examKey)
        text.key("count")
        text.number(notice.count)
        text.key("of")
        text.number(notice.total)
        text.key("at")
        text.string(notice.at)
        text.raw("}\n")
        return text.take()
    }
}
