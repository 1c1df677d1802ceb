// An exam's deletion as `explain --json` says it: who ordered it, which conditions were met when, what went.
//
// Pure: rows in, dictionaries of JSON values out.

import Catalog
import Foundation

enum DeletionText {
    static func deletion(
        _ deletion: DeletionRecord, instances: [DeletedInstance], files: [DeletedFile]
    ) -> [String: Any] {
        [
            "order": deletion.order, "orderedBy": deletion.party, "drop": deletion.drop.description,
            "reason": deletion.reason ?? NSNull(), "deletedAt": deletion.deletedAt,
            "conditions": [
                "lastStoredAt": deletion.lastStoredAt, "retention": deletion.retention,
                "keptUntil": deletion.keptUntil, "onHold": false,
            ] as [String: Any],
            "instanceCount": deletion.instanceCount, "reportCount": deletion.reportCount,
            "byteCount": deletion.byteCount,
            "instances": instances.map {
                ["sopInstanceUID": $0.sopInstanceUID, "byteCount": $0.byteCount, "sha256": $0.sha256.hex]
                    as [String: Any]
            },
            "files": files.map {
                [
                    "kind": $0.kind.rawValue, "digest": $0.digest.hex, "tier": $0.tier, "byteCount": $0.byteCount,
                    "state": $0.state.rawValue,
                ] as [String: Any]
            },
            "filesRemovedAt": deletion.removedAt ?? NSNull(),
        ]
    }
}
