// The sides of outputs, and windows.

import Pixels
import Testing

@Suite struct OutputSizeTests {
    @Test(arguments: [
        (OutputSize.full, 3328, 2560), (.density(0.25), 832, 640), (.density(1), 3328, 2560), (.fitting(256), 256, 197),
        (.fitting(9999), 3328, 2560), (.density(0.00001), 1, 1),
    ])
    func sides(_ size: OutputSize, _ rows: Int, _ columns: Int) {
        #expect(size.sides(rows: 3328, columns: 2560) == (rows, columns))
    }

    @Test func widthsThatAFunctionHas() {
        #expect(!VOIWindow(center: 0, width: 0.5).isValid)
        #expect(VOIWindow(center: 0, width: 0.5, function: .linearExact).isValid)
        #expect(!VOIWindow(center: 0, width: 0, function: .sigmoid).isValid)
        #expect(!VOIWindow(center: .nan, width: 10).isValid)
    }
}
