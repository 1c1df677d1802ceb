// An explanation for people: what each thing is, then what happened, a line each.

import Foundation

enum ExplanationText {
    static func lines(_ document: [String: Any]) -> [String] {
        let heads = (document["subjects"] as? [[String: Any]] ?? []).flatMap { subject in
            subject.filter { !($0.value is NSNull) }.sorted { $0.key < $1.key }
                .map { "\($0.key)\t\(text($0.value))" } + [""]
        }
        let events = (document["events"] as? [[String: Any]] ?? []).map { event in
            let rest = event.filter { !["at", "what", "event"].contains($0.key) }.sorted { $0.key < $1.key }
                .map { "\($0.key)=\(text($0.value))" }
            return (["\(event["at"] ?? "")", "\(event["what"] ?? "")"] + rest).joined(separator: "\t")
        }
        return heads + events
    }

    private static func text(_ value: Any) -> String {
        switch value {
        case let list as [String]: list.joined(separator: ", ")
        case let list as [[String: Any]]:
            list.map { item in
                item.filter { !($0.value is NSNull) }.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }
                    .joined(separator: " ")
            }.joined(separator: "; ")
        case let item as [String: String]:
            item.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        case let counts as [String: Int]:
            counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        case let item as [String: Any]:
            item.filter { !($0.value is NSNull) }.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }
                .joined(separator: " ")
        default: "\(value)"
        }
    }
}
