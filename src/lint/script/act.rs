//! What a statement of a script does, as far as rules ask.

use crate::pg::{LockMode, lock_of};

/// What a statement does. Names are folded and without their SQL schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Act {
    /// `BEGIN`
    Begin,
    /// `COMMIT` or `ROLLBACK`
    Commit,
    /// `SET`
    Set {
        /// The setting.
        name: String,
        /// Its value as written.
        value: String,
        /// `LOCAL`.
        local: bool,
    },
    /// `CREATE TABLE`
    CreateTable {
        /// Its name.
        name: String,
        /// `PARTITION OF`.
        partition_of: Option<String>,
        /// `OF`, the composite type whose attributes are its columns.
        of_type: Option<String>,
        /// Its columns.
        columns: Vec<ColumnAdded>,
        /// `INHERITS`.
        inherits: Vec<String>,
        /// The tables that its foreign keys reference, whether a column or the table has them.
        references: Vec<String>,
    },
    /// `ALTER TABLE`
    AlterTable {
        /// The table.
        table: String,
        /// What is done to it.
        actions: Vec<Action>,
    },
    /// `CREATE INDEX`
    CreateIndex {
        /// Its name, where it has one.
        name: Option<String>,
        /// The table.
        table: String,
        /// `UNIQUE`.
        unique: bool,
        /// `CONCURRENTLY`.
        concurrently: bool,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// `ON ONLY`.
        only: bool,
        /// Its plain columns, folded.
        columns: Vec<String>,
        /// Whether it has a predicate.
        partial: bool,
    },
    /// `DROP …`
    Drop {
        /// `table`, `index`, `view`, `schema`…
        what: String,
        /// Their names.
        names: Vec<String>,
        /// `CONCURRENTLY`.
        concurrently: bool,
        /// `CASCADE`.
        cascade: bool,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CREATE SCHEMA` with what it holds.
    CreateSchema {
        /// Its name; empty where it is that of a role.
        name: String,
        /// The tables that are made within it.
        tables: Vec<String>,
    },
    /// `DROP TRIGGER … ON`, `DROP POLICY … ON`
    DropOn {
        /// `trigger`, `policy` or `rule`.
        what: String,
        /// Its name.
        name: String,
        /// The table.
        table: String,
    },
    /// `CREATE TRIGGER`
    CreateTrigger {
        /// The table.
        table: String,
    },
    /// `CREATE POLICY`
    CreatePolicy {
        /// The table.
        table: String,
    },
    /// `UPDATE`
    Update {
        /// The table.
        table: String,
        /// `WHERE`, as written.
        filter: Option<String>,
        /// The columns that it sets, folded.
        columns: Vec<String>,
    },
    /// `DELETE`
    Delete {
        /// The table.
        table: String,
        /// `WHERE`, as written.
        filter: Option<String>,
    },
    /// `INSERT`
    Insert {
        /// The table.
        table: String,
        /// Its columns.
        columns: Vec<String>,
        /// Whether its rows come from a query.
        from_query: bool,
    },
    /// `TRUNCATE`
    Truncate {
        /// The tables.
        tables: Vec<String>,
        /// `CASCADE`.
        cascade: bool,
    },
    /// `LOCK TABLE`
    Lock {
        /// The table.
        table: String,
        /// How.
        mode: LockMode,
    },
    /// `ALTER TYPE`
    AlterType {
        /// The type.
        name: String,
        /// What follows, in lower case where it is words.
        rest: Vec<String>,
    },
    /// `ALTER DOMAIN`
    AlterDomain {
        /// The domain.
        name: String,
        /// What follows, in lower case where it is words.
        rest: Vec<String>,
    },
    /// `CREATE TYPE` or `CREATE DOMAIN`
    CreateType {
        /// Its name.
        name: String,
        /// `AS ENUM`.
        is_enum: bool,
    },
    /// `CREATE VIEW`, `CREATE SEQUENCE`
    CreateView {
        /// Its name.
        name: String,
        /// `OR REPLACE`.
        replaces: bool,
    },
    /// `CREATE FUNCTION` and `CREATE PROCEDURE`
    CreateFunction {
        /// Its name.
        name: String,
        /// `OR REPLACE`.
        replaces: bool,
    },
    /// Another statement about a table, view or sequence: `COMMENT ON`, `CREATE RULE`, `ANALYZE`…
    On {
        /// As [`lock_of`] calls it.
        what: &'static str,
        /// What it is about.
        table: String,
    },
    /// `REINDEX`, `VACUUM`, `CLUSTER`, `REFRESH MATERIALIZED VIEW`
    Maintain {
        /// `reindex`, `vacuum`, `cluster` or `refresh`.
        what: String,
        /// `CONCURRENTLY`.
        concurrently: bool,
        /// `FULL`.
        full: bool,
        /// The kind of thing: `table`, `index`, `system`…
        kind: Option<String>,
        /// What it is done to.
        name: Option<String>,
    },
    /// Another statement: its first words.
    #[default]
    Nothing,
    /// Another statement: its first words.
    Other {
        /// Up to three, in lower case.
        words: Vec<String>,
    },
}

/// One action of `ALTER TABLE`.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `ADD COLUMN`
    AddColumn(ColumnAdded),
    /// `ADD CONSTRAINT`
    AddConstraint(Added),
    /// `DROP COLUMN`
    DropColumn {
        /// Its name.
        name: String,
        /// `CASCADE`.
        cascade: bool,
    },
    /// `DROP CONSTRAINT`
    DropConstraint {
        /// Its name.
        name: String,
    },
    /// `VALIDATE CONSTRAINT`
    Validate {
        /// Its name.
        name: String,
    },
    /// `ALTER COLUMN … SET NOT NULL`
    SetNotNull {
        /// The column.
        column: String,
    },
    /// `ALTER COLUMN … DROP NOT NULL`
    DropNotNull {
        /// The column.
        column: String,
    },
    /// `ALTER COLUMN … TYPE`
    SetType {
        /// The column.
        column: String,
        /// The type, in lower case without blanks: `character varying(60)`.
        data_type: String,
        /// `USING`, as written.
        using: Option<String>,
    },
    /// `RENAME COLUMN`
    RenameColumn {
        /// As it was.
        from: String,
        /// As it is.
        to: String,
    },
    /// `RENAME TO`
    RenameTable {
        /// The new name.
        to: String,
    },
    /// `SET SCHEMA`
    SetSchema,
    /// `ATTACH PARTITION`
    Attach {
        /// The partition.
        partition: String,
    },
    /// `DETACH PARTITION`
    Detach {
        /// The partition.
        partition: String,
        /// `CONCURRENTLY`.
        concurrently: bool,
        /// `FINALIZE`: the end of one that was interrupted.
        finalize: bool,
    },
    /// `ENABLE ROW LEVEL SECURITY`
    EnableSecurity,
    /// `DISABLE ROW LEVEL SECURITY`
    DisableSecurity,
    /// `ENABLE TRIGGER` and `DISABLE TRIGGER`
    Trigger {
        /// `DISABLE`.
        disable: bool,
        /// `ALL` or `USER`, or a name.
        which: String,
    },
    /// `SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE`, `SET ACCESS METHOD`
    Rewrite {
        /// The words.
        what: String,
    },
    /// What only the planner and vacuum ask for: `SET STATISTICS`, storage parameters, `CLUSTER ON`.
    Tuned,
    /// `ALTER COLUMN … SET EXPRESSION`
    SetExpression {
        /// The generated column.
        column: String,
    },
    /// `INHERIT`
    Inherit {
        /// The table above.
        parent: String,
    },
    /// Another: its words.
    Other {
        /// Up to three, in lower case.
        words: Vec<String>,
    },
}

/// A column as it is added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnAdded {
    /// Its name.
    pub name: String,
    /// Its type, in lower case without blanks.
    pub data_type: String,
    /// `NOT NULL` or `PRIMARY KEY`.
    pub not_null: bool,
    /// `DEFAULT`, as written.
    pub default: Option<String>,
    /// `GENERATED … AS IDENTITY`.
    pub identity: bool,
    /// `GENERATED ALWAYS AS (…)`, and whether it is stored.
    pub generated: Option<bool>,
    /// `REFERENCES`.
    pub references: Option<String>,
    /// `UNIQUE`.
    pub unique: bool,
    /// `CHECK`.
    pub check: bool,
}

impl ColumnAdded {
    /// Whether its type is `serial`, `bigserial` or `smallserial`.
    pub fn is_serial(&self) -> bool {
        matches!(
            self.data_type.as_str(),
            "serial" | "bigserial" | "smallserial" | "serial2" | "serial4" | "serial8"
        )
    }
}

/// A constraint as it is added.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What it demands.
    pub kind: Constraint,
    /// `NOT VALID`.
    pub not_valid: bool,
    /// `USING INDEX`.
    pub using_index: Option<String>,
    /// Its columns, folded.
    pub columns: Vec<String>,
    /// Its words after the kind, as written.
    pub text: String,
}

/// What a constraint demands.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// `CHECK`
    Check,
    /// `FOREIGN KEY`, with the referenced table.
    ForeignKey(String),
    /// `UNIQUE`
    Unique,
    /// `PRIMARY KEY`
    PrimaryKey,
    /// `EXCLUDE`
    Exclude,
    /// `NOT NULL`
    NotNull,
}

impl Act {
    /// The composite type that it makes a table of, and the table.
    pub fn of_type(&self) -> Option<(String, String)> {
        match self {
            Self::CreateTable { name, of_type: Some(of_type), .. } => Some((of_type.clone(), name.clone())),
            _ => None,
        }
    }

    /// The tables and views that it makes.
    pub fn makes(&self) -> impl Iterator<Item = &str> {
        let (one, more) = match self {
            Self::CreateTable { name, .. } => (Some(name), [].as_slice()),
            Self::CreateView { name, replaces: false } => (Some(name), [].as_slice()),
            Self::CreateSchema { tables, .. } => (None, tables.as_slice()),
            _ => (None, [].as_slice()),
        };
        one.into_iter().chain(more).map(String::as_str)
    }

    /// The table that it is about.
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::AlterTable { table, .. }
            | Self::CreateIndex { table, .. }
            | Self::DropOn { table, .. }
            | Self::CreateTrigger { table }
            | Self::CreatePolicy { table }
            | Self::Update { table, .. }
            | Self::Delete { table, .. }
            | Self::Insert { table, .. }
            | Self::On { table, .. }
            | Self::Lock { table, .. } => Some(table),
            Self::Maintain { name, .. } => name.as_deref(),
            Self::Drop { what, names, .. } if what == "table" => names.first().map(String::as_str),
            Self::Truncate { tables, .. } => tables.first().map(String::as_str),
            _ => None,
        }
    }

    /// The strongest lock that it takes on that table.
    pub fn lock(&self) -> Option<LockMode> {
        match self {
            Self::AlterTable { actions, .. } => actions.iter().filter_map(Action::lock).max(),
            Self::CreateIndex { concurrently: true, .. } => lock_of("CREATE INDEX CONCURRENTLY"),
            Self::CreateIndex { .. } => lock_of("CREATE INDEX"),
            Self::DropOn { .. } => lock_of("DROP TRIGGER"),
            Self::CreateTrigger { .. } => lock_of("CREATE TRIGGER"),
            Self::CreatePolicy { .. } => lock_of("CREATE POLICY"),
            Self::Update { .. } => lock_of("UPDATE"),
            Self::Delete { .. } => lock_of("DELETE"),
            Self::Insert { .. } => lock_of("INSERT"),
            Self::Truncate { .. } => lock_of("TRUNCATE"),
            Self::Drop { what, .. } if what == "table" => lock_of("DROP TABLE"),
            Self::Lock { mode, .. } => Some(*mode),
            Self::On { what, .. } => lock_of(what),
            Self::Maintain { what, concurrently, full, kind, .. } => {
                lock_of(match (what.as_str(), concurrently, full) {
                    ("reindex", true, _) => "REINDEX CONCURRENTLY",
                    ("reindex", ..) if kind.as_deref() == Some("index") => "REINDEX INDEX",
                    ("reindex", ..) => "REINDEX",
                    ("refresh", true, _) => "REFRESH MATERIALIZED VIEW CONCURRENTLY",
                    ("refresh", ..) => "REFRESH MATERIALIZED VIEW",
                    ("vacuum", _, false) => "VACUUM",
                    ("vacuum", ..) => "VACUUM FULL",
                    _ => "CLUSTER",
                })
            }
            _ => None,
        }
    }
}

impl Action {
    /// The lock that it takes on the table.
    pub fn lock(&self) -> Option<LockMode> {
        let statement = match self {
            Self::AddConstraint(Added { kind: Constraint::ForeignKey(_), .. }) => "ADD FOREIGN KEY",
            Self::AddConstraint(_) => "ADD CONSTRAINT",
            Self::Validate { .. } => "VALIDATE CONSTRAINT",
            Self::Attach { .. } => "ATTACH PARTITION",
            Self::Detach { concurrently: true, .. } | Self::Detach { finalize: true, .. } => {
                "DETACH PARTITION CONCURRENTLY"
            }
            Self::Detach { .. } => "DETACH PARTITION",
            Self::Trigger { .. } => "DISABLE TRIGGER",
            Self::Tuned => "SET STATISTICS",
            _ => "ALTER TABLE",
        };
        lock_of(statement)
    }
}
