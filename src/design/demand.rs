//! What is asked of a design before anything is drawn: the database, consistency, what is not negotiable (product.md C7).

use serde::{Deserialize, Serialize};

use super::{
    Conventions, Design, Load, Origin, Proposal, Table, TableId, ValueSetStyle, Volume, convention,
    is_default,
};
use crate::base;

/// Something that is asked for up front. Numbers stand where they are used: the version in
/// [`Conventions::target`], the ratio and the retention in [`Load`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// PostgreSQL of the version that the conventions name.
    #[serde(rename = "postgresql")]
    PostgreSql,
    /// MySQL 8 is what the person must live with.
    #[serde(rename = "mysql")]
    MySql,
    /// `SQLite` is what the person must live with.
    Sqlite,
    /// So many reads for each write.
    ReadsPerWrite,
    /// Rows are kept for so long.
    Retention,
    /// Every reader sees the last write.
    Strong,
    /// A reader may see a write somewhat later.
    Eventual,
    /// Rows of one tenant are hidden from the others.
    Tenancy,
    /// Rows are deleted by mark.
    SoftDelete,
    /// Rows tell who made and changed them, and when.
    Audit,
}

/// A demand and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Demanded {
    /// What is asked for.
    pub what: Demand,
    /// By whom.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

impl Demand {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::PostgreSql,
        Self::MySql,
        Self::Sqlite,
        Self::ReadsPerWrite,
        Self::Retention,
        Self::Strong,
        Self::Eventual,
        Self::Tenancy,
        Self::SoftDelete,
        Self::Audit,
    ];

    /// Whether the two cannot hold together.
    pub fn excludes(self, other: Self) -> bool {
        let group = |it: Self| match it {
            Self::PostgreSql | Self::MySql | Self::Sqlite => Some(0),
            Self::Strong | Self::Eventual => Some(1),
            Self::ReadsPerWrite | Self::Retention | Self::Tenancy | Self::SoftDelete | Self::Audit => None,
        };
        self != other && group(self).is_some() && group(self) == group(other)
    }

    /// What it asks for, as a sentence.
    pub fn words(self, design: &Design) -> String {
        let load = design.load();
        match self {
            Self::PostgreSql => format!("The database is PostgreSQL {}.", design.conventions().target),
            Self::MySql => "The database is MySQL 8; what is written is PostgreSQL.".to_owned(),
            Self::Sqlite => "The database is SQLite; what is written is PostgreSQL.".to_owned(),
            Self::ReadsPerWrite => match load.reads_per_write {
                Some(1.0) => "One read is expected for each write.".to_owned(),
                Some(it) => format!("{it} reads are expected for each write."),
                None => "How often rows are read is open.".to_owned(),
            },
            Self::Retention => match load.retention_days {
                Some(it) => format!("Rows are kept for {it} days."),
                None => "How long rows are kept is open.".to_owned(),
            },
            Self::Strong => "Every reader sees the last write.".to_owned(),
            Self::Eventual => "A reader may see a write somewhat later.".to_owned(),
            Self::Tenancy => "Rows of one tenant are hidden from the others.".to_owned(),
            Self::SoftDelete => "Rows are deleted by mark, never for good.".to_owned(),
            Self::Audit => "Rows tell who made and changed them, and when.".to_owned(),
        }
    }
}

impl Load {
    /// What is known of a demand, where it is one.
    pub fn demanded(&self, what: Demand) -> Option<&Demanded> {
        self.demands.iter().find(|it| it.what == what)
    }

    /// Whether it is demanded.
    pub fn asks(&self, what: Demand) -> bool {
        self.demanded(what).is_some()
    }

    /// How many rows of something are expected in all: what is said of it, else so many for each of another that is known.
    pub fn rows(&self, of: &str) -> Option<u64> {
        self.rows_within(&base::singular(&base::snake_case(of)), self.volumes.len())
    }

    /// `deep` is how many volumes there are, so that `a per b` and `b per a` come to an end.
    fn rows_within(&self, of: &str, deep: usize) -> Option<u64> {
        let mine = || self.volumes.iter().filter(|it| base::singular(&base::snake_case(&it.of)) == of);
        let in_all = mine().filter(|it| it.per.is_none()).map(|it| it.count).max();
        in_all.or_else(|| {
            let deeper = deep.checked_sub(1)?;
            let each = |it: &Volume| {
                let per = base::singular(&base::snake_case(it.per.as_deref()?));
                it.count.checked_mul(self.rows_within(&per, deeper)?)
            };
            mine().filter_map(each).max()
        })
    }

    /// What is expected, as [`Volume::listed`] reads it.
    pub fn expected(&self) -> String {
        let all: Vec<String> = self.volumes.iter().map(ToString::to_string).collect();
        all.join(", ")
    }

    /// Expects only what a person lists; of what stays as it was, where it came from stays too.
    pub fn expect_only(&mut self, wanted: Vec<Volume>) {
        self.volumes.retain(|it| wanted.iter().any(|other| other.is_of(it)));
        for it in wanted {
            self.expect(it);
        }
    }

    /// Expects so many rows, in the place of what was expected of the same.
    pub fn expect(&mut self, volume: Volume) {
        let is_same = |it: &Volume| it.is_of(&volume);
        match self.volumes.iter_mut().find(|it| is_same(it)) {
            Some(known) if known.count == volume.count => {}
            Some(known) => *known = volume,
            None => self.volumes.push(volume),
        }
    }

    /// Demands something, in the place of what it excludes.
    pub fn demand(&mut self, what: Demand, origin: Origin) {
        self.demands.retain(|it| it.what != what && !what.excludes(it.what));
        self.demands.push(Demanded { what, origin });
        self.demands.sort_by_key(|it| it.what);
    }

    /// No longer demands it; the number that belongs to it is open again.
    pub fn release(&mut self, what: Demand) {
        self.demands.retain(|it| it.what != what);
        match what {
            Demand::ReadsPerWrite => self.reads_per_write = None,
            Demand::Retention => self.retention_days = None,
            Demand::PostgreSql
            | Demand::MySql
            | Demand::Sqlite
            | Demand::Strong
            | Demand::Eventual
            | Demand::Tenancy
            | Demand::SoftDelete
            | Demand::Audit => {}
        }
    }
}

/// Names of tables whose rows are tenants, the likeliest first.
const TENANTS: &[&str] = &[
    "tenant",
    "organization",
    "organisation",
    "workspace",
    "company",
    "account",
    "agency",
    "customer",
    "client",
    "team",
];

/// The table whose rows are tenants, by its name: the one that is named so, or the likeliest.
pub fn tenant_table(design: &Design) -> Option<&Table> {
    let named = design.conventions().tenancy.as_deref();
    let is_named = |it: &&Table| named.is_some_and(|name| base::singular(&it.name) == base::singular(name));
    let rank = |it: &Table| TENANTS.iter().position(|name| *name == base::singular(&it.name));
    let likely = || design.tables().filter_map(|it| Some((rank(it)?, it.id))).min();
    let likely = || likely().and_then(|(_, id): (usize, TableId)| design.table(id));
    design.tables().find(is_named).or_else(likely)
}

/// What the demands of a design ask of its conventions and what these do not do yet: a part for each switch.
pub fn demanded(design: &Design) -> Proposal {
    let wanted = wanted(design);
    let mut proposal = convention::switched(design, &wanted);
    "What is asked for up front".clone_into(&mut proposal.title);
    proposal
}

/// The conventions as the demands want them.
fn wanted(design: &Design) -> Conventions {
    let load = design.load();
    let mut wanted = design.conventions().clone();
    for it in &load.demands {
        match it.what {
            Demand::SoftDelete => wanted.soft_delete = true,
            Demand::Audit => (wanted.timestamps, wanted.authorship) = (true, true),
            // An update that rests on what was read before is refused instead of lost.
            Demand::Strong => wanted.version = true,
            Demand::Tenancy if wanted.tenancy.is_none() => {
                wanted.tenancy = tenant_table(design).map(|it| base::singular(&it.name));
            }
            // Neither has enumerated types that stand by themselves; both have checks
            // (MySQL 8 manual, "CHECK Constraints"; SQLite, "CREATE TABLE").
            Demand::MySql | Demand::Sqlite if wanted.value_sets == ValueSetStyle::Enum => {
                wanted.value_sets = ValueSetStyle::Check;
            }
            Demand::Tenancy
            | Demand::MySql
            | Demand::Sqlite
            | Demand::PostgreSql
            | Demand::ReadsPerWrite
            | Demand::Retention
            | Demand::Eventual => {}
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Edit, Record, operation};

    fn with(demands: &[Demand]) -> Design {
        let mut design = Design::new();
        for name in ["organization", "task"] {
            let (_, edit) = operation::add_table(&design, None, name);
            design.apply(&edit).expect("valid");
        }
        let mut load = design.load().clone();
        for it in demands {
            load.demand(*it, Origin::Hand);
        }
        design.apply(&Edit::default().put(&design, Record::Load(load))).expect("valid");
        design
    }

    #[test]
    fn what_excludes_each_other_does_not_stay() {
        let mut load = Load::default();
        load.demand(Demand::MySql, Origin::Hand);
        load.demand(Demand::Tenancy, Origin::Hand);
        load.demand(Demand::Sqlite, Origin::Hand);
        load.reads_per_write = Some(4.0);
        load.demand(Demand::ReadsPerWrite, Origin::Hand);
        let left: Vec<Demand> = load.demands.iter().map(|it| it.what).collect();
        assert_eq!(left, [Demand::Sqlite, Demand::ReadsPerWrite, Demand::Tenancy]);
        load.release(Demand::ReadsPerWrite);
        assert_eq!((load.reads_per_write, load.asks(Demand::ReadsPerWrite)), (None, false));
    }

    #[test]
    fn rows_for_each_of_another_are_multiplied() {
        let mut load = Load::default();
        load.expect_only(
            Volume::listed("500 organizations, 20 users per organization, 3 pens per user").expect("sizes"),
        );
        assert_eq!(
            (load.rows("users"), load.rows("Pen"), load.rows("task")),
            (Some(10_000), Some(30_000), None)
        );
        load.expect_only(Volume::listed("20 users per team; 2 teams per user").expect("sizes"));
        assert_eq!(
            (load.rows("user"), load.expected().as_str()),
            (None, "20 users per team, 2 teams per user")
        );
        assert_eq!(Volume::listed("5 users, many teams"), Err("many teams"));
    }

    #[test]
    fn what_is_not_negotiable_switches_conventions_on() {
        let mut design = with(&[Demand::SoftDelete, Demand::Audit, Demand::Tenancy, Demand::Strong]);
        let proposal = demanded(&design);
        design.apply(&proposal.accept_all(&design).expect("fits")).expect("valid");
        let it = design.conventions();
        assert!(it.soft_delete && it.authorship && it.timestamps && it.version);
        assert_eq!(it.tenancy.as_deref(), Some("organization"));
        let task = design.tables().find(|it| it.name == "task").expect("there");
        for name in ["deleted_at", "created_at", "organization_id", "version"] {
            assert!(task.column_named(name).is_some(), "{name}");
        }
        assert!(demanded(&design).parts.is_empty(), "once is enough");
    }

    #[test]
    fn another_database_keeps_value_sets_where_it_can() {
        let design = with(&[Demand::MySql]);
        assert_eq!(wanted(&design).value_sets, ValueSetStyle::Check);
    }
}
