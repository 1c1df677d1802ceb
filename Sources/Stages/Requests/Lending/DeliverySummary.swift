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
        DeliveryDocuments.put("request", request.name, to: &text)
        DeliveryDocuments.put("recipient", request.party, to: &text)
        DeliveryDocuments.put("purpose", request.purpose, to: &text)
        DeliveryDocuments.put("prefer", request.prefer, to: &text)
        DeliveryDocuments.put("format", request.format, to: &text)
        DeliveryDocuments.put("askedAt", request.askedAt, to: &text)
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
        text.key("exam", first: true)
        text.string(line.key)
        DeliveryDocuments.put("status", line.status, to: &text)
        switch line.outcome {
        case .given(let given): put(given, key: line.key, to: &text)
        case .denied(let denial):
            DeliveryDocuments.put("path", "\(line.key).denial.json", to: &text)
            DeliveryDocuments.put("reason", denial.reason, to: &text)
            DeliveryDocuments.put("message", denial.message, to: &text)
        case .failed(let reason):
            DeliveryDocuments.put("path", nil, to: &text)
            DeliveryDocuments.put("reason", "failed", to: &text)
            DeliveryDocuments.put("message", reason, to: &text)
        }
    }

    private func put(_ given: DeliveryDocuments.Given, key: String, to text: inout JSONText) {
        DeliveryDocuments.put("path", key, to: &text)
        DeliveryDocuments.put("reason", nil, to: &text)
        DeliveryDocuments.put("message", nil, to: &text)
        DeliveryDocuments.put("releasedAt", given.release.releasedAt, to: &text)
        DeliveryDocuments.putRange(given.granted.grant, to: &text)
        text.key("fileCount")
        text.number(given.release.fileCount)
        text.key("byteCount")
        text.number(given.release.byteCount)
        DeliveryDocuments.putCharge(given.release.charge, to: &text)
    }
}
