// The numbers that stand for patients and for the numbers of exams in two lists. 0 stands for none.

struct ListNames: Sendable {
    private(set) var patients = NameTable()
    private(set) var numbers = NameTable()

    static func number(
        _ names: inout NameTable, _ field: UnsafeRawBufferPointer, _ fault: (String) -> ItemError
    ) throws(ItemError) -> UInt32 {
        if field.isEmpty { return 0 }
        guard let number = names.number(of: field) else { throw fault("its names are longer than 4 GB together") }
        return number + 1
    }

    mutating func patient(
        _ field: UnsafeRawBufferPointer, _ fault: (String) -> ItemError
    ) throws(ItemError) -> UInt32 { try Self.number(&patients, field, fault) }

    mutating func number(
        _ field: UnsafeRawBufferPointer, _ fault: (String) -> ItemError
    ) throws(ItemError) -> UInt32 { try Self.number(&numbers, field, fault) }

    /// Appends a patient's id as CSV has it.
    func append(patient number: UInt32, to bytes: inout [UInt8]) {
        patients.bytes(of: Int(number) - 1).withUnsafeBytes { ListLines.append($0, to: &bytes) }
    }
}
