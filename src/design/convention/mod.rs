//! Conventions as ordinary columns, keys, indexes, triggers and types (product.md A2–A4).
//!
//! What a convention makes has an [`Origin::Convention`](super::Origin), and only that is taken back with it: what a
//! person has touched is theirs. Each convention is one file with one function that brings a table into line, whether
//! that means to add or to take back; doing it twice changes nothing more.
//!
//! ```text
//! applied      tables that are new  → everything that the conventions ask for
//! joined       a new foreign key    → only what is asked of that
//! switched     other conventions    → only what differs from the old ones, on all tables
//! overridden   one table departs    → only what differs, on that table
//! touched      a person's edit      → what it changes is the person's from now on
//! ```
//!
//! Given tables follow no convention: they are as they are.

mod authorship;
mod column;
mod draft;
mod foreign_key_index;
mod key;
mod mention;
mod row_trigger;
mod settings;
mod soft_delete;
mod table_names;
mod tenancy;
mod timestamps;
mod touch;
mod value_set;
mod version;

#[cfg(test)]
mod tests;

pub use authorship::user_table;
pub use column::add_column;
pub use key::{add_key, key_type};
pub use touch::touched;
pub use value_set::{value_check, values_in, values_of};

use super::{
    ConventionKind, ConventionOverrides, Conventions, Design, Edit, ForeignKeyId, Part, Proposal, Record,
    TableId,
};
use draft::Draft;
use settings::Settings;

/// Brings a table into line with one convention.
type Conform = fn(&mut Draft<'_>, TableId, &Settings);

/// The conventions in the order in which they build on each other.
const CONVENTIONS: &[(ConventionKind, Conform)] = &[
    (ConventionKind::SurrogateKey, key::conform),
    (ConventionKind::ValueSet, value_set::conform),
    (ConventionKind::Timestamps, timestamps::conform),
    (ConventionKind::Authorship, authorship::conform),
    (ConventionKind::Version, version::conform),
    (ConventionKind::Tenancy, tenancy::conform),
    (ConventionKind::ForeignKeyIndex, foreign_key_index::conform),
    (ConventionKind::SoftDelete, soft_delete::conform),
];

/// An edit, and with it everything that the design's conventions ask for and these tables do not have yet; for tables that are new.
pub fn applied(design: &Design, edit: Edit, tables: &[TableId]) -> Edit {
    let mut draft = Draft::making(design, edit);
    let own = |it: &TableId| draft.table(*it).is_none_or(|it| !it.is_given());
    let tables: Vec<TableId> = tables.iter().copied().filter(own).collect();
    for (_, conform) in CONVENTIONS {
        conform_all(&mut draft, &tables, *conform, design.conventions());
    }
    draft.finish()
}

/// An edit, and with it what the conventions ask of these foreign keys of a table, which it adds. What the table lacks besides it
/// still lacks: nobody asked for that.
pub fn joined(design: &Design, edit: Edit, table: TableId, new: &[ForeignKeyId]) -> Edit {
    let mut draft = Draft::making(design, edit);
    let own = draft.table(table).filter(|it| !it.is_given());
    if let Some(settings) = own.map(|it| Settings::of(it, design.conventions())) {
        foreign_key_index::conform_only(&mut draft, table, new);
        soft_delete::narrow_made(&mut draft, table, &settings);
    }
    draft.finish()
}

/// Other conventions for the design: one part for each switch that was moved, each needing those before it.
/// What does not depend on a moved switch stays as it is.
pub fn switched(design: &Design, conventions: &Conventions) -> Proposal {
    let mut proposal = Proposal { title: "Change the conventions".to_owned(), parts: Vec::new() };
    let mut so_far = design.clone();
    for switch in Switch::moved(design.conventions(), conventions) {
        let mut next = so_far.conventions().clone();
        switch.set(&mut next, conventions);
        let edit = switch_edit(&so_far, switch, &next);
        if so_far.apply(&edit).is_err() {
            // Not even one table could follow; the switch itself would then say what is not so.
            continue;
        }
        let needs = proposal.parts.len().checked_sub(1).into_iter().collect();
        let (title, reason) = switch.words(&next);
        proposal.parts.push(Part { title, reason, needs, edit, ..Part::default() });
    }
    proposal
}

/// A table that departs from the design's conventions, or follows them again.
pub fn overridden(design: &Design, table: TableId, overrides: &ConventionOverrides) -> Edit {
    let Some(before) = design.table(table).filter(|it| !it.is_given()) else { return Edit::default() };
    let old = Settings::of(before, design.conventions());
    let mut draft = Draft::of(design);
    if let Some(table) = draft.table_mut(table) {
        table.overrides = overrides.clone();
    }
    let Some(after) = draft.table(table) else { return Edit::default() };
    let new = Settings::of(after, design.conventions());
    for (kind, conform) in CONVENTIONS {
        if new.differs(&old, *kind) {
            conform(&mut draft, table, &new);
        }
    }
    follow_up(&mut draft, &[table], design.conventions());
    draft.finish()
}

fn switch_edit(design: &Design, switch: Switch, conventions: &Conventions) -> Edit {
    let mut draft = Draft::of(design);
    draft.put(Record::Conventions(conventions.clone()));
    let tables: Vec<TableId> = design.tables().filter(|it| !it.is_given()).map(|it| it.id).collect();
    match switch {
        Switch::TableNames => table_names::rename_all(&mut draft, conventions.table_names),
        Switch::Comments => column::comment_all(&mut draft, &tables, conventions.comments),
        Switch::Target => conform_all(&mut draft, &tables, key::conform, conventions),
        Switch::Kind(kind) => {
            for (_, conform) in CONVENTIONS.iter().filter(|it| it.0 == kind) {
                conform_all(&mut draft, &tables, *conform, conventions);
            }
            follow_up(&mut draft, &tables, conventions);
        }
    }
    draft.finish()
}

fn conform_all(draft: &mut Draft<'_>, tables: &[TableId], conform: Conform, conventions: &Conventions) {
    for id in tables {
        if let Some(settings) = draft.table(*id).map(|it| Settings::of(it, conventions)) {
            conform(draft, *id, &settings);
        }
    }
}

/// What one convention has added is a matter of the others too: foreign keys of new columns want an index,
/// and that of live rows where rows are deleted by mark.
fn follow_up(draft: &mut Draft<'_>, tables: &[TableId], conventions: &Conventions) {
    for id in tables {
        let Some(settings) = draft.table(*id).map(|it| Settings::of(it, conventions)) else { continue };
        foreign_key_index::conform_made(draft, *id);
        soft_delete::narrow_made(draft, *id, &settings);
    }
}

/// A switch of the conventions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    TableNames,
    Comments,
    Target,
    Kind(ConventionKind),
}

impl Switch {
    fn moved(old: &Conventions, new: &Conventions) -> Vec<Self> {
        [
            (old.target != new.target, Self::Target),
            (old.table_names != new.table_names, Self::TableNames),
            (old.key != new.key, Self::Kind(ConventionKind::SurrogateKey)),
            (old.value_sets != new.value_sets, Self::Kind(ConventionKind::ValueSet)),
            (old.timestamps != new.timestamps, Self::Kind(ConventionKind::Timestamps)),
            (old.authorship != new.authorship, Self::Kind(ConventionKind::Authorship)),
            (old.tenancy != new.tenancy, Self::Kind(ConventionKind::Tenancy)),
            (old.version != new.version, Self::Kind(ConventionKind::Version)),
            (old.soft_delete != new.soft_delete, Self::Kind(ConventionKind::SoftDelete)),
            (old.comments != new.comments, Self::Comments),
        ]
        .into_iter()
        .filter_map(|(moved, switch)| moved.then_some(switch))
        .collect()
    }

    fn set(self, conventions: &mut Conventions, to: &Conventions) {
        match self {
            Self::TableNames => conventions.table_names = to.table_names,
            Self::Comments => conventions.comments = to.comments,
            Self::Target => conventions.target = to.target,
            Self::Kind(kind) => match kind {
                ConventionKind::SurrogateKey => conventions.key = to.key,
                ConventionKind::ValueSet => conventions.value_sets = to.value_sets,
                ConventionKind::Timestamps => conventions.timestamps = to.timestamps,
                ConventionKind::Authorship => conventions.authorship = to.authorship,
                ConventionKind::Tenancy => conventions.tenancy.clone_from(&to.tenancy),
                ConventionKind::Version => conventions.version = to.version,
                ConventionKind::SoftDelete => conventions.soft_delete = to.soft_delete,
                ConventionKind::ForeignKeyIndex | ConventionKind::Meaning => {}
            },
        }
    }

    /// What it does and why one would, as title and reason of a part.
    fn words(self, to: &Conventions) -> (String, String) {
        use super::{KeyStyle, TableNames, ValueSetStyle};
        let (title, reason) = match self {
            Self::TableNames => match to.table_names {
                TableNames::Singular => ("Name tables in the singular", "A row is one of them."),
                TableNames::Plural => ("Name tables in the plural", "A table holds many of them."),
            },
            Self::Comments if to.comments => ("Comment what conventions add", "The catalog explains itself."),
            Self::Comments => ("Take back the comments of conventions", "The names say it already."),
            Self::Target => {
                let title = format!("Write for PostgreSQL {}", to.target);
                return (title, "What newer versions alone know is not used.".to_owned());
            }
            Self::Kind(kind) => match kind {
                ConventionKind::SurrogateKey => match to.key {
                    KeyStyle::UuidV4 => {
                        ("Key tables by random UUIDs", "Keys can be made anywhere and tell nothing.")
                    }
                    KeyStyle::UuidV7 => {
                        ("Key tables by UUIDs in order of time", "New keys lie together in the index.")
                    }
                    KeyStyle::Identity => ("Key tables by numbers", "Eight bytes, in order, easy to read."),
                },
                ConventionKind::ValueSet => match to.value_sets {
                    ValueSetStyle::Enum => {
                        ("Hold value sets as enumerated types", "Four bytes, ordered, checked by the type.")
                    }
                    ValueSetStyle::Check => {
                        ("Hold value sets by checks", "A value can be taken out again as easily as added.")
                    }
                    ValueSetStyle::Lookup => {
                        ("Hold value sets in lookup tables", "Values can be added without a migration.")
                    }
                },
                ConventionKind::Timestamps if to.timestamps => {
                    ("Add creation and update times", "Rows tell when they came and when they changed.")
                }
                ConventionKind::Timestamps => {
                    ("Take back creation and update times", "Rows have no history.")
                }
                ConventionKind::Authorship if to.authorship => {
                    ("Add who created and updated", "Rows tell who is behind them.")
                }
                ConventionKind::Authorship => ("Take back who created and updated", "Rows have no author."),
                ConventionKind::Tenancy if to.tenancy.is_some() => {
                    ("Separate tenants", "Rows of one tenant are hidden from the others.")
                }
                ConventionKind::Tenancy => {
                    ("Take back the separation of tenants", "All rows are one owner's.")
                }
                ConventionKind::Version if to.version => {
                    ("Count row versions", "An update that comes too late is refused.")
                }
                ConventionKind::Version => ("Take back row versions", "The last update wins."),
                ConventionKind::SoftDelete if to.soft_delete => {
                    ("Delete by mark", "A deleted row can be brought back; its unique values are free again.")
                }
                ConventionKind::SoftDelete => ("Delete for good", "A deleted row is gone."),
                ConventionKind::ForeignKeyIndex => {
                    ("Index foreign keys", "Deleting a referenced row need not scan the referencing table.")
                }
                ConventionKind::Meaning => ("Check what names promise", "A wrong value is refused."),
            },
        };
        (title.to_owned(), reason.to_owned())
    }
}
