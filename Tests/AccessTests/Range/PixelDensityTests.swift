import Testing

@testable import Access

struct PixelDensityTests {
    @Test(arguments: [
        ("1", "1.0"), ("1.0", "1.0"), ("1.000", "1.0"), ("0.25", "0.25"), ("0.250", "0.25"), ("0.5", "0.5"),
        ("0.333333333333333333", "0.333333333333333333"), ("0.000000000000000001", "0.000000000000000001"),
    ])
    func aDecimalIsKeptExactly(text: String, expected: String) throws {
        #expect(try #require(PixelDensity(decimal: text)).description == expected)
    }

    @Test(arguments: [
        "", "0", "0.0", "1.1", "2", "-0.5", "1.000000000000000001", ".5", "5.", "0,5", "1e-1", "0.0000000000000000001",
        "1.5", "+0.5", "0.2 5", "٠.٥", "99999999999999999999",
    ])
    func anythingElseIsNone(_ text: String) { #expect(PixelDensity(decimal: text) == nil) }

    @Test(arguments: [
        (1.0, "1.0"), (0.25, "0.25"), (0.1, "0.1"), (0.3, "0.3"), (1e-5, "0.00001"), (1.5e-7, "0.00000015"),
        (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "0.000000000000000001"),
        (0.012345678901234568, "0.012345678901234568"),
    ])
    func aNumberOfJSONIsTheDecimalThatItCameFrom(value: Double, expected: String) throws {
        #expect(try #require(PixelDensity(nearest: value)).description == expected)
    }

    @Test(arguments: [0, -0.5, 1.0000000000000002, 2, .infinity, .nan])
    func aNumberOutOfBoundsIsNone(_ value: Double) { #expect(PixelDensity(nearest: value) == nil) }

    @Test func theyAreOrdered() {
        #expect(Example.density("0.25") < Example.density("0.250000000000000001"))
        #expect(Example.density("0.5") == Example.density("0.50"))
        #expect(PixelDensity.full.nearestDouble == 1)
        #expect(Example.density("0.25").nearestDouble == 0.25)
    }
}
