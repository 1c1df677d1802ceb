// DictionaryEntry owns one line of the data dictionary of PS3.6. It is a value; finding it is DataDictionary's.

/// What PS3.6 says about one data element.
package struct DictionaryEntry: Hashable, Sendable {
    /// For example "PatientName".
    package let keyword: String
    /// For example "Patient's Name".
    package let name: String
    /// The permitted value representations; empty for items and delimiters.
    package let vrs: [VR]
    /// Value multiplicity as the standard writes it, for example "1-n".
    package let multiplicity: String
    package let isRetired: Bool

    init(columns: [String]) {
        precondition(columns.count == 6, "a dictionary line has six columns")
        vrs = columns[1].split(separator: ",").compactMap { VR(name: $0) }
        multiplicity = columns[2]
        isRetired = columns[3] == "R"
        keyword = columns[4]
        name = columns[5]
    }
}
