// The zones in which the closed months of a facility were counted, where its zone is another now.

enum SchemaVersion20 {
    static let statements = ["ALTER TABLE account ADD COLUMN earlier_zones TEXT NOT NULL DEFAULT ''"]
}
