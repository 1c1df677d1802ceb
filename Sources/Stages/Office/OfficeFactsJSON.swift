// What an office is told, as JSON: the same facts as its page has, the lists of facilities whole. Pure: the same facts give
// the same bytes.

internal import Accounting
internal import Catalog
internal import Interchange

struct OfficeFactsJSON {
    private let facts: OfficeFacts
    private var text = JSONText()

    /// - Parameter instant: When it is made, ISO 8601 with offset.
    static func bytes(_ facts: OfficeFacts, asOf instant: String) -> [UInt8] {
        var writer = OfficeFactsJSON(facts: facts)
        writer.write(asOf: instant)
        return writer.text.take()
    }

    private init(facts: OfficeFacts) {
        self.facts = facts
    }

    private mutating func write(asOf instant: String) {
        text.raw("{")
        text.member("type", "office", first: true)
        text.member("site", facts.site.id)
        text.member("asOf", instant)
        text.raw(",\n\"waiting\":{")
        writeWaiting()
        text.raw("},\n\"arrivals\":{")
        writeArrivals()
        text.raw("},\n\"facilities\":{")
        writeFacilities()
        text.raw("},\n\"notices\":")
        list(facts.notices) { text, line in
            text.member("exam", line.notice.examKey, first: true)
            text.member("name", line.notice.name)
            text.member("count", line.notice.count)
            text.member("of", line.notice.total)
            text.member("at", line.notice.at)
            text.member("file", line.isOut ? "notices/\(line.notice.examKey).\(line.notice.name).json" : nil)
        }
        text.raw(",\n\"results\":")
        list(facts.results) { Self.write($1, to: &$0) }
        text.raw(",\n\"held\":")
        list(facts.held) { Self.write($1, to: &$0) }
        text.raw(",\n\"storage\":{")
        writeStorage()
        text.raw("},\n\"invoices\":{")
        writeInvoices()
        text.raw("}}\n")
    }

    /// An array of objects.
    private mutating func list<Line>(_ lines: [Line], _ body: (inout JSONText, Line) -> Void) {
        text.raw("[")
        for (index, line) in lines.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            body(&text, line)
            text.raw("}")
        }
        text.raw("]")
    }

    private static func write(_ drop: DropRecord, to text: inout JSONText) {
        text.member("drop", drop.id.description, first: true)
        text.member("party", drop.party)
        text.member("kind", drop.kind)
        text.member("state", drop.state.rawValue)
        text.member("status", drop.status)
        text.member("since", drop.state == .held ? drop.receivedAt ?? drop.firstSeenAt : drop.firstSeenAt)
        text.member("incomplete", drop.incompleteAt != nil)
    }

    private static func write(_ result: OfficeResult, to text: inout JSONText) {
        text.member("exam", result.record.examKey, first: true)
        text.member("version", result.record.version)
        text.member("status", result.record.status)
        text.member("label", result.record.label)
        text.member("determinedAt", result.record.determinedAt)
        text.member("reason", result.content.reason)
        text.key("minority")
        text.raw("[")
        for (index, opinion) in result.content.minority.enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            text.member("reader", opinion.reader, first: true)
            text.member("label", opinion.label)
            text.raw("}")
        }
        text.raw("]")
        let page = "results/\(result.record.examKey).v\(result.record.version).html"
        text.member("file", result.isOut ? page : nil)
    }

    private mutating func writeWaiting() {
        let waiting = facts.waiting
        text.member("paused", waiting.paused, first: true)
        text.raw(",\n\"drops\":")
        list(waiting.drops) { Self.write($1, to: &$0) }
        text.raw(",\n\"readings\":")
        list(waiting.readings) { text, sum in
            text.member("reader", sum.reader, first: true)
            text.member("open", sum.count)
            text.member("withoutResult", sum.withoutResult)
            text.member("oldestSince", sum.oldestAt)
        }
        text.raw(",\n\"recalls\":")
        list(waiting.recalls) { text, recall in
            text.member("exam", recall.examKey, first: true)
            text.member("since", recall.askedAt)
            text.member("reason", recall.reason)
        }
        text.member("examsWithoutResult", waiting.examsWithoutResult)
        text.member("readsBeforeExam", waiting.readsBeforeExam)
        text.member("reportsBeforeExam", waiting.reportsBeforeExam)
        text.member("unpublished", waiting.unpublishedSince.count)
        text.member("unpublishedSince", waiting.unpublishedSince.min())
        text.member("failedPublications", waiting.failedPublications)
    }

    private mutating func writeArrivals() {
        text.member("from", facts.arrivals.days.first, first: true)
        text.member("to", facts.arrivals.days.last)
        text.raw(",\n\"parties\":")
        list(facts.arrivals.parties) { text, line in
            text.member("party", line.party.id, first: true)
            text.key("sums")
            text.raw("[")
            for (index, sum) in line.sums.enumerated() {
                text.raw(index == 0 ? "{" : ",{")
                text.member("day", sum.day, first: true)
                text.member("kind", sum.kind)
                text.member("status", sum.status)
                text.member("drops", sum.dropCount)
                text.member("bytes", sum.byteCount)
                text.raw("}")
            }
            text.raw("]")
        }
    }

    private mutating func writeFacilities() {
        text.key("quietFactor", first: true)
        text.raw(Self.decimal(hundredths: facts.office.quietFactorInHundredths))
        text.raw(",\n\"list\":")
        list(facts.facilities) { text, standing in
            text.member("facility", standing.facility.id, first: true)
            text.member("state", standing.state.rawValue)
            text.member("lastHeardAt", standing.lastHeardAt)
            text.key("usualGapDays")
            if let gap = standing.usualGap { text.number(gap) } else { text.null() }
            text.key("missedDays")
            if let missed = standing.missedDays { text.number(missed) } else { text.null() }
            text.member("usualWeekdays", standing.usualWeekdays.map { OfficeFacts.weekdays([$0]) })
        }
    }

    private static func decimal(hundredths: Int64) -> String {
        "\(hundredths / 100).\(String(100 + hundredths % 100).dropFirst())"
    }

    private mutating func writeStorage() {
        text.member("days", facts.storage.days, first: true)
        text.raw(",\n\"tiers\":")
        list(facts.storage.tiers) { text, tier in
            text.member("tier", tier.name, first: true)
            text.member("bytes", tier.byteCount)
            text.key("diskUsedPercent")
            if let percent = tier.usedPercent { text.number(percent) } else { text.null() }
            text.key("bytesByDay")
            text.raw("[\(tier.levels.map(String.init).joined(separator: ","))]")
        }
        text.raw(",\n\"facilities\":")
        list(facts.storage.balances) { text, balance in
            text.member("facility", balance.facility, first: true)
            text.member("tier", balance.tier)
            text.member("bytes", balance.byteCount)
        }
        text.raw(",\n\"lastDrill\":")
        guard let drill = facts.drill else { return text.null() }
        text.raw("{")
        text.member("seed", drill.seed, first: true)
        text.member("at", drill.at)
        text.member("exams", drill.examCount)
        text.member("failed", drill.failedCount)
        text.raw("}")
    }

    private mutating func writeInvoices() {
        text.raw("\"documents\":")
        list(facts.documents) { text, document in
            let currency = Currency(document.currency)
            text.member("number", document.number, first: true)
            text.member("kind", document.kind.rawValue)
            text.member("facility", document.facility)
            text.member("month", document.month)
            text.member("issuedAt", document.issuedAt)
            text.member("currency", document.currency)
            text.member("net", Money(minorUnits: document.net, currency: currency).text)
            text.member("total", Money(minorUnits: document.total, currency: currency).text)
            text.member("file", document.isOut ? "invoices/\(document.number).html" : nil)
        }
        text.raw(",\n\"drafts\":")
        list(facts.drafts) { text, draft in
            text.member("month", draft.month, first: true)
            text.member("currency", draft.currency)
            text.member("facilities", draft.facilityCount)
            text.member("total", draft.total)
        }
    }
}
