// The files by which chart systems are told of a result.
//
// Pure: made from what was kept with the result alone, so that publishing again gives the same bytes.

internal import Foundation
internal import Interchange

enum ChartResultFiles {
    /// - Parameter content: What the chart system is told, as it was kept.
    static func bytes(_ content: String, _ form: ResultForm) throws -> [UInt8] {
        let result = try JSONDecoder().decode(ReportedResult.self, from: Data(content.utf8))
        switch form {
        case .fhir: return FHIRResult(result).bytes()
        case .hl7: return HL7ResultWriter(result).observation()
        case .hl7Batch: return HL7ResultWriter(result).batch()
        case .mdm: return HL7ResultWriter(result).document()
        case .sr: return try StructuredResult(result).bytes()
        case .pdf: throw StageError.unexpected("no chart system is asked to take PDF")
        }
    }
}
