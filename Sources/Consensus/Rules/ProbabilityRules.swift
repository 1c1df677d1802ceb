// The rules that make probabilities: logOdds and latentClass.
//
// Where what they need is not known, declared weights decide, and the reason says so.

import Glibc

enum ProbabilityRules {
    /// Each read adds the logarithm of how much likelier it is on a positive exam.
    ///
    /// Optimal for readers who err independently. - Source: Nitzan and Paroush, International Economic Review 23, 1982.
    static func logOdds(_ ballot: Ballot, _ skills: ReaderSkills) -> Finding {
        guard let positive = ballot.rule.positive else {
            return declared(ballot, "logOdds needs a positive label: declared weights decided")
        }
        var weights: [Weight] = []
        for read in ballot.reads {
            let skill = skills.declared(read.reader)
            guard let sensitivity = skill.sensitivity, let specificity = skill.specificity,
                (0..<1).contains(sensitivity), sensitivity > 0, (0..<1).contains(specificity), specificity > 0
            else {
                let missing = "no sensitivity and specificity between 0 and 1 are declared for \(read.reader)"
                return declared(ballot, "\(missing): declared weights decided")
            }
            let isPositive = read.label == positive
            let ratio = isPositive ? sensitivity / (1 - specificity) : (1 - sensitivity) / specificity
            weights.append(Weight(rounding: log(ratio)))
        }
        let prevalence = ballot.rule.prevalence ?? 0.5
        let odds = weights.reduce(Weight(rounding: log(prevalence / (1 - prevalence))), +)
        return finding(ballot, positive, odds, weights)
    }

    private static func finding(_ ballot: Ballot, _ positive: String, _ odds: Weight, _ weights: [Weight]) -> Finding {
        let probability = 1 / (1 + exp(-odds.double))
        let others = ballot.leaders { $0 != positive }
        var posterior = Dictionary(uniqueKeysWithValues: ballot.shares.keys.map { ($0, 0.0) })
        let negative = ballot.total - ballot.weight(of: positive)
        let usual = ballot.rule.labels.first { $0 != positive }
        for label in posterior.keys where label != positive {
            let share =
                negative.units == 0 ? (label == usual ? 1 : 0) : ballot.weight(of: label).share(of: negative)
            posterior[label] = (1 - probability) * share
        }
        posterior[positive] = probability
        let against = others.isEmpty ? usual.map { [$0] } ?? [] : others
        let verdict: Verdict =
            odds.units > 0
            ? .label(positive)
            : odds.units == 0 ? .tie([positive] + against) : against.count == 1 ? .label(against[0]) : .tie(against)
        return Finding(ballot.rule, posterior, verdict: verdict, weights: weights.map(\.double))
    }

    /// The most probable label by error rates that were learnt.
    static func latentClass(_ ballot: Ballot, _ skills: ReaderSkills) -> Finding {
        guard let learnt = skills.learnt else {
            let least = "\(ModelChoice.fewestReaders) readers and \(ModelChoice.fewestExams) exams"
            return declared(ballot, "fewer than \(least) to learn from: declared weights decided")
        }
        guard let values = learnt.posterior(ballot.reads.map { ($0.reader, $0.label) }) else {
            return declared(ballot, "nothing was learnt yet of a reader or a label: declared weights decided")
        }
        let posterior = Dictionary(uniqueKeysWithValues: zip(learnt.labels, values))
        let most = values.max() ?? 0
        let leaders = learnt.labels.indices.reversed()
            .filter { values[$0] >= most - LearntConsensus.tieTolerance }.map { learnt.labels[$0] }
        let verdict: Verdict = leaders.count == 1 ? .label(leaders[0]) : .tie(leaders)
        return Finding(
            ballot.rule, posterior, verdict: verdict, weights: ballot.weights.map(\.double),
            note: "by \(learnt.model.rawValue)")
    }

    private static func declared(_ ballot: Ballot, _ note: String) -> Finding {
        Finding(ballot, CountingRules.weighted(ballot), note: note)
    }
}
