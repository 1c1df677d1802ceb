// `filmroom consensus --what-if FILE`: how results would differ with other weights or rules. Changes nothing.

import Configuration
import Foundation
import Stages

struct WhatIfReport {
    let site: SiteContext
    let file: String
    let isJSON: Bool

    /// Prints each exam that would differ, and a summary.
    func run() throws {
        let changes = try changes()
        var counts = Counts()
        var differences: [[String: Any]] = []
        do throws(StageError) {
            try WhatIfRun(site: site, changes: changes).run { outcome in
                counts.add(outcome)
                guard !outcome.isSame else { return }
                if isJSON {
                    differences.append(Self.object(outcome))
                } else {
                    StandardStreams.print(Self.line(outcome))
                }
            }
        } catch {
            throw CommandFailure.failed(error.description)
        }
        guard isJSON else { return StandardStreams.print(counts.text) }
        try StandardStreams.printJSON([
            "type": "whatIf", "differences": differences,
            "summary": [
                "exams": counts.exams, "otherResults": counts.otherResults, "otherShares": counts.otherShares,
                "same": counts.exams - counts.otherResults - counts.otherShares,
            ],
        ])
    }

    private func changes() throws -> WhatIfChanges {
        do throws(ConfigurationError) {
            return try WhatIfChanges.load(file, for: site.configuration)
        } catch {
            throw CommandFailure.failed(error.description)
        }
    }

    private struct Counts {
        var exams = 0
        var otherResults = 0
        /// Exams with the same result by other shares or another margin.
        var otherShares = 0

        mutating func add(_ outcome: WhatIfOutcome) {
            exams += 1
            if outcome.isOtherResult { otherResults += 1 } else if !outcome.isSame { otherShares += 1 }
        }

        var text: String {
            "\(exams) exams with a result: \(otherResults) would have another, "
                + "\(otherShares) the same by other shares, \(exams - otherResults - otherShares) no difference"
        }
    }

    private static func line(_ outcome: WhatIfOutcome) -> String {
        let (before, after) = (outcome.before, outcome.after)
        let labels = Set(before.posterior.keys).union(after.posterior.keys).sorted()
        let shares = labels.map { label in
            "\(label) \(share(before.posterior[label])) -> \(share(after.posterior[label]))"
        }
        let margin = "margin \(share(before.margin)) -> \(share(after.margin))"
        return
            ([
                outcome.exam, "v\(outcome.version)", "\(name(before)) -> \(name(after))",
                shares.joined(separator: ", "), margin,
            ]).joined(separator: "\t")
    }

    private static func name(_ outcome: ExamOutcome) -> String { outcome.label ?? outcome.status }

    /// Three decimals; a dash for none.
    private static func share(_ value: Double?) -> String {
        guard let value else { return "-" }
        let thousandths = Int((value * 1000).rounded())
        return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
    }

    private static func object(_ outcome: WhatIfOutcome) -> [String: Any] {
        [
            "exam": outcome.exam, "version": outcome.version, "before": object(outcome.before),
            "after": object(outcome.after),
        ]
    }

    private static func object(_ outcome: ExamOutcome) -> [String: Any] {
        var object: [String: Any] = [
            "status": outcome.status, "posterior": outcome.posterior, "margin": outcome.margin,
        ]
        if let label = outcome.label { object["label"] = label } else { object["label"] = NSNull() }
        return object
    }
}
