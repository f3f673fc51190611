//! Features asked for by their name: soft deletion, tenants, an audit log, an order by hand, history, labels, comments.

use std::sync::OnceLock;

use super::act::{Slots, add_column, new_table, table_of};
use super::fields::Field;
use super::names::{self, read};
use super::relate::{junction, singular};
use super::switches::switch;
use super::words::Word;
use super::{ASKED, Asking, NotDone};
use crate::design::convention::user_table;
use crate::design::naming::{Derived, free};
use crate::design::{
    Column, ColumnId, ColumnValue, Edit, Function, FunctionBody, FunctionId, Index, Origin, Record, Scope,
    Table, TableId, TableKind, Trigger, TriggerEvent, TriggerFunction, TriggerTiming,
};
use crate::sql::literal;

/// Tables that other things are commonly added in, as `features.txt` tells of them.
struct Commonly {
    name: &'static str,
    words: Vec<&'static str>,
    doing: Vec<&'static str>,
    fields: Vec<&'static str>,
}

fn commonly() -> &'static [Commonly] {
    static ALL: OnceLock<Vec<Commonly>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = include_str!("features.txt").lines().filter(|it| !it.starts_with('#'));
        let all = lines.filter_map(|line| {
            let (name, rest) = line.split_once(": ")?;
            let (words, rest) = rest.split_once("; do: ")?;
            let (doing, fields) = rest.split_once("; fields: ")?;
            let words = words.split(", ").collect();
            Some(Commonly {
                name,
                words,
                doing: doing.split(", ").collect(),
                fields: fields.split(' ').collect(),
            })
        });
        all.collect()
    })
}

/// What labels are called, and how people say that they put them.
const LABELS: &[(&str, &[&str], &[&str])] = &[
    ("label", &["labels", "label", "labelling", "labeling"], &["label", "labelled", "labeled"]),
    ("tag", &["tags", "tag", "tagging"], &["tag", "tagged", "taggable"]),
    ("category", &["categories"], &["categorize", "categorise", "categorized", "categorised"]),
];

/// Whether words may stand in a slot for a feature.
pub fn is_word(slot: &str, words: &[Word]) -> bool {
    let said = read(words);
    match slot {
        "kind" => is_label(&said),
        "verb" => LABELS.iter().any(|it| it.2.first() == Some(&said.as_str())),
        "verbed" => LABELS.iter().any(|it| it.2.iter().skip(1).any(|it| *it == said)),
        // `tags and comments` are two things.
        "part" => names::listed(words).into_iter().all(|it| {
            let said = read(names::bare(it));
            is_label(&said) || commonly().iter().any(|it| it.words.contains(&said.as_str()))
        }),
        "doing" => commonly().iter().any(|it| it.doing.contains(&said.as_str())),
        _ => false,
    }
}

fn is_label(said: &str) -> bool {
    LABELS.iter().any(|it| it.1.contains(&said))
}

/// Adds a feature.
pub fn feature(asking: &mut Asking, kind: &str, slots: &Slots<'_>) -> Result<(), NotDone> {
    match kind {
        "soft_delete" => switch(
            asking,
            slots,
            "Delete by mark",
            |it| it.soft_delete = Some(true),
            |it| it.soft_delete = true,
        ),
        "timestamps" => switch(
            asking,
            slots,
            "Say when rows came and changed",
            |it| it.timestamps = Some(true),
            |it| it.timestamps = true,
        ),
        "authorship" => switch(
            asking,
            slots,
            "Say who made and changed rows",
            |it| it.authorship = Some(true),
            |it| it.authorship = true,
        ),
        "created_by" => actor(asking, slots, "created_by"),
        "updated_by" => actor(asking, slots, "updated_by"),
        "tenant" => tenant(asking, slots),
        "audit" => audit(asking, slots),
        "position" => position(asking, slots),
        "history" => history(asking, slots),
        "labels" => labels(asking, slots),
        "part" => part(asking, slots),
        _ => Err(NotDone::Impossible { why: format!("`{kind}` is not built") }),
    }
}

/// Who made a row, or changed it last.
fn actor(asking: &mut Asking, slots: &Slots<'_>, name: &str) -> Result<(), NotDone> {
    let none = || NotDone::Impossible { why: "there is no table of people".to_owned() };
    let users = user_table(asking.after.tables()).map(singular).ok_or_else(none)?;
    for id in slots.list(&asking.after).unwrap_or_default() {
        let table = table_of(asking, id)?;
        if names::called(table, &[super::words::plain(name)]).is_some() {
            return Err(NotDone::Taken { name: format!("{}.{name}", table.name) });
        }
        let field = Field {
            name: name.to_owned(),
            stated: Some(format!("ref({users})")),
            nullable: Some(true),
            ..Field::default()
        };
        add_column(asking, id, &field)?;
    }
    Ok(())
}

/// Names of tables whose rows are tenants, the likeliest first.
const TENANTS: &[&str] =
    &["tenant", "organization", "organisation", "workspace", "company", "account", "team"];

/// A reference to the tenant in each table; the tenants' table is made where there is none.
fn tenant(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let named = slots.tables(&asking.after).first().map(|it| it.id);
    let known = || {
        let rank = |it: &Table| TENANTS.iter().position(|name| *name == singular(it));
        asking.after.tables().filter_map(|it| Some((rank(it)?, it.id))).min().map(|it| it.1)
    };
    let root = match named.or_else(known) {
        Some(id) => id,
        None => {
            let name = Field { name: "name".into(), ..Field::default() };
            new_table(asking, "tenant", &[name], |_, _| ())?
        }
    };
    let wanted = slots.list(&asking.after);
    let is_all = wanted.is_none() || slots.words("tables").is_some_and(names::is_everything);
    let entity = singular(table_of(asking, root)?);
    let own = |it: &&Table| {
        it.id != root
            && it.partition_of.is_none()
            && !it.foreign_keys.iter().any(|fk| fk.references == root)
            && !(is_all
                && matches!(it.kind, TableKind::Lookup | TableKind::Infrastructure | TableKind::Junction))
            && wanted.as_ref().is_none_or(|wanted| is_all || wanted.contains(&it.id))
    };
    let tables: Vec<TableId> = asking.after.tables().filter(own).map(|it| it.id).collect();
    if tables.is_empty() {
        return Err(NotDone::AlreadySo { what: format!("the tables reference `{entity}`") });
    }
    for id in tables {
        let field = Field::required(format!("{entity}_id"), format!("ref({entity})"));
        add_column(asking, id, &field)?;
    }
    Ok(())
}

const AUDIT_LOG: &str = "audit_log";
/// What an audit trigger does: the key is the column that the trigger names. Of `NEW` and `OLD` the one that an act does not
/// have is null (PostgreSQL manual, "Trigger Functions").
const RECORD: &str = "\nBEGIN\n    INSERT INTO audit_log (table_name, row_key, tg_op, old_row, new_row)\n    VALUES (TG_TABLE_NAME, to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[0], lower(TG_OP), to_jsonb(OLD), to_jsonb(NEW));\n    RETURN NULL;\nEND;\n";

/// A table of changes and triggers that fill it.
fn audit(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let everything = [super::words::plain("everything")];
    let tables = match slots.list(&asking.after) {
        Some(tables) => tables,
        None => names::tables(&asking.after, &everything).unwrap_or_default(),
    };
    if asking.after.tables().all(|it| it.name != AUDIT_LOG) {
        let field = |name: &str, stated: &str, nullable: bool| Field {
            name: name.into(),
            stated: Some(stated.into()),
            nullable: nullable.then_some(true),
            ..Field::default()
        };
        let fields = [
            field("table_name", "text", false),
            field("row_key", "text", true),
            field("tg_op", "text", false),
            field("old_row", "jsonb", true),
            field("new_row", "jsonb", true),
        ];
        new_table(asking, AUDIT_LOG, &fields, |table, _| {
            // Many changes are one log, whatever the number of other names.
            AUDIT_LOG.clone_into(&mut table.name);
            table.kind = TableKind::Infrastructure;
            (table.overrides.timestamps, table.overrides.soft_delete) = (Some(false), Some(false));
        })?;
        let id = asking.after.tables().find(|it| it.name == AUDIT_LOG).map(|it| it.id);
        if let Some(mut table) = id.and_then(|it| asking.after.table(it)).cloned() {
            let stamp = Column {
                value: ColumnValue::Default("now()".to_owned()),
                ..Column::new(
                    asking.after.ids().take(),
                    "changed_at",
                    crate::design::DataType::builtin(crate::pg::Builtin::TimestampTz),
                )
            };
            table
                .columns
                .retain(|it| !matches!(it.name.as_str(), "created_at" | "updated_at" | "deleted_at"));
            table.triggers.clear();
            table.columns.push(stamp);
            let edit = Edit::default().put(&asking.after, table);
            asking.part("Say when it was changed", ASKED, edit)?;
        }
    }
    let function = recorder(asking)?;
    for id in tables {
        let table = table_of(asking, id)?;
        if table.name == AUDIT_LOG
            || table.triggers.iter().any(|it| it.function == TriggerFunction::Function(function))
        {
            continue;
        }
        let key =
            table.primary_key.iter().flat_map(|it| table.column_names(&it.columns)).next().unwrap_or("id");
        let name = free(Derived::Trigger.name(&table.name, ["record_change"]), |it| {
            table.triggers.iter().any(|other| other.name == it)
        });
        let events = vec![TriggerEvent::Insert, TriggerEvent::Update, TriggerEvent::Delete];
        let calls = TriggerFunction::Function(function);
        let arguments = vec![literal(key)];
        let id = asking.after.ids().take();
        let trigger = Trigger { arguments, ..Trigger::of_row(id, name, TriggerTiming::After, events, calls) };
        let mut table = table.clone();
        let title = format!("Record changes of {}", table.name);
        table.triggers.push(trigger);
        let edit = Edit::default().put(&asking.after, table);
        asking.part(title, ASKED, edit)?;
    }
    Ok(())
}

/// The function that writes the audit log.
fn recorder(asking: &mut Asking) -> Result<FunctionId, NotDone> {
    const NAME: &str = "record_change";
    if let Some(there) = asking.after.functions().find(|it| it.name == NAME && it.arguments.is_empty()) {
        return Ok(there.id);
    }
    let reads = asking.after.tables().filter(|it| it.name == AUDIT_LOG).map(|it| it.id.into()).collect();
    let function = Function {
        id: asking.after.ids().take(),
        name: NAME.to_owned(),
        returns: Some("trigger".to_owned()),
        language: "plpgsql".to_owned(),
        body: FunctionBody::Text(RECORD.to_owned()),
        reads,
        ..Function::default()
    };
    let id = function.id;
    asking.part("Add what writes the audit log", ASKED, Edit::adding([Record::from(function)]))?;
    Ok(id)
}

/// A place in an order by hand, within what the row is a part of.
fn position(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let within = slots.tables(&asking.after).first().map(|it| it.id);
    for id in slots.list(&asking.after).unwrap_or_default() {
        let table = table_of(asking, id)?;
        if table.column_named("position").is_some() {
            return Err(NotDone::AlreadySo { what: format!("`{}` has a position", table.name) });
        }
        let users = user_table(asking.after.tables()).map(|it| it.id);
        let is_whole = |it: &&crate::design::ForeignKey| match within {
            Some(whole) => it.references == whole,
            None => {
                it.references != id
                    && Some(it.references) != users
                    && it.columns.iter().all(|it| !table.is_nullable(*it))
            }
        };
        let whole = table.foreign_keys.iter().find(is_whole).and_then(|it| it.columns.first()).copied();
        if let (Some(whole), None) = (within, whole) {
            let why = format!("`{}` does not reference `{}`", table.name, table_of(asking, whole)?.name);
            return Err(NotDone::Impossible { why });
        }
        // Between two numbers there is always another one: moving a row changes no other.
        let field = Field::required("position", "numeric");
        let column = add_column(asking, id, &field)?;
        let mut table = table_of(asking, id)?.clone();
        let columns: Vec<ColumnId> = whole.into_iter().chain([column]).collect();
        let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
        let name = Derived::Index.free_name(&table.name, table.column_names(&columns), taken);
        table.indexes.push(Index::over(asking.after.ids().take(), name, &columns));
        let title = format!("Read {} in order", table.name);
        let edit = Edit::default().put(&asking.after, table);
        asking.part(title, ASKED, edit)?;
    }
    Ok(())
}

/// What rows, or some of their columns, were before.
fn history(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    if slots.words("columns").or_else(|| slots.words("column")).is_some() {
        let table = slots.table(&asking.after)?;
        let (id, columns) = (table.id, slots.columns(table)?);
        let names: Vec<&str> = table.column_names(&columns).collect();
        let name = format!("{}_{}_history", singular(table), names.join("_"));
        return past(asking, id, &columns, &name);
    }
    for id in slots.list(&asking.after).unwrap_or_default() {
        let table = table_of(asking, id)?;
        let stamp = |it: &Column| matches!(it.origin, Origin::Convention(_));
        let own = table.columns.iter().filter(|it| !table.is_key(it.id) && !stamp(it));
        let columns: Vec<ColumnId> = own.map(|it| it.id).collect();
        let name = format!("{}_history", singular(table));
        past(asking, id, &columns, &name)?;
    }
    Ok(())
}

fn past(asking: &mut Asking, id: TableId, columns: &[ColumnId], name: &str) -> Result<(), NotDone> {
    let table = table_of(asking, id)?.clone();
    if asking.after.tables().any(|it| singular(it) == name) {
        return Err(NotDone::AlreadySo { what: format!("there is a `{name}`") });
    }
    let entity = singular(&table);
    let mut fields = vec![Field::required(format!("{entity}_id"), format!("ref({entity})"))];
    if let Some(users) = user_table(asking.after.tables()) {
        let stated = Some(format!("ref({})", singular(users)));
        fields.push(Field { name: "changed_by".into(), stated, nullable: Some(true), ..Field::default() });
    }
    let stated = Some("timestamptz".to_owned());
    fields.push(Field { name: "changed_at".into(), stated, nullable: Some(false), ..Field::default() });
    let name_of_history = name.to_owned();
    new_table(asking, name, &fields, |made, ids| {
        (made.overrides.timestamps, made.overrides.soft_delete) = (Some(false), Some(false));
        made.columns.retain(|it| !matches!(it.name.as_str(), "created_at" | "updated_at" | "deleted_at"));
        made.triggers.clear();
        made.name.clone_from(&name_of_history);
        let kept: Vec<Column> = columns.iter().filter_map(|it| table.column(*it)).cloned().collect();
        let at = made.columns.iter().position(|it| it.name == format!("{entity}_id")).map_or(0, |it| it + 1);
        let kept = kept.into_iter().filter(|it| made.column_named(&it.name).is_none());
        let kept: Vec<Column> = kept
            .map(|it| {
                let value = ColumnValue::Given;
                Column { id: ids.take(), value, nullable: true, not_null: None, origin: Origin::Hand, ..it }
            })
            .collect();
        made.columns.splice(at..at, kept);
        for column in made.columns.iter_mut().filter(|it| it.name == "changed_at") {
            column.value = ColumnValue::Default("now()".to_owned());
        }
        for fk in made.foreign_keys.iter_mut().filter(|it| it.references == id) {
            fk.on_delete = crate::design::ReferentialAction::Cascade;
        }
    })
    .map(drop)
}

/// Labels that rows have any number of: their table, made where there is none, and the pairs.
fn labels(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let said =
        ["kind", "verb", "verbed"].into_iter().find_map(|it| slots.words(it)).map(read).unwrap_or_default();
    labels_called(asking, slots, &said)
}

fn labels_called(asking: &mut Asking, slots: &Slots<'_>, said: &str) -> Result<(), NotDone> {
    let known = LABELS.iter().find(|it| it.1.contains(&said) || it.2.contains(&said));
    let label = known.map_or("label", |it| it.0);
    let there = asking.after.tables().find(|it| singular(it) == label).map(|it| it.id);
    let labels = match there {
        Some(id) => id,
        None => {
            let name =
                Field { name: "name".into(), nullable: Some(false), is_unique: true, ..Field::default() };
            new_table(asking, label, &[name], |_, _| ())?
        }
    };
    for id in slots.any(&asking.after) {
        let table = table_of(asking, id)?;
        let joined = asking.after.tables().find(|it| {
            let to = |id: TableId| it.foreign_keys.iter().any(|fk| fk.references == id);
            to(id) && to(labels)
        });
        if let Some(joined) = joined {
            return Err(NotDone::AlreadySo { what: format!("`{}` joins them", joined.name) });
        }
        let entity = singular(table);
        junction(asking, &format!("{entity}_{label}"), (id, &entity), (labels, label))?;
    }
    Ok(())
}

/// Comments, attachments and the like: a table for each table that has them.
fn part(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    if let Some(words) = slots.words("doing") {
        return part_called(asking, slots, &read(words));
    }
    for said in names::listed(slots.words("part").unwrap_or_default()) {
        let said = read(names::bare(said));
        if is_label(&said) {
            labels_called(asking, slots, &said)?;
        } else {
            part_called(asking, slots, &said)?;
        }
    }
    Ok(())
}

fn part_called(asking: &mut Asking, slots: &Slots<'_>, said: &str) -> Result<(), NotDone> {
    let common = commonly().iter().find(|it| it.words.contains(&said) || it.doing.contains(&said));
    let Some(common) = common else {
        return Err(NotDone::Impossible { why: format!("`{said}` is not known") });
    };
    let who = slots.doer(&asking.after);
    slots.any(&asking.after).into_iter().try_for_each(|it| common_part(asking, common, it, who))
}

/// The same for one table: `let a task have several watchers`.
pub fn part_of(asking: &mut Asking, id: TableId, words: &[Word], slots: &Slots<'_>) -> Result<(), NotDone> {
    let said = read(names::bare(words));
    match commonly().iter().find(|it| it.words.contains(&said.as_str())) {
        Some(common) => common_part(asking, common, id, None),
        None => labels_called(asking, slots, &said),
    }
}

/// A table of what is commonly added to another; `who` is the table of those that do it, where one was named.
fn common_part(
    asking: &mut Asking,
    common: &Commonly,
    id: TableId,
    who: Option<TableId>,
) -> Result<(), NotDone> {
    let who = who.and_then(|it| asking.after.table(it));
    let users = who.or_else(|| user_table(asking.after.tables())).map(singular);
    let entity = singular(table_of(asking, id)?);
    let name = format!("{entity}_{}", common.name);
    if let Some(there) = asking.after.tables().find(|it| singular(it) == name) {
        return Err(NotDone::Taken { name: there.name.clone() });
    }
    let whole = Field::required(format!("{entity}_id"), format!("ref({entity})"));
    let fields = common.fields.iter().filter_map(|it| {
        let (name, stated) = it.split_once(':')?;
        let nullable = stated.ends_with('?').then_some(true);
        let stated = stated.trim_end_matches('?');
        // Without people there is nobody to reference.
        let stated = match (stated, &users) {
            ("ref(user)", Some(users)) => format!("ref({users})"),
            ("ref(user)", None) => return None,
            (other, _) => other.to_owned(),
        };
        Some(Field { name: name.to_owned(), stated: Some(stated), nullable, ..Field::default() })
    });
    let fields: Vec<Field> = std::iter::once(whole).chain(fields).collect();
    new_table(asking, &name, &fields, |table, ids| {
        for fk in table.foreign_keys.iter_mut().filter(|it| it.references == id) {
            fk.on_delete = crate::design::ReferentialAction::Cascade;
        }
        // What people say is read in the order in which they said it.
        super::habits::add_creation(table, ids);
    })
    .map(drop)
}

/// Why keys stay what they are: rows are told apart and referenced by them.
pub fn other_keys(design: &crate::design::Design) -> NotDone {
    let count = design.tables().filter(|it| it.primary_key.is_some()).count();
    let first = design.tables().next().map_or("tasks", |it| it.name.as_str());
    let why = format!(
        "the keys of {count} tables are what rows are known and referenced by, and no migration can turn the ones into others; `add a unique public_id (uuid) to {first}` puts one beside"
    );
    NotDone::Impossible { why }
}
