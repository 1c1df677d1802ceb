import Testing

@testable import Access

struct ImageKindsTests {
    private static let image = HeldImage(
        modality: "MG", imageType: ["ORIGINAL", "PRIMARY", "TOMO"], seriesDescription: "L MLO", isKeyImage: false)

    @Test(arguments: [
        (ImageKinds.all, true),
        (ImageKinds(modalities: .only(["MG", "CT"])), true), (ImageKinds(modalities: .only(["CT"])), false),
        (ImageKinds(modalities: .only([])), false),
        (ImageKinds(imageTypes: [ImageTypePattern("DERIVED"), ImageTypePattern("ORIGINAL\\PRIMARY")]), true),
        (ImageKinds(imageTypes: [ImageTypePattern("DERIVED")]), false), (ImageKinds(imageTypes: []), false),
        (ImageKinds(seriesDescriptions: [DescriptionPattern("*mlo")]), true),
        (ImageKinds(seriesDescriptions: [DescriptionPattern("*cc")]), false),
        (ImageKinds(keyImagesOnly: true), false),
        (ImageKinds(modalities: .only(["MG"]), seriesDescriptions: [DescriptionPattern("*cc")]), false),
    ])
    func anImagePassesEveryTest(kinds: ImageKinds, isHeld: Bool) { #expect(kinds.hold(Self.image) == isHeld) }

    @Test func aKeyImageIsOne() {
        #expect(ImageKinds(keyImagesOnly: true).hold(HeldImage(modality: "MG", isKeyImage: true)))
    }

    @Test func anImageWithoutModalityIsOfOther() {
        #expect(HeldImage(modality: " ").modality == "OT")
        #expect(HeldImage(modality: "mg ").modality == "MG")
    }

    @Test(arguments: [
        ("ORIGINAL", true), ("original \\ primary", true), ("*\\PRIMARY", true), ("ORIGINAL\\PRIMARY\\TOMO", true),
        ("ORIGINAL\\*\\TOMO", true), ("*\\*\\*\\*", false), ("PRIMARY", false), ("ORIGINAL\\SECONDARY", false),
        ("ORIG", false), ("ORIGINAL\\", false),
    ])
    func imageTypesAreComparedPlaceByPlace(pattern: String, isMatch: Bool) {
        #expect(ImageTypePattern(pattern).matches(Self.image.imageType) == isMatch)
    }

    @Test func anExamOlderThanTheMostRecentIsNotCovered() {
        let range = AvailableRange(reports: true, mostRecent: 2)
        #expect([1, 2, 3].map { range.covers(Self.image, recency: $0) } == [true, true, false])
        let document = HeldImage(modality: "SR", isDocument: true)
        #expect([2, 3].map { range.covers(document, recency: $0) } == [true, false])
        #expect(!AvailableRange().covers(document, recency: 1))
    }
}
