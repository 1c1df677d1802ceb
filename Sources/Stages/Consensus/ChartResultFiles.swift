// The files by which chart systems are told of a result.
//
// Made from what was kept with the result alone, so that publishing again gives the same bytes. PDF is printed by the
// program beside this one.

internal import Catalog
internal import Foundation
internal import Interchange

struct ChartResultFiles {
    let site: SiteContext

    /// - Parameter content: What the chart system is told, as it was kept.
    func bytes(_ content: String, _ form: ResultForm, of determination: DeterminationRecord) throws -> [UInt8] {
        let result = try JSONDecoder().decode(ReportedResult.self, from: Data(content.utf8))
        switch form {
        case .fhir: return FHIRResult(result).bytes()
        case .hl7: return HL7ResultWriter(result).observation()
        case .hl7Batch: return HL7ResultWriter(result).batch()
        case .mdm: return HL7ResultWriter(result).document()
        case .sr: return try StructuredResult(result).bytes()
        case .pdf: return try ResultReportFile(site: site).bytes(determination, result)
        case .dicomPDF:
            return try EncapsulatedResult(result).bytes(
                around: try ResultReportFile(site: site).bytes(determination, result))
        }
    }
}
