// CodeString owns how codes of DICOM, such as a modality, are made comparable.
//
// Pure. Spaces around a code string do not count, and it has no small letters (PS3.5 section 6.2, CS).

enum CodeString {
    /// ` mg ` as `MG`.
    static func normal(_ text: String) -> String {
        let isSpace = { (character: Character) in character == " " }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()).uppercased()
    }
}
