// Writes the reports that go along with a delivered exam: each file as it is stored, and an index of them.

internal import Interchange
internal import Pages
internal import Spool

struct DeliveredReports {
    /// The newest first.
    let reports: [DeliveredReport]

    /// - Returns: What was written, in `reports/`.
    func write(to folder: OutboundFolder, prefix: String) throws -> [ReleasedFile] {
        if reports.isEmpty { return [] }
        var files: [ReleasedFile] = []
        for report in reports {
            for file in report.files { files.append(try write("reports/\(file.name)", file.bytes(), folder, prefix)) }
        }
        files.append(try write("reports/index.json", index(), folder, prefix))
        return files
    }

    private func write(
        _ path: String, _ bytes: [UInt8], _ folder: OutboundFolder, _ prefix: String
    ) throws -> ReleasedFile {
        ReleasedFile(path: path, sha256: try folder.add(prefix + path, bytes), byteCount: Int64(bytes.count))
    }

    /// What the page shows of them.
    var shown: [ShownReport] {
        reports.map { report in
            ShownReport(
                author: report.author, status: report.status, version: report.version, receivedAt: report.receivedAt,
                isSuperseded: report.isSuperseded, text: report.text,
                files: report.files.map { "reports/\($0.name)" })
        }
    }

    private func index() -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.key("type", first: true)
        text.string("reports")
        text.raw(",\n\"reports\":[")
        for (place, report) in reports.enumerated() {
            text.raw(place == 0 ? "\n{" : ",\n{")
            append(report, to: &text)
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }

    private func append(_ report: DeliveredReport, to text: inout JSONText) {
        text.key("author", first: true)
        text.string(report.author)
        text.key("status")
        text.string(report.status)
        text.key("version")
        text.number(report.version)
        text.key("receivedAt")
        text.string(report.receivedAt)
        text.key("superseded")
        text.raw(report.isSuperseded ? "true" : "false")
        text.raw(",\"files\":")
        text.strings(report.files.map(\.name))
    }
}
