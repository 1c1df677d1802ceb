// Which exams a chart that is opened needs, and that are not here: what is asked of the service.
//
// Pure. Numbers come before days, and study UIDs before accession numbers, since what comes of the one may be what the other
// means. Nothing of a chart but numbers, a patient id and a day leaves here.

import Radiology

struct ChartWants {
    let chart: LinkedChart
    let facility: String
    /// Whether exams that are here are asked for as well.
    let isRenewal: Bool
    /// What was asked for just now.
    var done: Set<ExamAsked> = []

    /// What is to be asked for next; nothing when all was.
    func next() -> [ExamAsked] {
        let entries = chart.entries.map(\.entry).filter { !$0.isVoid }
        let here = isRenewal ? [] : Set(chart.exams.filter(\.isHere).flatMap(\.numbers))
        let uids = Set(entries.flatMap { $0.studyInstanceUIDs + $0.statedExams.compactMap(\.studyInstanceUID) })
        let byUID = asks(uids.subtracting(here)) { $0.studyInstanceUID = $1 }
        if !byUID.isEmpty { return byUID }
        let accessions = Set(entries.flatMap { $0.accessionNumbers + $0.statedExams.compactMap(\.accessionNumber) })
        let byAccession = asks(accessions.subtracting(here).filter { !$0.isEmpty }) { $0.accessionNumber = $1 }
        if !byAccession.isEmpty { return byAccession }
        return asks(days()) { $0.nearestTo = $1 }.map { ask in
            var ask = ask
            let keys = isRenewal ? [] : chart.exams.filter(\.isHere).map(\.key).sorted()
            ask.except = keys.isEmpty ? nil : keys
            return ask
        }
    }

    /// The same without what is here, by which it is known again.
    static func plain(_ ask: ExamAsked) -> ExamAsked {
        var ask = ask
        ask.except = nil
        return ask
    }

    /// The days of entries that nothing but their time relates to an exam.
    private func days() -> Set<String> {
        let byVisit = Set(chart.links.filter { $0.basis == .encounter }.map(\.entry))
        return Set(
            chart.entries.indices.compactMap { index in
                let entry = chart.entries[index].entry
                guard !entry.isVoid, !entry.namesExams, !byVisit.contains(index), let day = entry.day,
                    NearExams.isDay(day)
                else { return nil }
                return day
            })
    }

    /// One question for each value and each id of the patient.
    private func asks(_ values: Set<String>, _ set: (inout ExamAsked, String) -> Void) -> [ExamAsked] {
        values.sorted().flatMap { value in
            chart.identities.sorted().compactMap { identity in
                let issuer = identity.issuer.isEmpty ? chart.ownIssuer : identity.issuer
                var ask = ExamAsked(facility: facility, patientID: identity.patientID, issuerOfPatientID: issuer)
                set(&ask, value)
                return done.contains(ask) ? nil : ask
            }
        }
    }
}
