// CodeExtensionDecoder owns decoding with ISO 2022 code extensions: two halves of a code table, escapes that designate
// repertoires to them, delimiters that reset both. Runs of one multi-byte set go to the system's converter at once.
// Invariant: every byte of the input becomes text, an escape, or U+FFFD.

/// The decoder of one value with single-byte sets and code extensions.
///
/// - Source: DICOM PS3.5 sections 6.1.2.4 and 6.1.2.5; PS3.3 section C.12.1.1.2.
struct CodeExtensionDecoder {
    private let set: SpecificCharacterSet
    private let isPersonName: Bool
    private var lower = Repertoire.standard
    private var upper: Repertoire
    private var text = ""
    private var isFaithful = true
    private var missingConversion: String?

    init(set: SpecificCharacterSet, isPersonName: Bool) {
        self.set = set
        self.isPersonName = isPersonName
        upper = set.first
    }

    mutating func decode(_ bytes: [UInt8]) -> DecodedText {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == EscapeSequence.escape {
                index += takeEscape(index, bytes)
            } else if byte >= 0x80 {
                index += takeUpper(index, bytes)
            } else if byte >= 0x21, byte != 0x7F, lower == .jisX0208 || lower == .jisX0212 {
                index += takeLowerPairs(index, bytes)
            } else {
                takeStandard(byte)
                index += 1
            }
        }
        return DecodedText(text: text, isFaithful: isFaithful, missingConversion: missingConversion)
    }

    /// A designation that the data set declared, or an escape that stays in the text.
    private mutating func takeEscape(_ index: Int, _ bytes: [UInt8]) -> Int {
        guard let sequence = EscapeSequence.at(index, of: bytes), isDeclared(sequence.repertoire) else {
            isFaithful = false
            text.unicodeScalars.append(Unicode.Scalar(EscapeSequence.escape))
            return 1
        }
        if sequence.isLowerHalf { lower = sequence.repertoire } else { upper = sequence.repertoire }
        return sequence.byteCount
    }

    private func isDeclared(_ repertoire: Repertoire) -> Bool {
        repertoire == .standard || set.extensions.contains(repertoire) || set.first == repertoire
    }

    private mutating func takeStandard(_ byte: UInt8) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, UInt8(ascii: "\\"): reset()
        case UInt8(ascii: "^"), UInt8(ascii: "="): if isPersonName { reset() }
        default: break
        }
    }

    private mutating func reset() {
        lower = .standard
        upper = set.first
    }

    private mutating func takeUpper(_ index: Int, _ bytes: [UInt8]) -> Int {
        switch upper {
        case .ksX1001: return takeUpperRun(index, bytes, "EUC-KR")
        case .gb2312: return takeUpperRun(index, bytes, "GB2312")
        case .katakana: append((0xA1...0xDF).contains(bytes[index]) ? katakana(bytes[index]) : nil)
        case .singleByte(let name): append(single(name, bytes[index]))
        default: append(single("ISO-8859-1", bytes[index]))
        }
        return 1
    }

    private mutating func append(_ scalar: Unicode.Scalar?) {
        if scalar == nil { isFaithful = false }
        text.unicodeScalars.append(scalar ?? "\u{FFFD}")
    }

    /// JIS X 0201 puts half-width katakana at A1 to DF as Unicode does at FF61 to FF9F.
    private func katakana(_ byte: UInt8) -> Unicode.Scalar? {
        Unicode.Scalar(0xFF61 + UInt32(byte) - 0xA1)
    }

    private mutating func single(_ name: String, _ byte: UInt8) -> Unicode.Scalar? {
        guard let table = SingleByteTable.named(name) else {
            missingConversion = name
            return nil
        }
        return table.upper[Int(byte) - 128]
    }

    private mutating func takeUpperRun(_ index: Int, _ bytes: [UInt8], _ encoding: String) -> Int {
        let run = Array(bytes[index...].prefix { $0 >= 0x80 })
        appendConverted(run, encoding)
        return run.count
    }

    /// JIS sets in G0 reach the converter as EUC-JP: upper halves, with 8F before each pair of JIS X 0212.
    private mutating func takeLowerPairs(_ index: Int, _ bytes: [UInt8]) -> Int {
        let run = Array(bytes[index...].prefix { $0 >= 0x21 && $0 < 0x7F })
        var coded: [UInt8] = []
        for pair in stride(from: 0, to: run.count - 1, by: 2) {
            if lower == .jisX0212 { coded.append(0x8F) }
            coded.append(run[pair] | 0x80)
            coded.append(run[pair + 1] | 0x80)
        }
        appendConverted(coded, "EUC-JP")
        if run.count % 2 == 1 { append(nil) }
        return run.count
    }

    private mutating func appendConverted(_ bytes: [UInt8], _ encoding: String) {
        guard let converted = Iconv.decode(bytes, from: encoding) else {
            missingConversion = encoding
            return append(nil)
        }
        text += converted.text
        isFaithful = isFaithful && converted.isFaithful
    }
}
