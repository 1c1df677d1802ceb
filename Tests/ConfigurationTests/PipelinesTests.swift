import Configuration
import Testing

/// The files of the pipelines, which have one form.
struct PipelinesTests {
    @Test(arguments: [
        Mistake(
            "images.yaml", "pipeline: images", to: "pipeline: charts",
            "3: pipeline: here stands \"charts\"; the pipeline of this file is images"),
        Mistake(
            "images.yaml", "[receive, unpack, identify, store, assign]", to: "[receive, unpack, identity, store]",
            "4: stages[2]: images has no stage \"identity\"; did you mean \"identify\"? known are: receive unpack identify store assign"
        ),
        Mistake(
            "images.yaml", "[receive, unpack, identify, store, assign]", to: "[receive, identify, unpack, store]",
            "4: stages: the stages of images are [receive, unpack, identify, store, assign] in this order, with at least receive, unpack, identify, store"
        ),
        Mistake(
            "images.yaml", "[receive, unpack, identify, store, assign]", to: "[receive, unpack]",
            "4: stages: the stages of images are [receive, unpack, identify, store, assign] in this order, with at least receive, unpack, identify, store"
        ),
        Mistake(
            "images.yaml", "workers: 2", to: "workers: 65",
            "5: workers: here stands \"65\"; a whole number from 1 to 64 is wanted"),
        Mistake(
            "images.yaml", "workers: 2", to: "workers: two",
            "5: workers: here stands \"two\"; a whole number from 1 to 64 is wanted"),
        Mistake(
            "images.yaml", "first: 30s", to: "first: 0s",
            "9: retry.first: here stands \"0s\"; a duration longer than 0 is wanted, such as 10s"),
        Mistake(
            "images.yaml", "settle: 10s", to: "settle: 10 seconds",
            "6: settle: here stands \"10 seconds\"; a duration is wanted: a number with ms, s, m, h or d; write 10s"),
        Mistake(
            "images.yaml", "pathLength: 4096", to: "pathLength: 0",
            "10: limits.pathLength: here stands \"0\"; a whole number from 1 to 65536 is wanted"),
        Mistake(
            "diagnoses.yaml", "stages: [receive, decode,", to: "stages: [receive, decoed,",
            "4: stages[1]: diagnoses has no stage \"decoed\"; did you mean \"decode\"? known are: receive unpack decode identify judge seal store determine"
        ),
        Mistake(
            "acks.yaml", "stages: [receive, match]", to: "stages: [receive, matching]",
            "4: stages[1]: acks has no stage \"matching\"; known are: receive decode judge match"),
        Mistake(
            "acks.yaml", "stages: [receive, match]", to: "stages: []",
            "4: stages: here stands a list; at least 1 must be named here"),
        Mistake(
            "images.yaml", "first: 30s", to: "first: 2h",
            "9: retry.first: the first wait, 2h, is longer than the cap, 1h"),
        Mistake("images.yaml", "cap: 1h", to: "cap: 6d", "9: retry.cap: the cap, 6d, is longer than giveUpAfter, 5d"),
        Mistake(
            "images.yaml", "factor: 2", to: "factor: 0.5",
            "9: retry.factor: here stands \"0.5\"; a factor from 1 to 100 is wanted, such as 2"),
        Mistake(
            "images.yaml", "bytes: 100GB", to: "bytes: 0",
            "10: limits.bytes: here stands \"0\"; an amount of data is wanted: a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB"
        ),
        Mistake(
            "images.yaml", "entries: 500000", to: "entries: 0",
            "10: limits.entries: here stands \"0\"; a whole number from 1 to 100000000 is wanted"),
        Mistake(
            "images.yaml", "depth: 1", to: "depth: 9",
            "10: limits.depth: here stands \"9\"; a whole number from 0 to 8 is wanted"),
        Mistake(
            "images.yaml", "ratio: 200", to: "ration: 200",
            "10: limits: unknown key \"ration\"; did you mean \"ratio\"?"),
        Mistake(
            "images.yaml", "retry: {first: 30s", to: "retry: {fist: 30s",
            "9: retry: unknown key \"fist\"; did you mean \"first\"?"),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test(arguments: DropKind.allCases)
    func everyKindOfDropHasOne(_ kind: DropKind) throws {
        let pipeline = try ExampleSite().parsed().pipeline(kind)
        #expect(pipeline.pipeline == kind.rawValue)
        #expect(pipeline == .usual(kind))
        #expect(pipeline.stages.first == "receive")
    }

    /// No wait at all, and paths of one byte, are a choice.
    @Test func theLeastValuesAreAllowed() throws {
        var site = ExampleSite()
        site.texts["images.yaml"] = "settle: 0s\nholdIncompleteAfter: 0s\nlimits: {pathLength: 1, depth: 0}\n"
        let images = try site.parsed().pipeline(.images)
        #expect(images.settleMilliseconds == 0)
        #expect(images.holdIncompleteAfterMilliseconds == 0)
        #expect(images.limits.pathLength == 1)
    }

    /// What is not built yet takes any of its names in any order, and keeps them as they are written.
    @Test(arguments: DropKind.allCases.filter { $0 != .images })
    func stagesOfWhatIsNotBuiltYetAreFree(_ kind: DropKind) throws {
        let stages = Array(PipelineStages.known(of: kind).reversed())
        var site = ExampleSite()
        site.texts["\(kind.rawValue).yaml"] = "stages: [\(stages.joined(separator: ", "))]\n"
        #expect(try site.parsed().pipeline(kind).stages == stages)
        #expect(Set(PipelineStages.all(of: kind)).isSubset(of: stages))
    }

    @Test func whatIsLeftOutHasDefaults() throws {
        var site = ExampleSite()
        site.texts["images.yaml"] = "settle: 0.2s\nstages: [receive, unpack, identify, store]\nretry: {first: 2h}\n"
        let images = try site.parsed().pipeline(.images)
        #expect(images.settleMilliseconds == 200)
        #expect(images.stages.count == 4)
        #expect(images.workers == 2)
        #expect(images.retry.firstMilliseconds == 7_200_000)
        #expect(images.retry.capMilliseconds == 7_200_000)
        #expect(images.limits == .usual)
    }
}
