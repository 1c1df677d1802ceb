import Configuration
import Testing

/// `reading.yaml`.
struct ReadingTests {
    @Test(arguments: [
        Mistake(
            "reading.yaml", "readers: [sato, ito, weber]", to: "readers: [sato, itoh, weber]",
            "9: protocols[0].readers[1]: there is no reader \"itoh\"; did you mean \"ito\"?"),
        Mistake(
            "reading.yaml", "readers: [sato, ito, weber]", to: "readers: []",
            "9: protocols[0].readers: here stands a list; at least 1 must be named here"),
        Mistake(
            "reading.yaml", "modalities: [MG]", to: "modalities: [mg]",
            "6: protocols[0].match.modalities[0]: here stands \"mg\"; a code of up to 16 capitals and digits is wanted, such as MG or TREAT"
        ),
        Mistake(
            "reading.yaml", "facilities: all", to: "facilities: [westside]",
            "6: protocols[0].match.facilities[0]: there is no facility \"westside\"; declared are: northside southside"),
        Mistake(
            "reading.yaml", "labels: [normal, benign, recall]", to: "labels: [recall]",
            "7: protocols[0].labels: here stands a list; at least 2 must be named here"),
        Mistake(
            "reading.yaml", "number: all", to: "number: 4",
            "10: protocols[0].number: here stands \"4\"; `all` or a number from 1 to 3 is wanted, as 3 readers are named"
        ),
        Mistake(
            "reading.yaml", "number: all", to: "number: 2",
            "11: protocols[0].assignment: `all` 3 readers cannot be 2 of them; write rotation or leastLoad"),
        Mistake(
            "reading.yaml", "quorum: 2", to: "quorum: 4",
            "15: protocols[0].quorum: here stands \"4\"; a number of reads from 1 to 3 is wanted, as an exam gets 3"),
        Mistake(
            "reading.yaml", "minimumReads: quorum", to: "minimumReads: most",
            "16: protocols[0].minimumReads: here stands \"most\"; a number of reads from 1 to 3 is wanted or `all` or `quorum`, as an exam gets 3"
        ),
        Mistake(
            "reading.yaml", "assignment: all", to: "assignment: random",
            "11: protocols[0].assignment: here stands \"random\"; one is wanted of: all rotation leastLoad"),
        Mistake(
            "reading.yaml", "rounds: 1", to: "rounds: 0",
            "13: protocols[0].rounds: here stands \"0\"; a whole number from 1 to 9 is wanted"),
        Mistake(
            "reading.yaml", "examComplete: 10m", to: "examComplete: 10",
            "14: protocols[0].examComplete: here stands \"10\"; a duration is wanted: a number with ms, s, m, h or d, such as 10s, 10m, 10h or 10d"
        ),
        Mistake(
            "reading.yaml", "deadline: null", to: "deadline: 0s",
            "17: protocols[0].deadline: here stands \"0s\"; a duration longer than 0 is wanted, such as 10s"),
        Mistake(
            "reading.yaml", "technicalRecall: []", to: "technicalRecall: [recal]",
            "18: protocols[0].technicalRecall[0]: there is no label \"recal\"; did you mean \"recall\"?"),
        Mistake(
            "reading.yaml", "kind: weighted", to: "kind: weigthed",
            "20: protocols[0].rule.kind: here stands \"weigthed\"; did you mean \"weighted\"?"),
        Mistake(
            "reading.yaml", "kind: weighted", to: "kind: kOfN",
            "20: protocols[0].rule: the rule kOfN needs `k`; give the number of votes that make the result positive"),
        Mistake(
            "reading.yaml", "positive: recall", to: "positive: cancer",
            "22: protocols[0].rule.positive: there is no label \"cancer\"; declared are: benign normal recall"),
        Mistake(
            "reading.yaml",
            "kind: weighted\n      threshold: 0.5                   # `positive` wins from this share of the weight on\n      positive: recall",
            to: "kind: any", "20: protocols[0].rule: the rule any needs `positive`; name the label that it looks for"),
        Mistake(
            "reading.yaml", "threshold: 0.5", to: "threshold: 1.5",
            "21: protocols[0].rule.threshold: here stands \"1.5\"; a number from 0 to 1 is wanted, such as 0.5"),
        Mistake(
            "reading.yaml", "arbiter: weber", to: "arbiter: webber",
            "24: protocols[0].rule.arbiter: there is no reader \"webber\"; did you mean \"weber\"?"),
        Mistake(
            "reading.yaml", "kind: weighted", to: "kind: median\n      k: 9",
            "21: protocols[0].rule.k: here stands \"9\"; a number of reads from 1 to 3 is wanted, as an exam gets 3"),
        Mistake(
            "reading.yaml", "    blinded: true", to: "    blind: true",
            "12: protocols[0]: unknown key \"blind\"; did you mean \"blinded\"?"),
        Mistake(
            "reading.yaml", "    rule:\n      kind: weighted",
            to: "    rule:\n      kind: firstSecondArbiter\n      prevalence: 1",
            "21: protocols[0].rule.prevalence: here stands \"1\"; a number between 0 and 1, both excluded, is wanted, such as 0.85"
        ),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test func aRuleBySeverityNeedsAnOrder() throws {
        var site = try ExampleSite.changing("reading.yaml", "kind: weighted", to: "kind: median")
        #expect(site.problems() == [])
        site.texts["reading.yaml"] = site.texts["reading.yaml"]?.replacing("ordered: true", with: "ordered: false")
        #expect(site.problems().map { $0.prefix(50) } == ["pipelines/reading.yaml:20: protocols[0].rule.kind:"])
    }

    @Test func whatIsLeftOutHasDefaults() throws {
        var site = ExampleSite()
        site.texts["reading.yaml"] =
            "protocols: [{id: chest, labels: [yes, no], readers: [sato, ito, weber], number: 1}]"
        let chest = try #require(try site.parsed().protocols.first)
        #expect(chest.match == .everything)
        #expect(chest.labels == ["yes", "no"])
        #expect(chest.number == 1)
        #expect(chest.assignment == .rotation)
        #expect(chest.quorum == 1)
        #expect(chest.minimumReads == 1)
        #expect(chest.blinded && chest.ordered)
        #expect(chest.rule.kind == .majority)
    }

    @Test func codesOfLabelsAreRead() throws {
        let site = try ExampleSite.changing(
            "reading.yaml", "    rounds: 1\n",
            to: "    rounds: 1\n    srLabels: {recall: [\"SCT:1\", R4], normal: N1}\n"
        ).parsed()
        #expect(site.protocols[0].srLabels == ["recall": ["SCT:1", "R4"], "normal": ["N1"]])
    }

    @Test func anAnswerOfTechnicalRecallMayStandOutsideTheOrder() throws {
        let site = try ExampleSite.changing("reading.yaml", "technicalRecall: []", to: "technicalRecall: [unreadable]")
        #expect(try site.parsed().protocols[0].technicalRecall == ["unreadable"])
    }
}
