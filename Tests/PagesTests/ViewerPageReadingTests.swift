import Pages
import Testing

@Suite struct ViewerPageReadingTests {
    @Test func aPageIsReadBackAsItWasTold() throws {
        for text in ["a", ViewerPageTests.hostile] {
            let page = ViewerPageTests.page(text: text)
            #expect(ViewerPage.read(Array(try ViewerPageTests.html(page).utf8)) == page)
        }
        #expect(ViewerPage.read(Array("<html>".utf8)) == nil)
        #expect(ViewerPage.read(Array("id=\"filmroom-page\">{}</script>".utf8)) == nil)
    }

    @Test func aMovedExamHasPathsAndKeysOfItsOwn() throws {
        let exam = ViewerPageTests.page(text: "a").exam.moved(to: "exams/k/", pixelKey: "e-")
        let instance = try #require(exam.series.first?.instances.first)
        #expect(instance.image == "exams/k/images/1.dcm" && instance.rendered == ["exams/k/rendered/1.png"])
        #expect(instance.pixels == [PixelsFile(path: "exams/k/pixels/1.js", key: "e-1")])
    }

    @Test func aPixelFileGetsTheNewNameAtItsBeginning() throws {
        let file = Array("filmroomPixels(\"1\",{},\"AAAA\");".utf8)
        let new = try #require(PixelsKey.renamed(file, key: "1", prefix: "e-"))
        #expect(
            String(decoding: new.bytes + file.dropFirst(new.replaced), as: UTF8.self)
                == "filmroomPixels(\"e-1\",{},\"AAAA\");")
        #expect(PixelsKey.renamed(file, key: "2", prefix: "e-") == nil)
    }
}
