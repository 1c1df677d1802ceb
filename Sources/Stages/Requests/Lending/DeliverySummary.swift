// `summary.json`: what became of each exam of a request, in its order.
//
// Pure.

internal import Catalog
internal import Interchange

struct DeliverySummary {
    let request: LendingRequest

    /// What became of one exam.
    struct Line {
        enum Outcome {
            case given(DeliveryDocuments.Given)
            case denied(DenialRecord)
            /// It is tried again; the text says why it failed.
            case failed(String)
        }

        let key: String
        let outcome: Outcome

        var status: String {
            switch outcome {
            case .given(let given): given.granted.grant.reducedFrom == nil ? "granted" : "reduced"
            case .denied: "denied"
            case .failed: "failed"
            }
        }
    }

    func json(_ lines: [Line]) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"summary\"")
        text.member("request", request.name)
        text.member("recipient", request.party)
        text.member("purpose", request.purpose)
        text.member("prefer", request.prefer)
        text.member("format", request.format)
        text.member("askedAt", request.askedAt)
        text.raw(",\n\"counts\":{")
        for (index, status) in ["granted", "reduced", "denied", "failed"].enumerated() {
            if index > 0 { text.raw(",") }
            text.string(status)
            text.raw(":")
            text.number(lines.filter { $0.status == status }.count)
        }
        text.raw("},\n\"exams\":[")
        for (index, line) in lines.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            put(line, to: &text)
            text.raw("}")
        }
        text.raw("]}\n")
        return text.take()
    }

    private func put(_ line: Line, to text: inout JSONText) {
        text.member("exam", line.key, first: true)
        text.member("status", line.status)
        switch line.outcome {
        case .given(let given): put(given, key: line.key, to: &text)
        case .denied(let denial):
            text.member("path", "\(line.key).denial.json")
            text.member("reason", denial.reason)
            text.member("message", denial.message)
        case .failed(let reason):
            text.member("path", nil)
            text.member("reason", "failed")
            text.member("message", reason)
        }
    }

    private func put(_ given: DeliveryDocuments.Given, key: String, to text: inout JSONText) {
        text.member("path", key)
        text.member("reason", nil)
        text.member("message", nil)
        text.member("releasedAt", given.release.releasedAt)
        DeliveryDocuments.putRange(given.granted.grant, to: &text)
        text.member("fileCount", given.release.fileCount)
        text.member("byteCount", given.release.byteCount)
        DeliveryDocuments.putCharge(given.release.charge, to: &text)
    }
}
