// `filmroom-client chart list`: whose charts are here, or what is in one.

import ArgumentParser
import Radiology

struct ChartListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the patients whose charts are here, or the entries of one.")

    @OptionGroup var options: ChartOptions

    @Option(help: "Where picked up things lie; also $FILMROOM_DESK. Default: ~/filmroom.")
    var desk: String?

    @Flag(help: "Print one JSON document on standard output.")
    var json = false

    @Argument(help: "A patient id, or the name of an entry.")
    var patient: String?

    private struct Patient: Encodable {
        let patientID: String
        let issuerOfPatientID: String?
        let name: String?
        let entries: Int
        let newest: String?
        let mergedInto: String?
    }

    private struct Entry: Encodable {
        let name: String
        let patientID: String
        let kind: String
        let time: String?
        let title: String?
        let status: String?
        let versions: Int
        let numbers: [String]
    }

    private struct Patients: Encodable {
        let type = "charts"
        let patients: [Patient]
    }

    private struct Entries: Encodable {
        let type = "chartEntries"
        let patientID: String
        let entries: [Entry]
    }

    func run() throws {
        let store = try ChartStore(
            desk: ServerOptions.desk(desk), issuer: options.ownIssuer, isWriting: options.ownIssuer != nil)
        if let patient { try list(try ChartOptions.chart(patient, in: store), store) } else { try list(store) }
    }

    private func list(_ store: ChartStore) throws {
        let patients = try store.names().compactMap { try store.chart(named: $0) }.map { chart in
            Patient(
                patientID: chart.patient.identity.patientID,
                issuerOfPatientID: chart.patient.identity.issuer.isEmpty
                    ? store.ownIssuer : chart.patient.identity.issuer,
                name: chart.patient.name, entries: chart.current.count,
                newest: chart.current.compactMap(\.entry.day).max(),
                mergedInto: chart.mergedInto?.patientID)
        }
        if json { return try Console.printJSON(Patients(patients: patients)) }
        Console.printTable(
            patients.map { patient in
                [
                    patient.patientID, patient.name ?? "", "\(patient.entries) entries", patient.newest ?? "",
                    patient.mergedInto.map { "merged into \($0)" } ?? "",
                ]
            })
        if patients.isEmpty { Console.say("no chart is here") }
    }

    private func list(_ root: StoredChart, _ store: ChartStore) throws {
        let entries = try store.cluster(root).flatMap { chart in
            chart.current.map { version in
                Entry(
                    name: version.entry.name, patientID: chart.patient.identity.patientID,
                    kind: version.entry.kind.rawValue, time: version.entry.time, title: version.entry.title,
                    status: version.entry.status,
                    versions: chart.versions.count { $0.entry.name == version.entry.name },
                    numbers: version.entry.numbers.sorted())
            }
        }.sorted { ($0.time ?? "", $0.name) > ($1.time ?? "", $1.name) }
        if json {
            return try Console.printJSON(
                Entries(patientID: root.patient.identity.patientID, entries: entries))
        }
        Console.printTable(
            entries.map { [$0.time ?? "", $0.kind, $0.name, $0.numbers.joined(separator: " "), $0.title ?? ""] })
    }
}
