// From the configuration's words to those of the `Access` and `Accounting` modules: purposes, sharing, who asks, price
// lists; and the version of the rules that decided.
//
// Pure. A configuration that was checked has a translation: what cannot be one is our mistake, and traps.

internal import Access
package import Accounting
internal import Configuration
internal import Files
internal import Interchange

extension SiteConfiguration {
    /// The rules by which exams are given out.
    var accessPolicy: AccessPolicy {
        AccessPolicy(purposes: purposes.map { Purpose($0) }, sharing: sharing.map { SharedExams($0) })
    }

    /// The rules for one party: with its quotas.
    func accessPolicy(for party: String) -> AccessPolicy {
        AccessPolicy(
            purposes: purposes.map { entry in
                let quota = quotas.first { $0.purpose == entry.id && $0.parties.contains(party) }
                return Purpose(
                    entry,
                    quota: quota.map {
                        ExamQuota(examCount: $0.examCount, withinMilliseconds: $0.withinMilliseconds)
                    })
            },
            sharing: sharing.map { SharedExams($0) })
    }

    /// Who asks, as of a day in the site's time zone. Facilities have the purposes of their list; readers and the office
    /// have no list, and may ask for every purpose.
    func accessParty(_ party: Party, on day: CalendarDate) -> AccessParty {
        switch party.kind {
        case .facility:
            let facility = facility(party.id)
            return AccessParty(
                id: party.id, role: .facility, purposes: .only(Set(facility?.purposes ?? [])),
                defaultPurpose: facility?.defaultPurpose)
        case .reader:
            let isReading = reader(party.id, on: day) != nil
            return AccessParty(id: party.id, role: isReading ? .reader : .outsider, purposes: .all)
        case .management: return AccessParty(id: party.id, role: .management, purposes: .all)
        case .chartSystem: return AccessParty(id: party.id, role: .outsider, purposes: .only([]))
        }
    }

    /// What deliveries cost.
    package var tariff: Tariff {
        Tariff(currency: Currency(site.currency), priceLists: priceLists.map { PriceList($0) })
    }
}

extension PolicyBasis {
    /// Twelve hexadecimal digits that change when anything does that the rules say.
    var version: String { PolicyVersion.text(of: lines) }
}

extension AccessPolicy {
    /// That of all rules together.
    var version: String { PolicyVersion.text(of: lines) }
}

/// Twelve hexadecimal digits that stand for rules.
private enum PolicyVersion {
    static func text(of lines: [String]) -> String {
        var text = JSONText()
        text.strings(lines)
        return String(SHA256.digest(of: text.take()).hex.prefix(12))
    }
}

extension BillingDay {
    init(_ date: CalendarDate) { self.init(year: date.year, month: date.month, day: date.day) }
}

extension NameChoice {
    fileprivate init(_ selection: Selection) {
        switch selection {
        case .all: self = .all
        case .only(let names): self = .only(Set(names))
        }
    }
}

extension Purpose {
    fileprivate init(_ entry: PurposeEntry, quota: ExamQuota? = nil) {
        guard let density = PixelDensity(decimal: entry.range.pixelDensity.text) else {
            preconditionFailure("\(entry.range.pixelDensity) was checked to be a density")
        }
        let range = AvailableRange(
            kinds: ImageKinds(entry.range), pixelDensity: density,
            imageProcessing: entry.range.imageProcessing, reports: entry.range.reports,
            reportInput: entry.range.reportInput, mostRecent: entry.range.mostRecent,
            forMilliseconds: entry.range.forMilliseconds, deidentified: entry.deidentify)
        self.init(id: entry.id, code: entry.code, range: range, quota: quota)
    }
}

extension ImageKinds {
    fileprivate init(_ range: RangeEntry) {
        self.init(
            modalities: NameChoice(range.kinds), imageTypes: range.imageTypes.names?.map { ImageTypePattern($0) },
            seriesDescriptions: range.seriesDescriptions.names?.map { DescriptionPattern($0) },
            keyImagesOnly: range.keyImagesOnly)
    }
}

extension SharedExams {
    fileprivate init(_ rule: SharingRule) {
        self.init(
            from: rule.from, to: rule.to, purposes: NameChoice(rule.purposes), patients: NameChoice(rule.patients))
    }
}

extension PriceList {
    fileprivate init(_ entry: PriceListEntry) {
        let facilities: Set<String>? =
            switch entry.facilities {
            case .all: nil
            case .only(let names): Set(names)
            }
        self.init(
            effective: BillingDay(entry.effective), parties: facilities,
            dataFees: entry.dataFees.map { Accounting.DataFee($0) },
            freeAgainWithinMilliseconds: entry.freeAgainWithinMilliseconds,
            readingFees: entry.readingFees.map {
                Accounting.ReadingFee(reader: $0.reader, modality: $0.modality, fee: Price($0.fee))
            }, terms: MonthlyTerms(entry))
    }
}

extension Accounting.DataFee {
    fileprivate init(_ entry: Configuration.DataFee) {
        guard let fee = Price(unscaled: entry.fee.unscaled, scale: entry.fee.scale) else {
            preconditionFailure("\(entry.fee) was checked to be a price")
        }
        self.init(
            modality: entry.modality, bodyPart: entry.bodyPart, procedure: entry.procedure, purpose: entry.purpose,
            party: entry.party, fee: fee)
    }
}
