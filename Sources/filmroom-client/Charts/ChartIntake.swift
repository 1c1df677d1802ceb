// Takes documents of charts into the party's own store: the forms that the service takes, read by the same reader.
//
// What cannot be taken is refused by itself, with its place and why; the rest is taken. The same again changes nothing.

import Files
import Foundation
import Interchange
import Radiology

struct ChartIntake {
    let store: ChartStore
    /// Of the place where times without an offset were written down.
    let zone: ZoneOffset
    let at: String

    struct Item: Encodable {
        let index: Int
        let id: String?
        /// `accepted`, `duplicate`, `refused`.
        let status: String
        let reason: String?
    }

    private static let fileByteLimit = 512 << 20
    private static let prefixByteCount = 4096

    /// - Throws: A finding when the document as a whole cannot be read.
    func take(_ path: String) throws -> [Item] {
        let bytes = try Paths.read(path, limit: Self.fileByteLimit)
        let form = ChartForm.detect(
            name: Paths.lastComponent(of: path), prefix: Array(bytes.prefix(Self.prefixByteCount)))
        let items: [Result<ChartItem, ItemError>]
        do throws(ItemError) { items = try ChartItems.items(bytes, form: form, zone: zone) } catch {
            throw ClientFailure.findings("\(path): \(error)")
        }
        return try items.enumerated().map { index, result in
            switch result {
            case .failure(let error):
                return Item(index: index, id: error.id, status: "refused", reason: error.description)
            case .success(let item):
                let isNew = try take(item)
                return Item(index: index, id: item.name, status: isNew ? "accepted" : "duplicate", reason: nil)
            }
        }
    }

    /// - Returns: Whether it says anything new.
    private func take(_ item: ChartItem) throws -> Bool {
        var isNew = false
        for patient in item.patients {
            let new = try change(patient.identity) { $0.take(patient) }
            isNew = new || isNew
        }
        for (identity, entries) in Dictionary(grouping: item.entries, by: \.patient).sorted(by: { $0.key < $1.key }) {
            let new = try take(entries, of: identity)
            isNew = new || isNew
        }
        for merge in item.merges {
            let new = try take(merge)
            isNew = new || isNew
        }
        return isNew
    }

    private func take(_ entries: [ChartEntry], of identity: PatientIdentity) throws -> Bool {
        let values = entries.flatMap { entry in
            [(ChartNumbers.Kind.entry, entry.name)] + entry.numbers.sorted().map { (ChartNumbers.Kind.number, $0) }
        }
        try store.numbers.add(values, chart: store.name(of: identity.normalized(own: store.ownIssuer)))
        return try change(identity) { chart in
            entries.reduce(false) { isNew, entry in
                let new = chart.take(entry, at: at)
                return new || isNew
            }
        }
    }

    private func take(_ merge: PatientMerge) throws -> Bool {
        let (from, into) = (merge.from.normalized(own: store.ownIssuer), merge.into.normalized(own: store.ownIssuer))
        let source = try store.root(of: try store.chart(of: from) ?? StoredChart(from)).patient.identity
        let target = try store.root(of: try store.chart(of: into) ?? StoredChart(into)).patient.identity
        guard source != target else { return false }
        // Who stays knows first: a kill between is made good by the same document again.
        _ = try change(target) { chart in
            if !chart.merged.contains(source) { chart.merged.append(source) }
            return true
        }
        return try change(source) { chart in
            chart.mergedInto = target
            return true
        }
    }

    /// Changes a patient's chart, which is made where there is none.
    private func change(_ identity: PatientIdentity, _ body: (inout StoredChart) -> Bool) throws -> Bool {
        let own = identity.normalized(own: store.ownIssuer)
        let before = try store.chart(of: own)
        var chart = before ?? StoredChart(own)
        let isNew = body(&chart)
        if isNew || before == nil { try store.write(chart) }
        return isNew || before == nil
    }
}
