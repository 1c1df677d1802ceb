// What `filmroom-bench page` is told. Pure.

import Pages

/// A page and the samples of its pixel files.
struct PageDescription: Decodable {
    /// A file of raw samples, little endian, and the pixel file to make of it.
    struct Samples: Decodable {
        let source: String
        /// Relative to the page.
        let path: String
        let key: String
        let rows: Int
        let columns: Int
        let frames: Int
        let type: PixelsHeader.SampleType
    }

    let page: ViewerPage
    let pixels: [Samples]
}
