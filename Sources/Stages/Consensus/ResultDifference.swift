// What two determinations of one version of a result differ in, for people. Pure.

/// What two results of one exam differ in.
enum ResultDifference {
    static func lines(stored: ResultContent, anew: ResultContent) -> [String] {
        var lines: [String] = []
        func compare<Value: Equatable>(_ name: String, _ then: Value, _ now: Value, _ text: (Value) -> String) {
            if then != now { lines.append("\(name): \(text(then)), now \(text(now))") }
        }
        compare("status", stored.status, anew.status) { $0 }
        compare("label", stored.label, anew.label) { $0 ?? "none" }
        compare("reason", stored.reason, anew.reason) { $0 ?? "none" }
        compare("margin", stored.margin, anew.margin, ResultDocument.number)
        for label in Set(stored.posterior.keys).union(anew.posterior.keys).sorted() {
            compare("posterior of \(label)", stored.posterior[label], anew.posterior[label]) {
                $0.map(ResultDocument.number) ?? "none"
            }
        }
        let before = Dictionary(stored.reads.map { ($0.digest, $0) }) { first, _ in first }
        let after = Dictionary(anew.reads.map { ($0.digest, $0) }) { first, _ in first }
        for digest in Set(before.keys).union(after.keys).sorted() {
            let (then, now) = (before[digest], after[digest])
            let name = "read \(digest.prefix(12)) of \(then?.reader ?? now?.reader ?? "")"
            guard let then, let now else {
                lines.append("\(name): \(then == nil ? "absent, now there" : "there, now absent")")
                continue
            }
            compare("\(name): label", then.label, now.label) { $0 ?? "none" }
            compare("\(name): weight", then.weight, now.weight, ResultDocument.number)
            compare("\(name): counted", then.counted, now.counted, String.init)
            compare("\(name): reason", then.reason, now.reason) { $0 ?? "none" }
        }
        compare("minority", stored.minority, anew.minority) { opinions in
            opinions.map { "\($0.reader) \($0.label)" }.joined(separator: ", ")
        }
        return lines
    }
}
