// The four kinds of party, and what each may drop and gets.
//
// Owns the table of who drops what and who gets what. Never knows a party.

/// What a party is.
package enum PartyKind: String, CaseIterable, Sendable {
    case facility, reader, management, chartSystem

    /// What it may drop.
    package var dropKinds: [DropKind] {
        switch self {
        case .facility: [.images, .requests, .reports, .charts, .acks]
        case .reader: [.diagnoses, .requests, .reports, .acks]
        case .management: [.requests, .acks]
        case .chartSystem: [.charts, .acks]
        }
    }

    /// What it picks up.
    package var outboundKinds: [OutboundKind] {
        switch self {
        case .facility: [.receipts, .deliveries, .results, .invoices, .liaison, .notices]
        case .reader: [.receipts, .worklists, .deliveries, .notices]
        case .management: [.receipts, .deliveries, .results, .notices, .invoices]
        case .chartSystem: [.receipts, .results, .liaison]
        }
    }
}

/// A folder under `spool/incoming/<party>/`.
package enum DropKind: String, CaseIterable, Sendable {
    case images, diagnoses, requests, reports, charts, acks
}

/// A folder under `spool/outbound/<party>/`.
package enum OutboundKind: String, CaseIterable, Sendable {
    case receipts, worklists, deliveries, results, notices, invoices, liaison
}
