// Looks at charts and exams that came: links them, asks for the exams that belong to a chart, and has pages made anew.
//
// Repeating it changes nothing; every step is one transaction of the catalogue. A chart's request is the facility's own,
// under its default purpose, with whatever that allows and costs. An exam is asked for once, when it is whole, and again
// only when more images of it came.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Radiology

struct LiaisonDesk {
    /// What the ids of requests that charts made begin with.
    static let requestPrefix = "chart-"

    let site: SiteContext

    /// Patients that are linked in one transaction.
    private static let batch = 200
    /// Patients that one look asks for exams of.
    private static let requestLimit = 10_000

    func look() throws(StageError) {
        try StageError.wrap {
            try site.catalog.noteLiaisonEnds(until: site.clock.seconds, at: site.clock.timestamp)
            try link()
            for due in try site.catalog.dueLiaison(.request, limit: Self.requestLimit) { try ask(due) }
            for due in try site.catalog.dueLiaison(.page, limit: Self.requestLimit) { try republish(due) }
        }
    }

    private func link() throws {
        let facilities = site.liaisonFacilities
        while true {
            let dues =
                try site.catalog.dueLiaison(.patient, limit: Self.batch)
                + site.catalog.dueLiaison(.exam, limit: Self.batch)
            guard !dues.isEmpty else { return }
            let count = try site.catalog.relink(dues, facilities: facilities, at: site.clock.timestamp)
            site.logger.debug("liaison: \(dues.count) changes, \(count) patients")
        }
    }

    // MARK: Requests

    private func ask(_ due: LiaisonDue) throws {
        guard let patient = try site.catalog.chartPatient(due.id),
            let facility = site.configuration.facility(patient.facility), let purpose = facility.defaultPurpose,
            let party = site.configuration.party(facility.id)
        else { return try site.catalog.clear(due) }
        let open = try site.catalog.examsToAskFor(ofPatient: due.id)
        var isAsked = true
        for (drop, exams) in Dictionary(grouping: open.filter(\.isWhole), by: \.drop).sorted(by: { $0.key < $1.key }) {
            let about = exams.enumerated().map {
                RequestedExam(position: $0.offset, key: $0.element.key, study: $0.element.study)
            }
            let asked = try ask(about, of: drop, patient: due.id, party: party, purpose: purpose)
            isAsked = isAsked && asked
        }
        // What may still grow is asked for when it is whole.
        if isAsked, open.allSatisfy(\.isWhole) { try site.catalog.clear(due) }
    }

    /// - Returns: Whether it was taken in; another worker may have been first.
    private func ask(
        _ exams: [RequestedExam], of drop: DropID, patient: Int64, party: Party, purpose: String
    ) throws -> Bool {
        var number = try site.catalog.nextChartRequest(drop: drop)
        // A party may have used the name itself.
        while try site.catalog.hasRequest(party: party.id, named: "\(Self.requestPrefix)\(drop)-\(number)") {
            number += 1
        }
        let request = ExamRequest(
            id: "\(Self.requestPrefix)\(drop)-\(number)", subject: .exams(ExamQuery()), purpose: purpose)
        let judged = try LendingJudge(site: site, party: party).judge(request, about: exams, position: number)
        let isTaken = try site.catalog.insert(
            judged.request, party: party.id, ofPatient: patient, drop: drop, number: number, at: site.clock.timestamp)
        if isTaken { site.logger.info("\(request.id): \(exams.count) exams for a chart, for \(purpose)") }
        return isTaken
    }

    // MARK: Pages

    private func republish(_ due: LiaisonDue) throws {
        guard let patient = try site.catalog.chartPatient(due.id),
            let facility = site.liaisonFacilities[patient.facility]
        else { return try site.catalog.clear(due) }
        let name = LiaisonName.folder(patient.identity, facility: patient.facility, own: facility.ownIssuer)
        try site.catalog.republish(
            due,
            facility.recipients.map {
                Publication(party: $0, kind: "liaison", name: name, subject: .liaison, subjectID: patient.id)
            }, at: site.clock.timestamp)
    }
}

extension SiteContext {
    /// What liaison has to know of each facility.
    var liaisonFacilities: [String: LiaisonFacility] {
        Dictionary(
            uniqueKeysWithValues: configuration.facilities.map { facility in
                let systems = configuration.chartSystems.filter { $0.facility == facility.id }.map(\.id)
                return (
                    facility.id,
                    LiaisonFacility(
                        ownIssuer: facility.issuerOfPatientID, recipients: [facility.id] + systems,
                        asksForExams: facility.defaultPurpose != nil)
                )
            })
    }
}
