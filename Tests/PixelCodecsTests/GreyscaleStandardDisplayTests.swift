// The standard display function against values of its table (PS3.14 annex B).

import Glibc
import Testing

@testable import PixelCodecs

@Suite struct GreyscaleStandardDisplayTests {
    @Test(arguments: [(1.0, 0.05), (1023.0, 3993.4)])
    func endsOfTheTable(_ index: Double, _ luminance: Double) {
        #expect(abs(GreyscaleStandardDisplay.luminance(index) - luminance) / luminance < 0.001)
    }

    /// The standard's own inverse, a polynomial of the logarithm.
    @Test(arguments: [0.1, 0.5, 1, 10, 100, 1000])
    func inverseOfTheStandard(_ luminance: Double) {
        let factors = [
            71.498068, 94.593053, 41.912053, 9.8247004, 0.28175407, -1.1878455, -0.18014349, 0.14710899, -0.017046845,
        ]
        let expected = factors.reversed().reduce(0) { $0 * log10(luminance) + $1 }
        #expect(abs(GreyscaleStandardDisplay.index(of: luminance) - expected) < 1)
    }

    @Test func codesRiseFromBlackToWhite() {
        let codes = (0...255).map { GreyscaleStandardDisplay.code(of: Double($0) / 255) }
        #expect(codes.first == 0 && abs((codes.last ?? 0) - 1) < 1e-9)
        #expect(zip(codes, codes.dropFirst()).allSatisfy { $0 < $1 })
    }
}
