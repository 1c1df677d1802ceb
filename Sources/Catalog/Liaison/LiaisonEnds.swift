// When rights end by which a patient's page shows images: the page is made anew then.
//
// Invariant: written before the page appears, so that a kill between leaves a page that is made once too often.

internal import GRDB

extension Catalog {
    /// Notes when a right ends by which a patient's page shows images. An earlier end stays.
    ///
    /// - Parameter seconds: Since 1970.
    package func noteLiaisonEnd(ofPatient patient: Int64, seconds: Int64) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO liaison_end (patient_row, ends_seconds) VALUES (?, ?)
                    ON CONFLICT (patient_row) DO UPDATE SET ends_seconds = excluded.ends_seconds
                        WHERE excluded.ends_seconds < liaison_end.ends_seconds
                    """,
                arguments: [patient, seconds])
        }
    }

    /// Has the pages made anew that show images under rights that have ended.
    ///
    /// - Parameter now: Seconds since 1970.
    package func noteLiaisonEnds(until now: Int64, at: String) throws(CatalogError) {
        let hasEnded = try read { database in
            try Bool.fetchOne(
                database, kept: "SELECT EXISTS (SELECT 1 FROM liaison_end WHERE ends_seconds <= ?)", arguments: [now])
        }
        // Mostly none has: then nothing is written.
        guard hasEnded == true else { return }
        try write { database in
            let patients = try Int64.fetchAll(
                database, kept: "SELECT patient_row FROM liaison_end WHERE ends_seconds <= ? ORDER BY patient_row",
                arguments: [now])
            for patient in patients { try Self.noteLiaison(database, .page, patient, at: at) }
            try database.execute(kept: "DELETE FROM liaison_end WHERE ends_seconds <= ?", arguments: [now])
        }
    }
}
