//! The order of a written schema: everything after what it needs.
//!
//! Things are sorted by level (types before tables before views…), then by place in the document, as far as what
//! they need allows; what an earlier level needs is moved up to it. Only foreign keys and the bodies of procedural
//! functions are broken where they close a circle. Reading the written schema and writing it again keeps the order.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, Level, Owner};
use crate::design::{
    ColumnValue, Design, FunctionBody, Id, IndexId, IndexParent, NamespaceId, Stage, TriggerFunction,
};
use crate::sql::needs::{self, Names};
use crate::sql::{DefaultPrivileges, Made};

/// One thing to write, at its place in the order.
pub struct Placed<'a> {
    /// Where in the schema it is written.
    pub level: Level,
    /// The thing.
    pub item: Item<'a>,
    /// Whether something that it cannot do without comes later, since the two are in a circle.
    pub early: bool,
}

/// Everything to write, in order.
pub fn in_order(design: &Design) -> Vec<Placed<'_>> {
    let items = items(design);
    let mut nodes: BTreeMap<Id, usize> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        if !matches!(item, Item::Policies(_) | Item::Rows(_)) {
            nodes.insert(item.id(), index);
        }
    }
    let cx = Context { names: Names::of(design), parts: parts_of_indexes(design) };
    let mut graph = Graph::new(items.len());
    for (index, item) in items.iter().enumerate() {
        let mut needed = Needed::default();
        collect(&cx, *item, &mut needed);
        for (id, strength) in needed.ids {
            if let Some(to) = nodes.get(&id).copied().filter(|it| *it != index) {
                graph.add(index, to, strength);
            }
        }
    }
    let placed = |(level, index, early): (Level, usize, bool)| Placed { level, item: items[index], early };
    after_default_privileges(design, &items, &mut graph);
    Sorter::new(&items, &graph).run().into_iter().map(placed).collect()
}

fn items(design: &Design) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    items.extend(design.namespaces().map(Item::Namespace));
    items.extend(design.extensions().map(Item::Extension));
    items.extend(design.enums().map(Item::Enum));
    items.extend(design.domains().map(Item::Domain));
    items.extend(design.composites().map(Item::Composite));
    items.extend(design.ranges().map(Item::Range));
    items.extend(design.sequences().map(Item::Sequence));
    items.extend(design.functions().map(Item::Function));
    items.extend(design.verbatims().map(Item::Verbatim));
    for table in design.tables() {
        let owner = Owner::Table(table);
        items.push(Item::Table(table));
        items.extend(table.indexes.iter().map(|it| Item::Index(owner, it)));
        items.extend(table.triggers.iter().map(|it| Item::Trigger(owner, it)));
        items.push(Item::Policies(table));
        items.push(Item::Rows(table));
    }
    for view in design.views() {
        let owner = Owner::View(view);
        items.push(Item::View(view));
        items.extend(view.indexes.iter().map(|it| Item::Index(owner, it)));
        items.extend(view.triggers.iter().map(|it| Item::Trigger(owner, it)));
    }
    items
}

/// Whether a need can be left unmet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A foreign key, which can be added later, or a name in a procedural body, which is looked up when it runs.
    Soft,
    Hard,
}

#[derive(Default)]
struct Needed {
    ids: BTreeMap<Id, Strength>,
}

impl Needed {
    fn add(&mut self, id: impl Into<Id>, strength: Strength) {
        let entry = self.ids.entry(id.into()).or_insert(strength);
        *entry = (*entry).max(strength);
    }

    fn hard(&mut self, ids: impl IntoIterator<Item = impl Into<Id>>) {
        for id in ids {
            self.add(id, Strength::Hard);
        }
    }
}

/// What is asked of the whole design while needs are collected.
struct Context<'a> {
    names: Names<'a>,
    parts: BTreeMap<IndexId, Vec<Id>>,
}

fn collect(cx: &Context<'_>, item: Item<'_>, needed: &mut Needed) {
    let names = &cx.names;
    match item {
        Item::Namespace(_) | Item::Enum(_) | Item::Extension(_) | Item::Sequence(_) => {}
        Item::Domain(it) => {
            needed.hard(it.data_type.uses());
            let texts = it.default.iter().chain(it.checks.iter().map(|it| &it.expression));
            texts.for_each(|text| needed.hard(names.called(text)));
        }
        Item::Composite(it) => needed.hard(it.attributes.iter().filter_map(|it| it.data_type.uses())),
        Item::Range(it) => {
            needed.hard(it.subtype.uses());
            it.options.iter().for_each(|(_, text)| needed.hard(names.functions_named(text)));
        }
        Item::Table(table) => {
            needed.hard(table.columns.iter().filter_map(|it| it.data_type.uses()));
            needed.hard(table.partition_of.iter().map(|it| it.table));
            needed.hard(table.inherits.iter().copied());
            needs::table_texts(table, |text| {
                needed.hard(names.called(text));
                needed.hard(names.drawn_from(text));
            });
            table.foreign_keys.iter().for_each(|fk| needed.add(fk.references, Strength::Soft));
        }
        Item::Index(owner, index) => {
            needed.hard([owner.id()]);
            needs::index_texts(index, |text| needed.hard(names.called(text)));
            if !index.only {
                needed.hard(cx.parts.get(&index.id).into_iter().flatten().copied());
            }
        }
        Item::Function(it) => {
            needed.hard(it.reads.iter().copied());
            let types = it.arguments.iter().map(|it| &it.data_type).chain(&it.returns);
            types.for_each(|text| needed.hard(names.types(text)));
            let defaults = it.arguments.iter().filter_map(|it| it.default.as_ref());
            defaults.for_each(|text| needed.hard(names.called(text)));
            match &it.body {
                FunctionBody::Sql(text) => needed.hard(names.read(text)),
                FunctionBody::Text(text) if it.language == "sql" => needed.hard(names.read(text)),
                FunctionBody::Text(text) => {
                    needed.hard(names.row_types(text));
                    names.read(text).into_iter().for_each(|id| needed.add(id, Strength::Soft));
                }
                FunctionBody::Library { .. } => {}
            }
        }
        Item::View(it) => {
            needed.hard(it.reads.iter().copied());
            needed.hard(names.read(&it.query));
        }
        Item::Trigger(owner, trigger) => {
            needed.hard([owner.id()]);
            if let TriggerFunction::Function(id) = trigger.function {
                needed.hard([id]);
            }
        }
        Item::Policies(table) | Item::Rows(table) => needed.hard([table.id]),
        Item::Verbatim(it) => needed.hard(it.needs.iter().copied()),
    }
}

/// Default privileges are for what is made after them: all that those which stand early are about, and do not come after
/// themselves, needs them.
fn after_default_privileges(design: &Design, items: &[Item<'_>], graph: &mut Graph) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (node, item) in items.iter().enumerate() {
        let Item::Verbatim(it) = item else { continue };
        let early = (it.stage == Stage::Namespaces).then(|| DefaultPrivileges::read(&it.sql));
        let Some(about) = early.flatten() else { continue };
        let before = graph.reached(node);
        let is_about = |item: &Item<'_>| {
            let made = made_by(*item).into_iter().chain(identity_of(*item));
            made.into_iter().any(|(kind, place)| about.is_about(kind, design.namespace_name(place)))
        };
        let later = items.iter().enumerate().filter(|(at, item)| !before.contains(at) && is_about(item));
        found.extend(later.map(|(at, _)| (at, node)));
    }
    for (from, to) in found {
        graph.add(from, to, Strength::Hard);
    }
}

/// What default privileges can be about, and the SQL schema that it is made in.
fn made_by(item: Item<'_>) -> Option<(Made, Option<NamespaceId>)> {
    match item {
        Item::Table(it) => Some((Made::Tables, it.namespace)),
        Item::View(it) => Some((Made::Tables, it.namespace)),
        Item::Sequence(it) => Some((Made::Sequences, it.namespace)),
        Item::Function(it) => Some((Made::Routines, it.namespace)),
        Item::Enum(it) => Some((Made::Types, it.namespace)),
        Item::Domain(it) => Some((Made::Types, it.namespace)),
        Item::Composite(it) => Some((Made::Types, it.namespace)),
        Item::Range(it) => Some((Made::Types, it.namespace)),
        Item::Namespace(it) => Some((Made::Namespaces, Some(it.id))),
        Item::Extension(_)
        | Item::Index(..)
        | Item::Trigger(..)
        | Item::Policies(_)
        | Item::Rows(_)
        | Item::Verbatim(_) => None,
    }
}

/// The sequence that comes with a table for its identity column.
fn identity_of(item: Item<'_>) -> Option<(Made, Option<NamespaceId>)> {
    let Item::Table(table) = item else { return None };
    let has = table.columns.iter().any(|it| matches!(it.value, ColumnValue::Identity { .. }));
    has.then_some((Made::Sequences, table.namespace))
}

/// For each index of a partitioned table, those of partitions that are to become parts of it; where they exist before
/// it, it takes them in.
fn parts_of_indexes(design: &Design) -> BTreeMap<IndexId, Vec<Id>> {
    let mut parts: BTreeMap<IndexId, Vec<Id>> = BTreeMap::new();
    for index in design.tables().flat_map(|it| &it.indexes) {
        if let Some(IndexParent::Index(whole)) = index.attached_to {
            parts.entry(whole).or_default().push(index.id.into());
        }
    }
    parts
}

struct Graph {
    needs: Vec<Vec<(usize, Strength)>>,
    needed_by: Vec<Vec<(usize, Strength)>>,
}

impl Graph {
    fn new(count: usize) -> Self {
        Self { needs: vec![Vec::new(); count], needed_by: vec![Vec::new(); count] }
    }

    fn add(&mut self, from: usize, to: usize, strength: Strength) {
        self.needs[from].push((to, strength));
        self.needed_by[to].push((from, strength));
    }

    /// All that a node cannot do without, itself included.
    fn reached(&self, node: usize) -> BTreeSet<usize> {
        let (mut seen, mut open) = (BTreeSet::from([node]), vec![node]);
        while let Some(next) = open.pop() {
            let hard = self.needs[next].iter().filter(|it| it.1 == Strength::Hard).map(|it| it.0);
            open.extend(hard.filter(|it| seen.insert(*it)));
        }
        seen
    }

    /// For each node the number of the circle that it is part of; nodes on no circle have one of their own.
    ///
    /// Source: Tarjan, SIAM Journal on Computing 1(2), 1972, with a stack of its own instead of recursion.
    fn circles(&self) -> Vec<usize> {
        const UNSEEN: usize = usize::MAX;
        let count = self.needs.len();
        let (mut seen_at, mut low) = (vec![UNSEEN; count], vec![0; count]);
        let (mut circle, mut circles) = (vec![UNSEEN; count], 0);
        let (mut open, mut clock) = (Vec::new(), 0);
        for root in 0..count {
            if seen_at[root] != UNSEEN {
                continue;
            }
            let mut path = vec![(root, 0)];
            while let Some((node, next)) = path.pop() {
                if next == 0 {
                    (seen_at[node], low[node]) = (clock, clock);
                    clock += 1;
                    open.push(node);
                }
                if let Some((to, _)) = self.needs[node].get(next).copied() {
                    path.push((node, next + 1));
                    if seen_at[to] == UNSEEN {
                        path.push((to, 0));
                    } else if circle[to] == UNSEEN {
                        low[node] = low[node].min(seen_at[to]);
                    }
                    continue;
                }
                if low[node] == seen_at[node] {
                    while let Some(member) = open.pop() {
                        circle[member] = circles;
                        if member == node {
                            break;
                        }
                    }
                    circles += 1;
                }
                if let Some((parent, _)) = path.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
            }
        }
        circle
    }
}

/// What decides between things that could come next: moved-up ones first, then owner's place, position, identity.
type Key = (bool, usize, usize, Id);

/// How far a thing is from being written: its level, whether something that is in no circle with it holds it up, how
/// much it cannot do without, how much it waits for at all. The least comes next: where all that is left of a level
/// waits in circles, that breaks the circle where least is missing.
type Rank = (Level, bool, usize, usize, Key, usize);

/// What a thing waits for.
#[derive(Clone, Copy, Default)]
struct Unmet {
    outside: usize,
    hard: usize,
    all: usize,
}

struct Sorter<'a> {
    items: &'a [Item<'a>],
    graph: &'a Graph,
    circle: Vec<usize>,
    level: Vec<Level>,
    unmet: Vec<Unmet>,
    /// The rank of each thing as it stands in `waiting`.
    ranks: Vec<Rank>,
    waiting: BTreeSet<Rank>,
    done: Vec<bool>,
    place: BTreeMap<Id, usize>,
    order: Vec<(Level, usize, bool)>,
}

impl<'a> Sorter<'a> {
    fn new(items: &'a [Item<'a>], graph: &'a Graph) -> Self {
        let mut sorter = Self {
            items,
            graph,
            circle: graph.circles(),
            level: levels(items, graph),
            unmet: vec![Unmet::default(); items.len()],
            ranks: Vec::new(),
            waiting: BTreeSet::new(),
            done: vec![false; items.len()],
            place: BTreeMap::new(),
            order: Vec::with_capacity(items.len()),
        };
        for node in 0..items.len() {
            for (needed, strength) in &graph.needs[node] {
                sorter.count(node, *needed, *strength, |it| *it += 1);
            }
        }
        sorter.ranks = (0..items.len()).map(|it| sorter.rank(it)).collect();
        sorter.waiting = sorter.ranks.iter().copied().collect();
        sorter
    }

    fn run(mut self) -> Vec<(Level, usize, bool)> {
        while let Some((level, .., node)) = self.waiting.pop_first() {
            self.done[node] = true;
            if matches!(self.items[node], Item::Table(_) | Item::View(_)) {
                self.place.insert(self.items[node].id(), self.order.len());
            }
            self.order.push((level, node, self.unmet[node].hard > 0));
            for (user, strength) in &self.graph.needed_by[node] {
                if self.done[*user] {
                    continue;
                }
                self.waiting.remove(&self.ranks[*user]);
                self.count(*user, node, *strength, |it| *it -= 1);
                self.ranks[*user] = self.rank(*user);
                self.waiting.insert(self.ranks[*user]);
            }
        }
        self.order
    }

    /// Counts a need up or down. What is written at a later level anyway is not waited for.
    fn count(&mut self, node: usize, needed: usize, strength: Strength, change: impl Fn(&mut usize)) {
        if self.level[needed] > self.level[node] {
            return;
        }
        let unmet = &mut self.unmet[node];
        change(&mut unmet.all);
        if strength == Strength::Hard {
            change(&mut unmet.hard);
        }
        if self.circle[needed] != self.circle[node] {
            change(&mut unmet.outside);
        }
    }

    fn rank(&self, node: usize) -> Rank {
        let item = self.items[node];
        let own = self.level[node] == item.level();
        let (owner, position) = match item {
            Item::Verbatim(it) => (0, it.position as usize),
            _ => item.place_in_owner().map_or((0, 0), |(owner, place)| {
                (self.place.get(&owner).copied().unwrap_or(usize::MAX), place)
            }),
        };
        let unmet = self.unmet[node];
        (self.level[node], unmet.outside > 0, unmet.hard, unmet.all, (own, owner, position, item.id()), node)
    }
}

/// The level of each item: its own, or the earliest of what cannot do without it.
fn levels(items: &[Item<'_>], graph: &Graph) -> Vec<Level> {
    let mut level: Vec<Level> = items.iter().map(|it| it.level()).collect();
    let mut open: Vec<usize> = (0..items.len()).collect();
    while let Some(node) = open.pop() {
        for (needed, strength) in &graph.needs[node] {
            if *strength == Strength::Hard && level[*needed] > level[node] {
                level[*needed] = level[node];
                open.push(*needed);
            }
        }
    }
    level
}
