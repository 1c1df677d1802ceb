// HL7PersonName owns the writing of a DICOM person name as HL7 has it: a repetition for each script, with its code.
//
// Pure. Prefix and suffix stand in another order than in DICOM.
// Source: HL7 v2.5.1 chapter 2, sections 2.A.88 (XPN) and 2.A.87 (XCN), tables 0200 and 0465.

internal import DICOM

enum HL7PersonName {
    /// Repetitions of an XPN; empty for a name without any part.
    static func patient(_ name: String) -> [[String?]] {
        groups(name).map { group, code in
            [group.family, group.given, group.middle, group.suffix, group.prefix, nil, "L", code]
        }
    }

    /// An XCN: an id, and the name in the alphabet where it has one, else as it is written.
    static func person(id: String?, _ name: String) -> [String?] {
        let group = groups(name).first?.group ?? PersonName.Group()
        return [id, group.family, group.given, group.middle, group.suffix, group.prefix]
    }

    private static func groups(_ name: String) -> [(group: PersonName.Group, code: String)] {
        let name = PersonName(name)
        return [(name.alphabetic, "A"), (name.ideographic, "I"), (name.phonetic, "P")].filter { !$0.0.isEmpty }
    }
}
