// DecimalString owns numbers as texts of VR DS: at most 16 characters, and of those as many digits as fit.

import Foundation

/// The texts of decimal strings.
///
/// - Source: DICOM PS3.5 section 6.2.
enum DecimalString {
    private static let maximumLength = 16

    /// The text nearest to a number.
    static func text(_ number: Double) -> String {
        let plain = number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
        if plain.count <= maximumLength { return plain }
        for digits in stride(from: 16, to: 1, by: -1) {
            let text = String(format: "%.\(digits)g", number)
            if text.count <= maximumLength { return text }
        }
        return "0"
    }
}

extension DataSet {
    /// The numbers of an element when it has so many, all finite.
    func numbers(_ tag: Tag, count: Int) -> [Double]? {
        let numbers = self[tag]?.effectiveVR == .ds || self[tag]?.effectiveVR == .is ? decimals(tag) : floats(tag)
        return numbers.count == count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }

    /// The values of FL and FD elements, and of whole numbers.
    func floats(_ tag: Tag) -> [Double] {
        guard let element = self[tag], let bytes = element.bytes else { return [] }
        return bytes.withUnsafeBytes { bytes in
            switch element.effectiveVR {
            case .fd:
                stride(from: 0, to: bytes.count - 7, by: 8).map {
                    bytes.loadUnaligned(fromByteOffset: $0, as: Double.self)
                }
            case .fl:
                stride(from: 0, to: bytes.count - 3, by: 4).map {
                    Double(bytes.loadUnaligned(fromByteOffset: $0, as: Float.self))
                }
            default: decimals(tag)
            }
        }
    }

    /// Puts numbers in the place of those that an element has, in its own VR; whole where the VR is.
    mutating func replace(_ tag: Tag, numbers: [Double]) throws(DICOMError) {
        guard let vr = self[tag]?.effectiveVR else { return }
        switch vr {
        case .ds: try set(tag, numbers.map(DecimalString.text), vr: .ds)
        case .fd: insert(DataElement(tag: tag, vr: .fd, value: .bytes(numbers.withUnsafeBytes(Array.init))))
        case .fl:
            insert(DataElement(tag: tag, vr: .fl, value: .bytes(numbers.map { Float($0) }.withUnsafeBytes(Array.init))))
        default: try set(tag, integers: numbers.map { Int($0.rounded()) }, vr: vr)
        }
    }
}
