//! A brief as it is read for people: a large one by the subjects that it is about.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::brief::{self, Reading};
use crate::design::naming::table_name;
use crate::design::{Column, Conventions, Design, ForeignKey, IdSource, Record, Table, convention};
use crate::layout::{CONTEXTS_ABOVE, Context, contexts};

thread_local! {
    static LAST: RefCell<Option<(String, Reading)>> = const { RefCell::new(None) };
}

/// What `take` makes of what a text tells. The text that came last is read once, and proposed from as often as the design or a choice
/// changes.
pub(super) fn of<T>(text: &str, take: impl FnOnce(&Reading) -> T) -> T {
    let known = LAST.take().filter(|it| it.0 == text);
    let (text, reading) = known.unwrap_or_else(|| (text.to_owned(), read(text)));
    let taken = take(&reading);
    LAST.set(Some((text, reading)));
    taken
}

/// Reads a brief. Of more entities than one keeps in mind those stand together that belong together, the largest subject first, and
/// what is proposed follows: subject by subject, the links between subjects last.
pub fn read(text: &str) -> Reading {
    let mut reading = brief::read(text);
    if reading.entities.len() > CONTEXTS_ABOVE {
        by_contexts(&mut reading);
    }
    reading
}

fn by_contexts(reading: &mut Reading) {
    let names: BTreeMap<String, String> =
        reading.entities.iter().map(|it| (it.name.clone(), table_of(&it.name))).collect();
    let Some(design) = outline(reading, &names) else { return };
    let found = contexts(&design);
    let of_table: BTreeMap<&str, usize> = found
        .iter()
        .enumerate()
        .flat_map(|(at, it)| it.tables.iter().map(move |table| (*table, at)))
        .filter_map(|(table, at)| Some((design.table(table)?.name.as_str(), at)))
        .collect();
    let place = |entity: &str| {
        let table = names.get(entity).and_then(|it| of_table.get(it.as_str()));
        table.copied().unwrap_or(found.len())
    };
    reading.entities.sort_by_key(|it| place(&it.name));
    let of_context = |(at, context): (usize, &Context)| brief::Context {
        name: context.name.clone(),
        entities: reading
            .entities
            .iter()
            .filter(|it| place(&it.name) == at)
            .map(|it| it.name.clone())
            .collect(),
    };
    reading.contexts = found.iter().enumerate().map(of_context).collect();
}

fn table_of(entity: &str) -> String {
    table_name(entity, Conventions::default().table_names)
}

/// The tables of a reading with their keys and references and nothing else: what tells its subjects. Nothing where even that
/// does not hold together.
fn outline(reading: &Reading, names: &BTreeMap<String, String>) -> Option<Design> {
    let conventions = Conventions::default();
    let mut ids = Design::new().ids();
    let mut tables: BTreeMap<&str, Table> = BTreeMap::new();
    for name in reading.entities.iter().filter_map(|it| names.get(&it.name)) {
        tables.entry(name).or_insert_with(|| {
            let mut table = Table { id: ids.take(), name: name.clone(), ..Table::default() };
            convention::add_key(&mut table, &mut ids, &conventions);
            table
        });
    }
    let named = |it: &str| names.get(it).map(String::as_str);
    for relation in &reading.relationships {
        let (from, to) = (relation.from.as_str(), relation.to.as_str());
        let ties = match relation.via.as_deref() {
            Some(via) => vec![(via, from), (via, to)],
            None => vec![(from, to)],
        };
        for (from, to) in ties.into_iter().filter_map(|(from, to)| Some((named(from)?, named(to)?))) {
            refer(&mut tables, from, to, &mut ids);
        }
    }
    let mut tables: Vec<Table> = tables.into_values().collect();
    tables.sort_by_key(|it| it.id);
    Design::assemble(tables.into_iter().map(Record::Table)).ok()
}

/// Adds a reference; the names of column and constraint only have to be different.
fn refer(tables: &mut BTreeMap<&str, Table>, from: &str, to: &str, ids: &mut IdSource) -> Option<()> {
    let target = tables.get(to)?;
    let (references, ref_columns) = (target.id, target.primary_key.as_ref()?.columns.clone());
    let data_type = convention::key_type(target)?.clone();
    let table = tables.get_mut(from)?;
    let column = Column::new(ids.take(), format!("to_{}", table.columns.len()), data_type);
    table.foreign_keys.push(ForeignKey {
        id: ids.take(),
        name: column.name.clone(),
        columns: vec![column.id],
        references,
        ref_columns,
        ..ForeignKey::default()
    });
    table.columns.push(column);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::BriefId;

    /// Eight subjects of nine things each; each subject's first thing belongs to that of the subject before.
    fn large() -> String {
        const SUBJECTS: [&str; 8] =
            ["Garage", "Orchard", "Harbour", "Bakery", "Foundry", "Theatre", "Quarry", "Vineyard"];
        const THINGS: [&str; 8] =
            ["ledger", "permit", "crate", "shift", "invoice", "machine", "sample", "delivery"];
        let mut text = "# Works\n\n".to_owned();
        // Things of one kind stand together, so that the text itself has no order by subject.
        for (at, subject) in SUBJECTS.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|it| SUBJECTS.get(it));
            let belongs = before.map_or_else(String::new, |it| format!(", {} (ref)", it.to_lowercase()));
            text.push_str(&format!("- {subject}: name{belongs}\n"));
        }
        for thing in THINGS {
            for subject in SUBJECTS {
                text.push_str(&format!(
                    "- {subject} {thing}: title, {}. Each {} {thing} belongs to one {}.\n",
                    "note",
                    subject.to_lowercase(),
                    subject.to_lowercase()
                ));
            }
        }
        text
    }

    #[test]
    fn a_large_brief_is_proposed_subject_by_subject_and_links_between_them_last() {
        let reading = read(&large());
        assert!(reading.entities.len() > CONTEXTS_ABOVE, "{}", reading.entities.len());
        assert!(reading.contexts.len() >= 2, "{:?}", reading.contexts);
        let of = |name: &str| reading.contexts.iter().position(|it| it.entities.iter().any(|it| it == name));
        // Entities of one subject stand together.
        let order: Vec<Option<usize>> = reading.entities.iter().map(|it| of(&it.name)).collect();
        let mut changes = order.clone();
        changes.dedup();
        let mut distinct = changes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(changes.len(), distinct.len(), "{order:?}");

        let design = Design::new();
        let proposal = brief::propose(&design, &reading, BriefId::default());
        let subject = |title: &str| {
            let words: Vec<&str> = title.split([' ', '.', ':']).collect();
            let named = |it: &&str| of(it);
            words.iter().find_map(named)
        };
        // Within a subject its references come before the tables of the next.
        let tables: Vec<usize> = (0..proposal.parts.len())
            .filter(|it| proposal.parts[*it].title.starts_with("Add table"))
            .collect();
        let last_table = tables.last().copied().expect("tables");
        let within = proposal.parts[..last_table].iter().filter(|it| !it.title.starts_with("Add")).count();
        let is_spread = reading.relationships.iter().any(|it| of(&it.from) == of(&it.to));
        assert!(!is_spread || within > 0, "references wait for no other subject");
        for (at, part) in proposal.parts.iter().enumerate().take(last_table) {
            let Some(relation) = reading
                .relationships
                .iter()
                .find(|it| part.title.starts_with(&format!("{}.", it.from)) && part.title.contains(&it.to))
            else {
                continue;
            };
            assert_eq!(of(&relation.from), of(&relation.to), "part {at} links subjects: {}", part.title);
            assert_eq!(subject(&part.title), of(&relation.from));
        }
        let mut after = design.clone();
        after.apply(&proposal.accept_all(&design).expect("fits")).expect("valid");
        let plain = brief::read(&large());
        let before = brief::propose(&design, &plain, BriefId::default()).accept_all(&design).expect("fits");
        let mut other = design.clone();
        other.apply(&before).expect("valid");
        let differs = crate::design::diff(&other, &after, crate::design::Matching::ByName);
        let schema = differs.iter().filter(|it| it.reach() == crate::design::Reach::Database);
        let left: Vec<String> = schema
            .filter(|it| {
                !matches!(
                    it,
                    crate::design::Change::OriginChanged { .. }
                        | crate::design::Change::ColumnsReordered { .. }
                )
            })
            .map(ToString::to_string)
            .collect();
        assert!(left.is_empty(), "the order alone is another: {left:?}");
    }

    #[test]
    fn subjects_are_areas_and_are_taken_one_by_one_with_the_links_between_them_last() {
        let reading = read(&large());
        let brief = BriefId::default();
        let accepted = |design: &Design, reading: &Reading| {
            let mut after = design.clone();
            let edit = brief::propose(design, reading, brief).accept_all(design).expect("fits");
            after.apply(&edit).expect("valid");
            after
        };
        let at_once = accepted(&Design::new(), &reading);
        assert_eq!(at_once.areas().count(), reading.contexts.len());
        let drawn: usize = at_once.areas().map(|it| it.tables.len()).sum();
        assert_eq!(drawn, reading.contexts.iter().map(|it| it.entities.len()).sum::<usize>());
        let first = &reading.contexts[0];
        let mut design = accepted(&Design::new(), &reading.only(&first.name));
        let names: std::collections::BTreeSet<&str> = design.tables().map(|it| it.name.as_str()).collect();
        assert_eq!(names, first.entities.iter().map(String::as_str).collect());
        for it in reading.contexts.iter().skip(1) {
            design = accepted(&design, &reading.only(&it.name));
        }
        let links = |it: &Design| it.foreign_keys().count();
        assert_eq!(
            (design.areas().count(), links(&design) < links(&at_once)),
            (reading.contexts.len(), true)
        );
        let whole = accepted(&design, &reading);
        assert_eq!((whole.tables().len(), links(&whole)), (at_once.tables().len(), links(&at_once)));
    }

    #[test]
    fn a_small_brief_keeps_its_order() {
        let text = "A shop has orders. An order has items.";
        assert_eq!(read(text), brief::read(text));
    }
}
