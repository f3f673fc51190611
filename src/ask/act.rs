//! From a pattern's slots to edits: what each kind of request does to columns and tables as they are.

use super::fields::{Field, field, fields, in_list, is_plain_type, stated, tail};
use super::fresh::{is_fresh, is_name};
use super::habits::{add_creation, habits, is_thing, of_new_columns, tells_creation};
use super::names::{self, column, columns, is_everything, name, table, tables};
use super::nouns::{are_several, are_several_things, holds_several, needed};
use super::pattern::Bound;
use super::words::Word;
use super::{
    ASKED, Asking, NotDone, apart, choices, conditions, deeds, facts, features, groups, moments, overlaps,
    relate, removal, renaming, restructure, roles, rules, sets, shared, states,
};
use crate::base;
use crate::design::aggregate;
use crate::design::naming::identifier;
use crate::design::{
    Column, ColumnId, ColumnValue, Design, Edit, IdSource, Record, ReferentialAction, Table, TableId,
    operation,
};
use crate::sql::refactor;

/// Whether words may stand in a slot.
pub fn fits(design: &Design, slot: &str, words: &[Word]) -> bool {
    match slot {
        "table" | "doer" => !is_everything(words) && table(design, words).is_some(),
        "tables" => tables(design, words).is_some(),
        "column" | "first" | "then" => words.len() <= 5 && is_name(words),
        "role" if table(design, words).is_some() => true,
        "new_value" | "low" | "high" => sets::is_new_value(words),
        "asks" => facts::are_asked(words),
        "trait" => facts::is_trait(words),
        "quality" => facts::is_quality(words),
        "columns" | "role" => names::listed(words).iter().all(|it| is_name(it)) && words.len() <= 12,
        "column_list" => names::listed(words).iter().all(|it| table_and_name(design, it).is_some()),
        "listed" => {
            words.len() > 2
                && words.first().is_some_and(|it| it.is("("))
                && words.last().is_some_and(|it| it.is(")"))
        }
        "tail" => tail(words).is_some(),
        "person" => words.len() <= 3 && names::is_role(words),
        "sub" => relate::below(design, words).is_some(),
        "value" => words.len() <= 8 && rules::is_value(words),
        "values" => choices::values_told(words).is_some(),
        "slashed" => super::words::are_slashed(words) && choices::values_told(words).is_some(),
        "sorts" => choices::are_sorts(words),
        "condition" => conditions::is_condition(words),
        // Of several words none is quoted alone.
        "name" => {
            is_fresh(words)
                && !is_of_words(words)
                && !super::fields::ends_with_type(words)
                && (names::bare(words).len() == 1 || words.iter().all(|it| !it.is_quoted))
        }
        "post" => roles::role_of(design, words).is_some() && !words.get(..1).is_some_and(facts::is_quality),
        // What something becomes is its name, where it is no type of it and nothing that is said of it.
        "noun" => is_fresh(words) && !is_plain_type(names::bare(words)) && !choices::is_said_of(words),
        "plural" => is_fresh(words) && !is_of_words(words) && is_several(words),
        "choices" => choices::choices_told(words),
        "sort" => choices::is_sort(words),
        "rule" => rules::is_rule(design, words),
        "deed" => matches!(words, [word] if !word.is_quoted && deeds::marks(&word.text).is_some()),
        "doing_so" => {
            matches!(words, [word] if !word.is_quoted && deeds::marks_of_doing(&word.text).is_some())
        }
        "act" => matches!(words, [word] if is_name(words) && !word.is_quoted),
        "type" => stated(names::bare(words)).is_some(),
        "field" => field(design, words).is_some(),
        "told" => field(design, words).is_some_and(|it| restructure::is_becoming(&it)),
        "fields" => fields(design, words).is_some(),
        "once" | "again" | "must" | "together" | "may" => shared::is_said(slot, words),
        "signed" => shared::is_signed(design, words),
        "group" => groups::is_group(design, words),
        "affix" => groups::is_affix(words),
        "done" => moments::is_done(words),
        "did" => moments::is_did(words),
        "who" => words.len() <= 3 && is_name(words),
        "cause" => names::read(words) == "reason",
        "sign" => matches!(words, [word] if word.is_any(&["on", "at"])),
        "limit" => conditions::is_limit(words),
        "bound" => conditions::is_bound(words),
        "onto" => matches!(words, [word] if word.is_any(deeds::ONTO)),
        "mark" => states::is_mark(words),
        "state" => words.len() <= 3 && is_name(words),
        "kind" | "verb" | "verbed" | "part" | "doing" => features::is_word(slot, words),
        _ => false,
    }
}

/// Whether words tell what kind of table is wanted and are no name of one: `its own`, `a lookup`.
fn is_of_words(words: &[Word]) -> bool {
    const OF: &[&str] = &["its", "their", "own", "lookup", "link"];
    words.iter().any(|it| it.is_any(OF))
        || matches!(words, [.., last] if last.is("reference") && words.len() < 3)
}

/// Whether a noun is in the plural: `milestones`.
pub fn is_several(words: &[Word]) -> bool {
    let last = words.last().filter(|it| !it.is_quoted);
    last.is_some_and(|it| {
        it.text.len() > 3 && base::plural(&it.text) == it.text && base::singular(&it.text) != it.text
    })
}

/// What stands in the slots of one request.
pub struct Slots<'a> {
    bound: &'a [Bound<'a>],
}

impl<'a> Slots<'a> {
    /// The words of the first slot of a name.
    pub fn words(&self, slot: &str) -> Option<&'a [Word]> {
        self.bound.iter().find(|it| it.slot == slot).map(|it| it.words)
    }

    /// The words of the last slot of a name.
    pub fn last(&self, slot: &str) -> Option<&'a [Word]> {
        self.bound.iter().rfind(|it| it.slot == slot).map(|it| it.words)
    }

    /// The tables of all slots for one, in order.
    pub fn tables<'d>(&self, design: &'d Design) -> Vec<&'d Table> {
        let all = self.bound.iter().filter(|it| it.slot == "table");
        all.filter_map(|it| table(design, it.words)).collect()
    }

    /// The table whose rows act.
    pub fn doer(&self, design: &Design) -> Option<TableId> {
        table(design, self.words("doer")?).map(|it| it.id)
    }

    /// The first table.
    pub fn table<'d>(&self, design: &'d Design) -> Result<&'d Table, NotDone> {
        self.tables(design)
            .first()
            .copied()
            .ok_or_else(|| NotDone::NoTable { words: String::new(), nearest: None })
    }

    /// The tables of a list; none was named where there is no slot for it.
    pub fn list(&self, design: &Design) -> Option<Vec<TableId>> {
        tables(design, self.words("tables")?)
    }

    /// The tables of a list, or the one table.
    pub fn any(&self, design: &Design) -> Vec<TableId> {
        self.list(design).unwrap_or_else(|| self.tables(design).iter().map(|it| it.id).collect())
    }

    /// The columns of a list, or the one column.
    pub fn columns(&self, of: &Table) -> Result<Vec<ColumnId>, NotDone> {
        let words = self.words("columns").or_else(|| self.words("column"));
        listed_columns(of, words.or_else(|| self.listed()).unwrap_or_default())
    }

    /// What stands between parentheses.
    pub fn listed(&self) -> Option<&'a [Word]> {
        let words = self.words("listed")?;
        words.get(1..words.len().saturating_sub(1))
    }

    /// The one column.
    pub fn column(&self, of: &Table) -> Result<ColumnId, NotDone> {
        let words = self.words("column").unwrap_or_default();
        column(of, words).ok_or_else(|| no_column(of, words))
    }

    /// A new name, as it was quoted or in snake case.
    pub fn name(&self) -> String {
        self.words("name").or_else(|| self.words("noun")).map(names::fresh).unwrap_or_default()
    }

    /// Whether a new name was quoted, and is meant as it stands.
    pub fn is_quoted(&self) -> bool {
        self.words("name").is_some_and(|it| names::bare(it).iter().any(|it| it.is_quoted))
    }
}

/// The columns of a table that words list.
pub fn listed_columns(of: &Table, words: &[Word]) -> Result<Vec<ColumnId>, NotDone> {
    columns(of, words).ok_or_else(|| no_column(of, words))
}

/// That a table has no such column, with the nearest of the columns that the words list.
fn no_column(of: &Table, words: &[Word]) -> NotDone {
    let missing = names::listed(words).into_iter().find(|it| column(of, it).is_none()).unwrap_or(words);
    let words = name(missing);
    let nearest = names::nearest(&words, of.columns.iter().map(|it| it.name.as_str())).map(str::to_owned);
    NotDone::NoColumn { words, table: of.name.clone(), nearest }
}

/// Does what one request asks.
pub fn act(asking: &mut Asking, kind: &str, bound: &[Bound<'_>]) -> Result<(), NotDone> {
    let slots = Slots { bound };
    match kind {
        "add_table" => add_table(asking, &slots),
        "add_column" => add_columns(asking, &slots, None),
        "add_values" => choices::add_values(asking, &slots),
        "moments" => moments::moments(asking, &slots),
        "actors" => moments::actors(asking, &slots, false),
        "actors_when" => moments::actors(asking, &slots, true),
        "dated" => moments::dated(asking, &slots),
        "group_type" | "group_rename" | "group_remove" | "group_required" | "group_optional"
        | "group_default" | "group_index" => groups::grouped(asking, kind, &slots),
        "add_plain" if slots.words("fields").is_some_and(are_several_things) => Err(NotDone::Impossible {
            why: format!(
                "`{}` are several, and no column",
                names::read(slots.words("fields").unwrap_or_default())
            ),
        }),
        "add_plain" => add_columns(asking, &slots, None),
        "add_needed" => needed(slots.words("fields")).and_then(|()| add_columns(asking, &slots, None)),
        "add_limited" => states::add_limited(asking, &slots),
        "facts" => facts::facts(asking, &slots),
        "is_so" => facts::is_so(asking, &slots),
        "add_value" => sets::add_value(asking, &slots),
        "can_be" => moments::can_be(asking, &slots),
        "can_be_act" => deeds::can_be(asking, &slots),
        "acts_on_other" => deeds::on_other(asking, &slots),
        "acts_on_own" => deeds::on_own(asking, &slots),
        "changed" => deeds::changed(asking, &slots),
        "no_overlap" => overlaps::no_overlap(asking, &slots),
        "add_required" => add_columns(asking, &slots, Some(false)),
        "add_optional" => add_columns(asking, &slots, Some(true)),
        "rename_table" => renaming::rename_table(asking, &slots),
        "rename_column" => renaming::rename_column(asking, &slots),
        "remove_table" => removal::remove_tables(asking, &slots),
        "remove_column" => removal::remove_columns(asking, &slots),
        "unique" | "unique_each" | "not_unique" | "required" | "optional" | "type" | "values" | "enum"
        | "default" | "no_default" | "index" | "no_index" => rules::rule(asking, kind, &slots),
        "condition" => conditions::condition(asking, &slots),
        "some_of" => conditions::some_of(asking, &slots, false),
        "one_of" => conditions::some_of(asking, &slots, true),
        "swap" => conditions::swap(asking, &slots),
        "split_column" => restructure::split_column(asking, &slots),
        "split_table" => restructure::split_table(asking, &slots),
        "split_off" => restructure::split_off(asking, &slots),
        "split_in_two" => Err(restructure::not_told(slots.table(&asking.after)?, "details")),
        "merge_columns" => restructure::merge_columns(asking, &slots),
        "merge_tables" => restructure::merge_tables(asking, &slots),
        "children" => apart::children(asking, &slots, false),
        "one_child" => apart::children(asking, &slots, true),
        "become" => restructure::becoming(asking, &slots),
        "one_of_them" => states::one_of_them(asking, &slots),
        "each_other" => deeds::each_other(asking, &slots),
        "lookup" => apart::lookup(asking, &slots),
        "either" => apart::either(asking, &slots),
        "between" => apart::between(asking, &slots),
        "refer_unknown" => relate::refer_unknown(asking, &slots),
        "other_keys" => Err(features::other_keys(&asking.after)),
        "one_in_state" => states::one_in_state(asking, &slots),
        "ordered" => states::ordered(asking, &slots),
        "not_negative" => states::not_negative(asking, &slots),
        "many_to_many" => relate::many_to_many(asking, &slots),
        "reference" => relate::reference(asking, &slots),
        "reference_back" => relate::reference_back(asking, &slots),
        "nested" => relate::nested(asking, &slots),
        "unlink" => relate::unlink(asking, &slots),
        "foreign_key" => relate::foreign_key(asking, &slots),
        "cascade" => relate::on_delete(asking, &slots, ReferentialAction::Cascade),
        "cascade_all" => relate::cascade_all(asking, &slots),
        "set_null" => relate::on_delete(asking, &slots, ReferentialAction::SetNull),
        "restrict" => relate::on_delete(asking, &slots, ReferentialAction::Restrict),
        other => features::feature(asking, other, &slots),
    }
}

fn add_table(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let fields = match (slots.words("fields"), slots.words("listed")) {
        (Some(words), _) => fields(&asking.after, words),
        (None, Some(words)) => in_list(&asking.after, words),
        (None, None) => Some(Vec::new()),
    };
    let none = || NotDone::Impossible { why: "what it lists are no columns".to_owned() };
    // A key of its own is what every table has.
    let fields: Vec<Field> = fields.ok_or_else(none)?.into_iter().filter(|it| it.name != "id").collect();
    let plural = slots.words("plural");
    if plural.is_some_and(|it| it.len() > 2 || it.first().is_some_and(|it| it.is_any(&["a", "an"]))) {
        return Err(NotDone::Impossible { why: "what it names are no rows".to_owned() });
    }
    let name = plural.map_or_else(|| slots.name(), names::fresh);
    if let Some(there) =
        asking.after.tables().find(|it| base::singular(&base::snake_case(&it.name)) == base::singular(&name))
    {
        return Err(NotDone::Taken { name: there.name.clone() });
    }
    let id = new_table(asking, &name, &fields, |_, _| ())?;
    if slots.is_quoted() && table_of(asking, id)?.name != name {
        let edit = refactor::rename_table(&asking.after, id, &name);
        asking.part(format!("Call it {name}"), ASKED, edit)?;
    }
    for field in &fields {
        let table = table_of(asking, id)?;
        let column = table.columns.iter().find(|it| base::snake_case(&it.name) == field.name).cloned();
        let Some(mut column) = column else { continue };
        rules::give_default(&asking.after, &mut column, &field.default)?;
        let edit = operation::set_value(&asking.after, id, column.id, &column.value);
        if !field.default.is_empty() && !edit.is_empty() {
            asking.part(format!("Give {} a default", field.name), ASKED, edit)?;
        }
        if let Some(exact) = field.exact.as_ref().filter(|it| **it != column.name) {
            let edit = refactor::rename_column(&asking.after, id, column.id, exact);
            asking.part(format!("Call it {exact}"), ASKED, edit)?;
        }
    }
    Ok(())
}

/// Adds a table as `relata table` would, by the habits of the design, with `shape` given to it before conventions are.
pub fn new_table(
    asking: &mut Asking,
    name: &str,
    fields: &[Field],
    shape: impl FnOnce(&mut Table, &mut IdSource),
) -> Result<TableId, NotDone> {
    let habits = habits(&asking.after);
    let mut design = asking.after.clone();
    let own = design.conventions().clone();
    design.apply(&Edit::default().put(&design, Record::Conventions(habits.clone())))?;
    let written: Vec<String> = fields.iter().map(Field::written).collect();
    let parsed = aggregate::parse(&format!("{} {}", identifier(name), written.join(" ")));
    if let Some(error) = parsed.errors.first() {
        return Err(NotDone::Impossible { why: error.to_string() });
    }
    let proposal = parsed.tree.proposal(&design)?;
    let mut edit = proposal.accept_all(&design)?;
    let ids = edit.records.iter().filter_map(|it| it.after.as_ref()).flat_map(Record::all_ids);
    let mut ids =
        IdSource::starting_at(ids.map(|it| it.0 + 1).max().unwrap_or_default().max(design.ids().peek()));
    let mut made = None;
    let mut shape = Some(shape);
    for replaced in &mut edit.records {
        if let (None, Some(Record::Table(table))) = (&replaced.before, &mut replaced.after) {
            // What this design does by habit and not by its switches is said of the table.
            table.overrides.key = table.overrides.key.or((habits.key != own.key).then_some(habits.key));
            table.overrides.timestamps = table
                .overrides
                .timestamps
                .or((habits.timestamps != own.timestamps).then_some(habits.timestamps));
            made = Some((table.id, table.name.clone()));
            if let Some(shape) = shape.take() {
                shape(table, &mut ids);
            }
            if tells_creation(&asking.after) && is_thing(table) {
                add_creation(table, &mut ids);
            }
        }
    }
    let Some((id, name)) = made else { return Err(NotDone::Taken { name: name.to_owned() }) };
    asking.untouched_part(format!("Add table {name}"), ASKED, edit)?;
    renaming::spell_as_others(asking, id)?;
    for field in fields.iter().filter(|it| it.is_unique) {
        let column =
            asking.after.table(id).and_then(|it| names::called(it, &[super::words::plain(&field.name)]));
        let is_so = |it: &ColumnId| table_of(asking, id).is_ok_and(|table| table.is_unique_over(&[*it]));
        if let Some(column) = column.filter(|it| !is_so(it)) {
            let edit = operation::set_unique(&asking.after, id, column, true);
            asking.part(format!("Make {name}.{} unique", field.name), ASKED, edit)?;
        }
    }
    for field in fields.iter().filter(|it| !it.bound.is_empty()) {
        let column = names::called(table_of(asking, id)?, &[super::words::plain(&field.name)]);
        column.map_or(Ok(()), |it| states::bounded(asking, id, it, &field.bound))?;
    }
    Ok(id)
}

fn add_columns(asking: &mut Asking, slots: &Slots<'_>, nullable: Option<bool>) -> Result<(), NotDone> {
    let mut wanted: Vec<(TableId, Field)> = Vec::new();
    if let Some(words) = slots.words("column_list") {
        for (id, name) in names::listed(words).into_iter().filter_map(|it| table_and_name(&asking.after, it))
        {
            wanted.extend(field(&asking.after, name).map(|it| (id, it)));
        }
    }
    let words =
        ["fields", "signed", "person", "post"].iter().find_map(|it| slots.words(it)).unwrap_or_default();
    let fields = fields(&asking.after, words).unwrap_or_default();
    let is_all = slots.words("tables").is_some_and(is_everything);
    for id in slots.any(&asking.after) {
        wanted.extend(fields.iter().map(|it| (id, it.clone())));
    }
    let tail = slots.words("tail").and_then(tail);
    for (id, mut field) in wanted {
        if let Some(tail) = &tail {
            field.nullable = field.nullable.or(tail.nullable);
            field.is_unique |= tail.is_unique;
            field.default.extend_from_slice(&tail.default);
        }
        let table = table_of(asking, id)?;
        let is_own = field.name == relate::singular(table) && field.stated.is_some();
        if is_of_another(table, &field.name) || is_own {
            return Err(NotDone::Impossible { why: format!("`{}` is no name of a column", field.name) });
        }
        let is_there = [identifier(&field.name), format!("{}_id", identifier(&field.name))];
        if is_there.iter().any(|it| names::called(table, &[super::words::plain(it)]).is_some()) {
            if is_all {
                continue;
            }
            return Err(NotDone::Taken { name: format!("{}.{}", table.name, field.name) });
        }
        let is_itself = field.stated == Some(format!("ref({})", relate::singular(table)));
        if is_all && is_itself {
            continue;
        }
        // What there can be several of is no column.
        let is_plural = nullable == Some(true) && base::plural(&field.name) == field.name;
        if is_plural || field.stated.is_none() && holds_several(&field.name) {
            return Err(are_several(&field.name.replace('_', " "), &table.name));
        }
        field.nullable = field.nullable.or(nullable);
        let field = roles::of_own_kind(table_of(asking, id)?, field)?;
        add_column(asking, id, &field)?;
    }
    Ok(())
}

/// Whether a name tells of what a table has: `old_values_of_status`.
fn is_of_another(table: &Table, name: &str) -> bool {
    name.rsplit_once("_of_").is_some_and(|it| {
        table.column_named(it.1).is_some() || base::singular(it.1) == relate::singular(table)
    })
}

/// `tasks.priority`, where the table is there.
fn table_and_name<'a>(design: &Design, words: &'a [Word]) -> Option<(TableId, &'a [Word])> {
    let at = words.iter().rposition(|it| it.is("."))?;
    let (of, name) = (words.get(..at)?, words.get(at + 1..)?);
    Some((table(design, of)?.id, name)).filter(|_| is_name(name))
}

/// Adds one column, with what its name and type bring along.
pub fn add_column(asking: &mut Asking, id: TableId, field: &Field) -> Result<ColumnId, NotDone> {
    let before: Vec<ColumnId> = table_of(asking, id)?.columns.iter().map(|it| it.id).collect();
    let is_new = |it: &Column| !before.contains(&it.id);
    let added = |asking: &Asking, field: &Field| {
        let edit = aggregate::add_fields(&asking.after, id, &field.written())
            .map_err(|error| NotDone::Impossible { why: error.to_string() })?;
        let mut edit = of_new_columns(edit);
        let mut column = None;
        // Of values that are told the default has to be one.
        let told = field.stated.as_deref().and_then(|it| it.strip_prefix("enum(")?.strip_suffix(')'));
        let default = names::read(&field.default).replace(' ', "_");
        if told.is_some_and(|it| !default.is_empty() && it.split(',').all(|it| it.trim() != default)) {
            let why = format!("`{default}` is none of the values of `{}`", field.name);
            return Err(NotDone::Impossible { why });
        }
        for table in edit.records.iter_mut().filter_map(|it| it.after.as_mut()) {
            let Record::Table(table) = table else { continue };
            for it in table.columns.iter_mut().filter(|it| table.id == id && is_new(it)) {
                rules::give_default(&asking.after, it, &field.default)?;
                // What was said goes before what its name is usually.
                it.nullable &= field.nullable != Some(false);
                column = Some(it.clone());
            }
        }
        let none = || NotDone::Taken { name: field.name.clone() };
        Ok::<_, NotDone>((edit, column.ok_or_else(none)?))
    };
    let (mut edit, mut column) = added(asking, field)?;
    if field.nullable.is_none() && !column.nullable && column.value == ColumnValue::Given {
        // The rows that are there have no value for it: it is required where that was said, or where there is one.
        (edit, column) = added(asking, &Field { nullable: Some(true), ..field.clone() })?;
    }
    let name = table_of(asking, id)?.name.clone();
    asking.untouched_part(format!("Add {} to {name}", field.name), ASKED, edit)?;
    if let Some(told) = roles::told(&asking.after, field) {
        asking.told(asking.parts.len() - 1, &told);
    }
    let styled = renaming::in_column_style(&asking.after, table_of(asking, id)?, column.id, &column.name);
    let exact = field.exact.clone().unwrap_or(styled);
    if exact != column.name {
        let edit = refactor::rename_column(&asking.after, id, column.id, &exact);
        asking.part(format!("Call it {exact}"), ASKED, edit)?;
    }
    if field.is_unique && !table_of(asking, id)?.is_unique_over(&[column.id]) {
        let edit = operation::set_unique(&asking.after, id, column.id, true);
        asking.part(format!("Make {name}.{} unique", field.name), ASKED, edit)?;
    }
    states::bounded(asking, id, column.id, &field.bound)?;
    Ok(column.id)
}

/// The table as it is by now.
pub fn table_of(asking: &Asking, id: TableId) -> Result<&Table, NotDone> {
    asking
        .after
        .table(id)
        .ok_or_else(|| NotDone::Impossible { why: "the table is not there any more".to_owned() })
}
