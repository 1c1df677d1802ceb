// The order in which a series is scrolled through.

import Pages
import Testing

@Suite struct ImageOrderTests {
    static func order(_ instances: [ViewedInstance]) -> [String] {
        ViewedSeries(seriesInstanceUID: "1", modality: "CT", instances: instances).instances.map(\.sopInstanceUID)
    }

    static func slice(_ uid: String, number: Int? = nil, at z: Double? = nil, normal: [Double] = [1, 0, 0, 0, 1, 0])
        -> ViewedInstance
    {
        ViewedInstance(
            sopInstanceUID: uid, number: number, rows: 1, columns: 1, photometricInterpretation: "MONOCHROME2",
            orientation: z == nil ? nil : normal, position: z.map { [0, 0, $0] })
    }

    @Test func byPlaceBeforeNumber() {
        let slices = [
            Self.slice("a", number: 1, at: 9), Self.slice("b", number: 2, at: -3), Self.slice("c", number: 3, at: 4),
        ]
        #expect(Self.order(slices) == ["b", "c", "a"])
    }

    @Test func byNumberWherePlacesSayNothing() {
        let same = [
            Self.slice("a", number: 3, at: 1), Self.slice("b", number: 1, at: 1), Self.slice("c", number: 2, at: 2),
        ]
        #expect(Self.order(same) == ["b", "c", "a"])
        let mixed = [
            Self.slice("a", number: 2, at: 1), Self.slice("b", number: 1, at: 2, normal: [0, 1, 0, 0, 0, -1]),
        ]
        #expect(Self.order(mixed) == ["b", "a"])
        #expect(Self.order([Self.slice("a", number: 2), Self.slice("b", number: 1, at: 0)]) == ["b", "a"])
    }

    @Test func withoutAnythingAsGiven() {
        #expect(Self.order([Self.slice("b"), Self.slice("a"), Self.slice("c", number: 1)]) == ["c", "b", "a"])
    }
}
