//! The locks that statements take on a table.
//!
//! Source: PostgreSQL 18 manual, "Explicit Locking", "Table-Level Locks", and the pages of each statement; `tests/it/locks.rs`
//! holds each to what `pg_locks` shows on real servers.

use serde::Serialize;

/// A lock on a table, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    /// `ACCESS SHARE`: conflicts with `ACCESS EXCLUSIVE` only.
    AccessShare,
    /// `ROW SHARE`
    RowShare,
    /// `ROW EXCLUSIVE`: what writing takes.
    RowExclusive,
    /// `SHARE UPDATE EXCLUSIVE`: reading and writing go on.
    ShareUpdateExclusive,
    /// `SHARE`: writing waits.
    Share,
    /// `SHARE ROW EXCLUSIVE`: writing waits.
    ShareRowExclusive,
    /// `EXCLUSIVE`: writing waits.
    Exclusive,
    /// `ACCESS EXCLUSIVE`: reading waits too.
    AccessExclusive,
}

impl LockMode {
    /// As the manual writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessShare => "ACCESS SHARE",
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// The mode that the words of `LOCK TABLE … IN … MODE` name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::AccessShare,
            Self::RowShare,
            Self::RowExclusive,
            Self::ShareUpdateExclusive,
            Self::Share,
            Self::ShareRowExclusive,
            Self::Exclusive,
            Self::AccessExclusive,
        ];
        all.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    /// Who waits for it, in words.
    pub fn waiting(self) -> &'static str {
        if self.blocks_reads() {
            "reading and writing wait"
        } else if self.blocks_writes() {
            "writing waits"
        } else {
            "reading and writing go on"
        }
    }

    /// Whether writing waits for it: it conflicts with `ROW EXCLUSIVE`.
    pub fn blocks_writes(self) -> bool {
        self >= Self::Share
    }

    /// Whether reading waits for it: it conflicts with `ACCESS SHARE`.
    pub fn blocks_reads(self) -> bool {
        self == Self::AccessExclusive
    }
}

impl Serialize for LockMode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Statements and subcommands, each with the strongest lock that it takes on the table that it names.
const LOCKS: &[(&str, LockMode)] = &[
    ("ADD CONSTRAINT", LockMode::AccessExclusive),
    ("ADD FOREIGN KEY", LockMode::ShareRowExclusive),
    ("ALTER INDEX", LockMode::AccessExclusive),
    ("ALTER INDEX RENAME", LockMode::ShareUpdateExclusive),
    ("ALTER POLICY", LockMode::AccessExclusive),
    ("ALTER SEQUENCE", LockMode::ShareRowExclusive),
    ("ALTER TABLE", LockMode::AccessExclusive),
    ("ALTER VIEW", LockMode::AccessExclusive),
    ("ANALYZE", LockMode::ShareUpdateExclusive),
    ("ATTACH PARTITION", LockMode::ShareUpdateExclusive),
    ("CLUSTER", LockMode::AccessExclusive),
    ("CLUSTER ON", LockMode::ShareUpdateExclusive),
    ("COMMENT", LockMode::ShareUpdateExclusive),
    ("COPY FROM", LockMode::RowExclusive),
    ("CREATE INDEX", LockMode::Share),
    ("CREATE INDEX CONCURRENTLY", LockMode::ShareUpdateExclusive),
    ("CREATE OR REPLACE VIEW", LockMode::AccessExclusive),
    ("CREATE POLICY", LockMode::AccessExclusive),
    ("CREATE PUBLICATION", LockMode::ShareUpdateExclusive),
    ("CREATE RULE", LockMode::AccessExclusive),
    ("CREATE STATISTICS", LockMode::ShareUpdateExclusive),
    ("CREATE TRIGGER", LockMode::ShareRowExclusive),
    ("DELETE", LockMode::RowExclusive),
    ("DETACH PARTITION", LockMode::AccessExclusive),
    ("DETACH PARTITION CONCURRENTLY", LockMode::ShareUpdateExclusive),
    ("DISABLE TRIGGER", LockMode::ShareRowExclusive),
    ("DROP INDEX", LockMode::AccessExclusive),
    ("DROP INDEX CONCURRENTLY", LockMode::ShareUpdateExclusive),
    ("DROP TABLE", LockMode::AccessExclusive),
    ("DROP TRIGGER", LockMode::AccessExclusive),
    ("DROP VIEW", LockMode::AccessExclusive),
    ("INHERITS", LockMode::ShareUpdateExclusive),
    ("INSERT", LockMode::RowExclusive),
    ("MERGE", LockMode::RowExclusive),
    ("PARTITION OF", LockMode::AccessExclusive),
    ("REFERENCES", LockMode::ShareRowExclusive),
    ("REFRESH MATERIALIZED VIEW", LockMode::AccessExclusive),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY", LockMode::Exclusive),
    ("REINDEX", LockMode::Share),
    ("REINDEX CONCURRENTLY", LockMode::ShareUpdateExclusive),
    ("REINDEX INDEX", LockMode::AccessExclusive),
    ("SET STATISTICS", LockMode::ShareUpdateExclusive),
    ("SET STORAGE PARAMETERS", LockMode::ShareUpdateExclusive),
    ("TRUNCATE", LockMode::AccessExclusive),
    ("UPDATE", LockMode::RowExclusive),
    ("VACUUM", LockMode::ShareUpdateExclusive),
    ("VACUUM FULL", LockMode::AccessExclusive),
    ("VALIDATE CONSTRAINT", LockMode::ShareUpdateExclusive),
];

/// The strongest lock that a statement or subcommand of `ALTER TABLE` takes on the table that it names.
pub fn lock_of(statement: &str) -> Option<LockMode> {
    let found = LOCKS.binary_search_by_key(&statement, |it| it.0).ok()?;
    LOCKS.get(found).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_are_found_and_compared() {
        assert!(LOCKS.is_sorted_by_key(|it| it.0));
        assert_eq!(lock_of("CREATE INDEX"), Some(LockMode::Share));
        assert!(LockMode::Share.blocks_writes() && !LockMode::Share.blocks_reads());
        assert!(!LockMode::ShareUpdateExclusive.blocks_writes());
    }
}
