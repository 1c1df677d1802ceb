// What a doctor is paid for a month, for management, as JSON and as CSV. Pure.

package import Accounting
internal import Radiology

/// Writes the settlement of a doctor's month.
package enum ReaderStatementText {
    /// - Parameter at: Writes an instant, in seconds since 1970, as records have it.
    package static func json(_ statement: ReaderStatement, at: (Int64) -> String) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"readerStatement\"")
        text.member("reader", statement.reader)
        text.member("name", statement.name)
        text.member("month", statement.month.description)
        text.member("currency", statement.currency.code)
        text.raw(",\n\"lines\":[")
        for (index, line) in statement.lines.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("number", index + 1, first: true)
            text.member("facility", line.facility)
            text.member("description", line.description)
            text.member("quantity", line.count)
            text.member("unitPrice", line.unitPrice.description)
            text.member("amount", line.amount.text)
            text.raw("}")
        }
        text.raw("],\n\"readings\":[")
        for (index, item) in statement.readings.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("event", item.reading.event, first: true)
            text.member("exam", item.reading.exam)
            text.member("at", at(item.reading.atSeconds))
            text.member("amount", item.fee.text)
            text.raw("}")
        }
        text.raw("],\n\"total\":")
        text.string(statement.total.text)
        text.raw("}\n")
        return text.take()
    }

    /// One record for each reading.
    package static func csv(_ statement: ReaderStatement, at: (Int64) -> String) -> [UInt8] {
        var text = CSVText()
        text.record(
            ["month", "reader", "name", "facility", "exam", "at", "amount", "currency", "event"].map { .plain($0) })
        for item in statement.readings {
            text.record([
                .plain(statement.month.description), .text(statement.reader), .text(statement.name),
                .text(item.reading.facility), .text(item.reading.exam), .plain(at(item.reading.atSeconds)),
                .plain(item.fee.text), .plain(statement.currency.code), .text(item.reading.event),
            ])
        }
        return text.take()
    }
}
