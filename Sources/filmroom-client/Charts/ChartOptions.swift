// Whose chart: the options of the commands that look at charts.

import ArgumentParser
import Foundation
import Radiology

struct ChartOptions: ParsableArguments {
    @Option(help: "How your own patient ids are issued, as in charts and images; also $FILMROOM_ISSUER. Kept.")
    var issuer: String?

    var ownIssuer: String? {
        let value = issuer ?? ProcessInfo.processInfo.environment["FILMROOM_ISSUER"]
        return value?.isEmpty == true ? nil : value
    }

    /// The chart that a person means: by a patient id, or by the name of an entry.
    ///
    /// - Returns: The patient who stays.
    static func chart(_ name: String, in store: ChartStore) throws -> StoredChart {
        let byPatient = try store.charts(patientID: name)
        let found = try byPatient.isEmpty ? store.charts(.entry, name) : byPatient
        let roots = try found.map { try store.root(of: $0) }
        let identities = Set(roots.map(\.patient.identity))
        guard let chart = roots.first else {
            throw ClientFailure.failed(
                "no chart of a patient or entry '\(name)' is here; take it in with 'filmroom-client chart add FILE'")
        }
        guard identities.count == 1 else {
            let names = identities.sorted().map { $0.issuer.isEmpty ? $0.patientID : "\($0.patientID) of \($0.issuer)" }
            throw ClientFailure.failed("'\(name)' is of several patients: \(names.joined(separator: ", "))")
        }
        return chart
    }
}
