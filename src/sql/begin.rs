//! The beginnings of statements, for a person to complete.

use super::type_name::qualified_name;
use super::writer::ident;
use crate::design::{Design, Table, TableId};

/// What can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// `CREATE INDEX`
    Index,
    /// `UNIQUE`
    Unique,
    /// `PRIMARY KEY`
    PrimaryKey,
    /// `CHECK`
    Check,
    /// `FOREIGN KEY`
    ForeignKey,
    /// `EXCLUDE`
    Exclusion,
    /// `CREATE TRIGGER`
    Trigger,
    /// `ENABLE ROW LEVEL SECURITY`
    RowSecurity,
    /// `CREATE POLICY`
    Policy,
    /// `PARTITION OF`
    Partition,
    /// `INSERT`
    Rows,
    /// `CREATE TYPE … AS ENUM`
    Enum,
    /// `CREATE DOMAIN`
    Domain,
    /// `CREATE TYPE … AS (…)`
    Composite,
    /// `CREATE SEQUENCE`
    Sequence,
    /// `CREATE VIEW`
    View,
    /// `CREATE MATERIALIZED VIEW`
    MaterializedView,
    /// `CREATE FUNCTION`
    Function,
    /// `CREATE SCHEMA`
    Namespace,
    /// `CREATE EXTENSION`
    Extension,
}

impl Beginning {
    /// What a table can have.
    pub const OF_TABLE: [Self; 11] = [
        Self::Index,
        Self::Unique,
        Self::PrimaryKey,
        Self::Check,
        Self::ForeignKey,
        Self::Exclusion,
        Self::Trigger,
        Self::RowSecurity,
        Self::Policy,
        Self::Partition,
        Self::Rows,
    ];

    /// What stands beside the tables.
    pub const OF_DESIGN: [Self; 9] = [
        Self::Enum,
        Self::Domain,
        Self::Composite,
        Self::Sequence,
        Self::View,
        Self::MaterializedView,
        Self::Function,
        Self::Namespace,
        Self::Extension,
    ];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Unique => "unique constraint",
            Self::PrimaryKey => "primary key",
            Self::Check => "check",
            Self::ForeignKey => "foreign key",
            Self::Exclusion => "exclusion constraint",
            Self::Trigger => "trigger",
            Self::RowSecurity => "row-level security",
            Self::Policy => "policy",
            Self::Partition => "partition",
            Self::Rows => "rows",
            Self::Enum => "enumerated type",
            Self::Domain => "domain",
            Self::Composite => "composite type",
            Self::Sequence => "sequence",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Function => "function",
            Self::Namespace => "schema",
            Self::Extension => "extension",
        }
    }

    /// Its SQL, ready for what is special about it. Of a table it names columns that the table has.
    pub fn sql(self, design: &Design, of: Option<TableId>) -> String {
        let table = of.and_then(|it| design.table(it)).or_else(|| design.tables().next());
        let named = |table: &Table| qualified_name(design, table.namespace, &table.name);
        let name = table.map_or_else(|| "a_table".to_owned(), named);
        let column = |at: usize| table.and_then(|it| it.columns.get(at).or(it.columns.first()));
        let plain = column(1).map_or_else(|| "a_column".to_owned(), |it| ident(&it.name));
        let key = column(0).map_or_else(|| "id".to_owned(), |it| ident(&it.name));
        match self {
            Self::Index => format!("CREATE INDEX ON {name} ({plain})"),
            Self::Unique => format!("ALTER TABLE {name} ADD UNIQUE ({plain})"),
            Self::PrimaryKey => format!("ALTER TABLE {name} ADD PRIMARY KEY ({key})"),
            Self::Check => format!("ALTER TABLE {name} ADD CHECK ({plain} IS NOT NULL)"),
            Self::ForeignKey => {
                format!("ALTER TABLE {name} ADD FOREIGN KEY ({key}) REFERENCES {name} ({key}) ON DELETE RESTRICT")
            }
            Self::Exclusion => format!("ALTER TABLE {name} ADD EXCLUDE USING gist ({plain} WITH =)"),
            Self::Trigger => format!(
                "CREATE TRIGGER a_trigger BEFORE UPDATE ON {name}\n    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            ),
            Self::RowSecurity => format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"),
            Self::Policy => format!("CREATE POLICY a_policy ON {name} FOR ALL TO public\n    USING (true)"),
            Self::Partition => format!("CREATE TABLE a_partition PARTITION OF {name}\n    FOR VALUES FROM (MINVALUE) TO (MAXVALUE)"),
            Self::Rows => {
                let columns: Vec<String> =
                    table.map(|it| it.columns.iter().map(|it| ident(&it.name)).collect()).unwrap_or_default();
                let values = vec!["NULL"; columns.len()];
                format!("INSERT INTO {name} ({}) VALUES\n    ({})", columns.join(", "), values.join(", "))
            }
            Self::Enum => "CREATE TYPE a_type AS ENUM ('one', 'two')".to_owned(),
            Self::Domain => "CREATE DOMAIN a_domain AS text CHECK (VALUE <> '')".to_owned(),
            Self::Composite => "CREATE TYPE a_type AS (\n    first text,\n    second integer\n)".to_owned(),
            Self::Sequence => "CREATE SEQUENCE a_sequence START WITH 1".to_owned(),
            Self::View => format!("CREATE VIEW a_view AS\nSELECT {key} FROM {name}"),
            Self::MaterializedView => format!("CREATE MATERIALIZED VIEW a_view AS\nSELECT {key} FROM {name}"),
            Self::Function => {
                "CREATE FUNCTION a_function(value text) RETURNS text\n    LANGUAGE sql IMMUTABLE\n    AS $$SELECT lower(value)$$".to_owned()
            }
            Self::Namespace => "CREATE SCHEMA a_schema".to_owned(),
            Self::Extension => "CREATE EXTENSION citext".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, draft_part, postgres};

    #[test]
    fn every_beginning_is_understood_as_it_stands() {
        let sql = "CREATE TABLE plain (id int UNIQUE, \"a B\" text); CREATE TABLE parted (id int, at date) PARTITION BY RANGE (at);";
        let design = postgres(sql, &Options::default()).tree.design;
        for it in Beginning::OF_TABLE.into_iter().chain(Beginning::OF_DESIGN) {
            let wanted = if it == Beginning::Partition { "parted" } else { "plain" };
            let table = design.table_named(None, wanted).map(|it| it.id);
            let drafted = draft_part(&design, None, &it.sql(&design, table));
            assert_eq!(drafted.problems, [], "{}", it.name());
            assert!(!drafted.edit.is_empty(), "{}", it.name());
        }
    }
}
