// Makes the images of a case: correct DICOM Part 10 files with the attributes that a scanner writes.
//
// Pure: file and series numbers decide every byte. Each series is an exam of its own patient.

import DICOM

/// Makes DICOM files.
struct ImageMaker {
    let kind: CorpusCase

    /// One file.
    ///
    /// - Parameters:
    ///   - number: From 0, within the case; decides the series too.
    func file(_ number: Int) throws(BenchError) -> [UInt8] {
        do throws(DICOMError) {
            return try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: try dataSet(number))
        } catch {
            throw BenchError(error)
        }
    }

    /// The series of a file, from 0.
    func series(of number: Int) -> Int { number / kind.filesOfSeries }

    private func dataSet(_ number: Int) throws(DICOMError) -> DataSet {
        let series = series(of: number)
        var set = DataSet()
        try addExam(series, to: &set)
        try addSeries(series, to: &set)
        try addImage(number, to: &set)
        return set
    }

    private func addExam(_ series: Int, to set: inout DataSet) throws(DICOMError) {
        try set.set(.specificCharacterSet, "ISO_IR 192")
        try set.set(.patientName, "Bench^Patient \(series)")
        try set.set(.patientID, "\(kind.modality)\(kind.number)-\(series)")
        try set.set(.patientBirthDate, "19600229")
        try set.set(.patientSex, "F")
        try set.set(.studyInstanceUID, uid(level: 1, series))
        try set.set(.studyID, "\(series)")
        try set.set(.studyDate, "20260301")
        try set.set(.studyTime, "101500")
        try set.set(.accessionNumber, "B\(kind.number)\(series)")
        try set.set(.studyDescription, "Benchmark")
        try set.set(.referringPhysicianName, "Referrer^Anna")
        try set.set(.institutionName, "Northside Clinic")
    }

    private func addSeries(_ series: Int, to set: inout DataSet) throws(DICOMError) {
        try set.set(.seriesInstanceUID, uid(level: 2, series))
        try set.set(.modality, kind.modality)
        try set.set(.seriesNumber, "1")
        try set.set(.seriesDate, "20260301")
        try set.set(.seriesDescription, "Phantom")
        try set.set(.bodyPartExamined, kind == .mammography ? "BREAST" : "CHEST")
        try set.set(.manufacturer, "Filmroom")
        try set.set(.manufacturerModelName, "Bench")
        try set.set(.stationName, "BENCH1")
        try set.set(.protocolName, "Routine")
    }

    private func addImage(_ number: Int, to set: inout DataSet) throws(DICOMError) {
        let size = kind.size
        try set.set(.sopClassUID, kind.sopClassUID)
        try set.set(.sopInstanceUID, uid(level: 3, number))
        try set.set(.instanceNumber, "\(number % kind.filesOfSeries + 1)")
        try set.set(.imageType, ["ORIGINAL", "PRIMARY", "AXIAL"])
        try set.set(.acquisitionDate, "20260301")
        try set.set(.contentDate, "20260301")
        try set.set(.samplesPerPixel, integers: [1])
        try set.set(.photometricInterpretation, "MONOCHROME2")
        try set.set(.rows, integers: [size.rows])
        try set.set(.columns, integers: [size.columns])
        try set.set(.bitsAllocated, integers: [16])
        try set.set(.bitsStored, integers: [12])
        try set.set(.highBit, integers: [11])
        try set.set(.pixelRepresentation, integers: [0])
        let pixels = PhantomPixels(
            rows: size.rows, columns: size.columns, seed: UInt64(kind.number) << 32 | UInt64(number)
        ).make().withUnsafeBytes(Array.init)
        set.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(pixels)))
    }

    /// A UID below 2.25, of the length that scanners' have.
    ///
    /// - Source: DICOM PS3.5 annex B.2: one component, a number of at most 128 bits.
    private func uid(level: Int, _ number: Int) -> String {
        "2.25.1" + digits(kind.number, 8) + digits(level, 9) + digits(number, 19)
    }

    private func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
