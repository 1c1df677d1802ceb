// Asks the service for the exams that a chart needs, and waits for them.
//
// Invariants: what is asked for is noted before it leaves, so that a kill between asks for the same again, and not for more;
// what is dropped is made of `ExamAsked` alone.

import Files
import Foundation
import Radiology

struct ChartAsking {
    let server: ServerOptions
    let purpose: String
    /// 0 for not waiting.
    let seconds: Double
    let store: ChartStore
    /// The patient who stays.
    let patient: PatientIdentity

    struct Document: Encodable {
        let type = "request"
        let id: String
        let exams: ExamAsked
        let purpose: String
    }

    /// How one round ended.
    struct Round {
        let asked: [StoredChart.Asked]
        /// Whose deliveries are not here yet.
        let waiting: [String]
    }

    /// - Parameter isRenewal: Whether an answer that is here already is no answer.
    func ask(_ queries: [ExamAsked]) throws -> Round {
        let asked = try note(queries)
        guard !asked.isEmpty else { return Round(asked: [], waiting: []) }
        let outbox = try Outbox(desk: server.deskPath)
        let postbox = try server.open()
        let documents = asked.map { Document(id: $0.id, exams: $0.query, purpose: $0.purpose) }
        let drop = try DropMaking(outbox: outbox, kind: "requests", logger: Console.logger())
            .document([UInt8](Console.encoder.encode(documents)), stem: "liaison", ending: "json")
        let sent = try DropSender(postbox: postbox, outbox: outbox, waitSeconds: seconds).send(drop)
        let refused = (sent.receipt?.items ?? []).filter { $0.status == "refused" }
        try forget(Set(refused.compactMap(\.id)))
        try Report.check([sent], details: refused.compactMap(\.reason))
        let there = try DeliveryWaiting(server: server, postbox: postbox)
            .wait(for: asked.map(\.id), seconds: sent.receipt == nil ? 0 : seconds)
        try forget(Set(there.keys))
        return Round(asked: asked, waiting: asked.map(\.id).filter { there[$0] == nil })
    }

    /// Notes what is asked for, after what was and is not here yet.
    private func note(_ queries: [ExamAsked]) throws -> [StoredChart.Asked] {
        guard var chart = try store.chart(of: patient) else { return [] }
        let open = Set(chart.asked.map { ChartWants.plain($0.query) })
        let new = queries.filter { !open.contains(ChartWants.plain($0)) }
        chart.asked += new.map { StoredChart.Asked(id: Self.newID(), purpose: purpose, query: $0) }
        if !new.isEmpty { try store.write(chart) }
        return chart.asked
    }

    private func forget(_ ids: Set<String>) throws {
        guard !ids.isEmpty, var chart = try store.chart(of: patient) else { return }
        chart.asked.removeAll { ids.contains($0.id) }
        try store.write(chart)
    }

    /// Says nothing of what is asked for.
    private static func newID() -> String { "liaison-\(SHA256.digest(of: UUID().uuidString).hex.prefix(12))" }
}
