// The database's shape, as a list of steps that only grows.
//
// A step that was shipped is never edited: a later shape is a later step. The SQL keeps to what PostgreSQL accepts
// too; what does not stands in `SQLiteEngine`.

internal import GRDB

/// The steps from an empty database to today's.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 images in") { database in
            for statement in SchemaVersion1.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("2 reading") { database in
            for statement in SchemaVersion2.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("3 tiers") { database in
            for statement in SchemaVersion3.statements { try database.execute(sql: statement) }
            try SchemaVersion3.fill(database)
        }
        migrator.registerMigration("4 lending") { database in
            for statement in SchemaVersion4.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("5 reports") { database in
            for statement in SchemaVersion5.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("6 accounts") { database in
            for statement in SchemaVersion6.statements { try database.execute(sql: statement) }
            try SchemaVersion20.apply(database)
            try SchemaVersion6.fill(database)
        }
        migrator.registerMigration("9 orders") { database in
            for statement in SchemaVersion9.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("10 deletions") { database in
            for statement in SchemaVersion10.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("11 withdrawals") { database in
            for statement in SchemaVersion11.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("12 liaison") { database in
            for statement in SchemaVersion12.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("14 changed reports") { database in
            for statement in SchemaVersion14.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("15 referrals") { database in
            for statement in SchemaVersion15.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("16 nightly accounts") { database in
            for statement in SchemaVersion16.statements { try database.execute(sql: statement) }
            try SchemaVersion16.fill(database)
        }
        migrator.registerMigration("17 liaison ends") { database in
            for statement in SchemaVersion17.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("13 chart results") { database in
            for statement in SchemaVersion13.statements { try database.execute(sql: statement) }
        }
        migrator.registerMigration("20 earlier zones") { database in
            try SchemaVersion20.apply(database)
        }
        migrator.registerMigration("18 office page") { database in
            for statement in SchemaVersion18.statements { try database.execute(sql: statement) }
            try SchemaVersion18.fill(database)
        }
        migrator.registerMigration("19 settlements") { database in
            for statement in SchemaVersion19.statements { try database.execute(sql: statement) }
        }
        return migrator
    }
}
