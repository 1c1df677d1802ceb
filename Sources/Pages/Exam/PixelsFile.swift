// Where the page finds stored pixels. Pure.

/// A file that `PixelsWriter` made.
package struct PixelsFile: Codable, Sendable, Equatable {
    /// Relative to the page, `pixels/1.js`.
    package var path: String
    /// What the file calls itself; unique within the page.
    package var key: String
    /// 0-based.
    package var firstFrame: Int
    package var frameCount: Int

    package init(path: String, key: String, firstFrame: Int = 0, frameCount: Int = 1) {
        self.path = path
        self.key = key
        self.firstFrame = firstFrame
        self.frameCount = frameCount
    }
}
