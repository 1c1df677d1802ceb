import Configuration
import Testing

/// `purposes.yaml`.
struct PurposesTests {
    @Test(arguments: [
        Mistake(
            "purposes.yaml", "code: TREAT", to: "code: treat ment",
            "5: purposes[0].code: here stands \"treat ment\"; a code of up to 16 capitals and digits is wanted, such as MG or TREAT"
        ),
        Mistake(
            "purposes.yaml", "pixelDensity: 0.25", to: "pixelDensity: 0",
            "17: purposes[1].range.pixelDensity: here stands \"0\"; a scale above 0, at most 1, is wanted, such as 0.25"
        ),
        Mistake(
            "purposes.yaml", "pixelDensity: 0.25", to: "pixelDensity: 25%",
            "17: purposes[1].range.pixelDensity: here stands \"25%\"; a scale above 0, at most 1, is wanted, such as 0.25"
        ),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: "kinds: CR",
            "17: purposes[1].range.kinds: here stands \"CR\"; `all` or a list is wanted, such as [a, b]"),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: "imageTypes: [PRIMARY]",
            #"17: purposes[1].range.imageTypes[0]: here stands "PRIMARY"; an image type begins with ORIGINAL, DERIVED, "#
                + #"MIXED or `*` for any; write *\PRIMARY"#),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: #"imageTypes: ['ORIGINAL/PRIMARY']"#,
            #"17: purposes[1].range.imageTypes[0]: here stands "ORIGINAL/PRIMARY"; values of Image Type are wanted, "#
                + #"separated by backslashes, `*` for any: ORIGINAL\PRIMARY"#),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: "imageTypes: []",
            "17: purposes[1].range.imageTypes: here stands a list; an empty list would let no image through; write `all`, or name some"
        ),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: #"seriesDescriptions: ['MLO\CC']"#,
            #"17: purposes[1].range.seriesDescriptions[0]: here stands "MLO\CC"; a pattern of up to 64 characters "#
                + "without backslash is wanted, `*` for any characters, such as *MLO*"),
        Mistake(
            "purposes.yaml", "kinds: [CR, DX, MG]", to: "keyImagesOnly: some",
            "17: purposes[1].range.keyImagesOnly: here stands \"some\"; true or false (without quotes) is wanted"),
        Mistake(
            "purposes.yaml", "mostRecent: all", to: "mostRecent: few",
            "12: purposes[0].range.mostRecent: here stands \"few\"; `all` or a number of exams from 1 is wanted"),
        Mistake(
            "purposes.yaml", "for: null", to: "for: 2 weeks",
            "13: purposes[0].range.for: here stands \"2 weeks\"; a duration is wanted: a number with ms, s, m, h or d; write 14d"
        ),
        Mistake(
            "purposes.yaml", "imageProcessing: false", to: "imageProcesing: false",
            "17: purposes[1].range: unknown key \"imageProcesing\"; did you mean \"imageProcessing\"?"),
        Mistake(
            "purposes.yaml", "deidentify: true", to: "deidentify: maybe",
            "18: purposes[1].deidentify: here stands \"maybe\"; true or false (without quotes) is wanted"),
        Mistake(
            "purposes.yaml", "sharing: []", to: "sharing: [{from: northside, to: northside, purposes: [treatment]}]",
            "22: sharing[0].to: a facility has its own exams anyway; name another one than \"northside\""),
        Mistake(
            "purposes.yaml", "sharing: []", to: "sharing: [{from: northside, to: westside, purposes: [treatment]}]",
            "22: sharing[0].to: there is no facility \"westside\"; declared are: northside southside"),
        Mistake(
            "purposes.yaml", "sharing: []", to: "sharing: [{from: northside, to: southside}]",
            "22: sharing[0].purposes: this key is missing; add `purposes: ...`"),
        Mistake(
            "purposes.yaml", "sharing: []", to: "sharing: none",
            "22: sharing: here stands \"none\"; a list is wanted, each item starting with `- `"),
    ])
    func mistakesAreSaidWithTheirLine(_ mistake: Mistake) throws {
        try mistake.checkAlone()
    }

    @Test func anIdIsDeclaredOnce() throws {
        let message = "15: purposes[1]: the purpose \"treatment\" is already declared in line 4; give each its own id"
        try Mistake("purposes.yaml", "id: teaching", to: "id: treatment", message).checkAmongOthers()
    }

    @Test func aRightThatIsNotWrittenIsNotGiven() throws {
        let site = try ExampleSite.changing(
            "purposes.yaml",
            "range: {kinds: [CR, DX, MG], pixelDensity: 0.25, imageProcessing: false, reports: false, reportInput: false}",
            to: "range: {}"
        ).parsed()
        let range = try #require(site.purpose("teaching")).range
        #expect(range.kinds == .all)
        #expect(range.pixelDensity == ExactDecimal(1))
        #expect(!range.imageProcessing && !range.reports && !range.reportInput)
    }

    @Test func kindsOfImageAreRead() throws {
        let kinds =
            #"kinds: [MG], imageTypes: ['ORIGINAL\PRIMARY'], seriesDescriptions: ['*MLO*'], keyImagesOnly: true"#
        let site = try ExampleSite.changing("purposes.yaml", "kinds: [CR, DX, MG]", to: kinds).parsed()
        let range = try #require(site.purpose("teaching")).range
        #expect(range.kinds == .only(["MG"]) && range.imageTypes == .only([#"ORIGINAL\PRIMARY"#]))
        #expect(range.seriesDescriptions == .only(["*MLO*"]) && range.keyImagesOnly)
    }

    @Test func sharingIsRead() throws {
        let rule = "sharing: [{from: northside, to: southside, purposes: all, patients: [P-9, 0012]}]"
        let site = try ExampleSite.changing("purposes.yaml", "sharing: []", to: rule).parsed()
        #expect(site.sharing.map(\.to) == ["southside"])
        #expect(site.sharing[0].purposes == .all)
        #expect(site.sharing[0].patients == .only(["P-9", "0012"]))
    }
}
