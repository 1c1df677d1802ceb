// What is told of a report: the drops that it came in, its versions, and who was given which.

import Catalog
import Foundation

extension Story {
    /// - Parameter times: The report, each time that it came.
    mutating func tell(_ times: [StoredReport]) throws -> [String: Any] {
        guard let report = times.first(where: { $0.facts.state == .accepted }) ?? times.first else { return [:] }
        for item in times {
            if let drop = try catalog.drop(item.drop) { _ = try tell(drop) }
        }
        let chain = try versions(of: report)
        for event in try report.facts.study.map({ try catalog.events(ofStudy: $0) }) ?? [] {
            let isOfChain = chain.contains { event.act.contains(":\($0.digest.hex):") }
            if isOfChain, ["reportStored", "reportChanged"].contains(event.kind) { try add(event) }
        }
        var holders: [[String: Any]] = []
        for version in chain {
            for copy in try catalog.copies(ofReport: version.id) {
                holders.append(SubjectText.copy(copy))
                add(
                    "reportGiven", at: copy.givenAt,
                    name: "reportGiven \(copy.digest.hex) \(copy.party) \(copy.request)",
                    [
                        "exam": report.examKey ?? "",
                        "detail": "version \(copy.version) to \(copy.party), request \(copy.request)",
                    ])
            }
        }
        var result = SubjectText.report(report, versions: chain, drops: Set(times.map(\.drop)).sorted())
        result["holders"] = holders
        result["told"] = try catalog.partiesOnlyTold(ofReport: report.id)
        return result
    }

    /// Its chain, oldest first: those it takes the place of, itself, and those in its place.
    private func versions(of report: StoredReport) throws -> [StoredReport] {
        guard let study = report.facts.study else { return [report] }
        let all = try catalog.reports(ofStudy: study)
        var chain = [report]
        while let earlier = chain.first?.facts.supersedes, let found = all.first(where: { $0.digest == earlier }),
            !chain.contains(where: { $0.id == found.id })
        {
            chain.insert(found, at: 0)
        }
        while let newer = chain.last?.supersededBy, let found = all.first(where: { $0.digest == newer }),
            !chain.contains(where: { $0.id == found.id })
        {
            chain.append(found)
        }
        return chain
    }
}
