//! Running the rules: all of them, or after an edit only on what it touched.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::config::matches;
use super::facts::neighbours;
use super::globals::Asked;
use super::judgement::{ignored, is_judgement};
use super::{
    Check, Config, Cx, Facts, Finding, Known, Preset, Reads, Rule, Safety, Severity, TableView, Told,
    platform, rules,
};
use crate::design::{Column, Decision, Design, Edit, Id, Record, TableId};

/// The findings of one design, kept up to date edit by edit.
pub struct Linter {
    /// As it was given.
    given: Config,
    /// The same with what the design decides.
    config: Config,
    rules: Vec<(&'static Rule, Severity)>,
    facts: Facts,
    /// Of rules that read a table, in order, each with the place of its rule among `rules` where that also reads what is known
    /// of the whole design.
    near: BTreeMap<TableId, Vec<(Option<usize>, Finding)>>,
    /// The names of tables that rules asked for while they looked at one.
    asked: BTreeMap<TableId, Vec<Asked>>,
    /// Of rules about the whole design, by place among `rules`.
    whole: BTreeMap<usize, Vec<Finding>>,
    /// What decisions of the design leave as it is: codes with the objects that they are about.
    ignored: Vec<(String, Vec<Id>)>,
}

/// Every finding about a design, in order of place.
pub fn lint(design: &Design, config: &Config) -> Vec<Finding> {
    Linter::new(design, config.clone()).into_findings()
}

impl Linter {
    /// Runs every rule that the configuration selects.
    pub fn new(design: &Design, config: Config) -> Self {
        Self::with_rules(design, config, rules())
    }

    /// The same of some rules, in the order in which they come.
    pub(super) fn with_rules(
        design: &Design,
        config: Config,
        rules: impl Iterator<Item = &'static Rule>,
    ) -> Self {
        let given = config;
        let config = given.with_decisions(design);
        let rules = rules.filter_map(|it| Some((it, config.severity_of(it)?))).collect();
        let facts = Facts::of(design);
        let mut linter = Self {
            given,
            config,
            rules,
            facts,
            near: BTreeMap::new(),
            asked: BTreeMap::new(),
            whole: BTreeMap::new(),
            ignored: Vec::new(),
        };
        let tables: BTreeSet<TableId> = design.tables().map(|it| it.id).collect();
        linter.tables(design, &tables);
        linter.named(design, &tables, &|_| true);
        linter.designs(design, &|_| true);
        linter.decisions(design);
        linter
    }

    /// Brings the findings up to date after `edit` has led to `design`.
    pub fn update(&mut self, design: &Design, edit: &Edit) {
        let mut records = edit.records.iter().flat_map(|it| [&it.before, &it.after]).flatten();
        let is_for_platform = self.config.preset == Some(Preset::Supabase);
        // Another name of an SQL schema decides whether it is the platform's.
        let concerns_all =
            |it: &Record| concerns_all(it) || is_for_platform && matches!(it, Record::Namespace(_));
        if records.any(concerns_all) {
            *self = Self::new(design, std::mem::take(&mut self.given));
            return;
        }
        let mut touched = BTreeSet::new();
        let mut kinds: Vec<Reads> = Vec::new();
        for replaced in edit.records.iter().filter(|it| it.before != it.after) {
            let Some(id) = replaced.id() else { continue };
            for record in [&replaced.before, &replaced.after].into_iter().flatten() {
                kinds.extend(kind_of(record));
                if matches!(record, Record::Table(_)) {
                    touched.insert(TableId(id.0));
                }
                if let Record::Sequence(it) = record {
                    touched.extend(counting_with(design, &it.name));
                }
                let used = record.uses().into_iter().map(TableId::from);
                touched.extend(used.filter(|it| design.table(*it).is_some()));
            }
            neighbours(design, id, &mut touched);
        }
        if kinds.is_empty() && touched.is_empty() {
            self.decisions(design);
            return;
        }
        let (known, renamed) =
            self.facts.update(design, &touched, kinds.iter().any(|it| *it != Reads::Tables));
        self.tables(design, &touched);
        // Who asked for a table by a name that it has no more, or did not have yet, may find another one.
        let asks = |it: &(&TableId, &Vec<Asked>)| it.1.iter().any(|it| renamed.contains(it));
        let mut concerned: BTreeSet<TableId> = touched.clone();
        concerned.extend(self.asked.iter().filter(|_| !renamed.is_empty()).filter(asks).map(|it| *it.0));
        self.named(design, &concerned, &|reads| !reads.iter().any(|it| known.contains(it)));
        if !known.is_empty() {
            // What is gone has no findings, whichever rules are run again.
            let all = design.tables().map(|it| it.id).chain(touched).collect();
            self.named(design, &all, &|reads| reads.iter().any(|it| known.contains(it)));
        }
        self.designs(design, &|reads| reads.iter().any(|it| kinds.contains(it)));
        self.decisions(design);
    }

    /// The findings in order of place, those left aside that configuration or a decision leaves as they are.
    pub fn findings(&self) -> Vec<&Finding> {
        let count = self.near.values().map(Vec::len).sum();
        let near = self.near.iter().map(|(id, of)| (*id, of.iter().map(|it| &it.1)));
        let whole = self.whole.values().flatten().collect();
        self.told(merged(count, near, whole))
    }

    /// The same, given away.
    pub fn into_findings(mut self) -> Vec<Finding> {
        let count = self.near.values().map(Vec::len).sum();
        let near = std::mem::take(&mut self.near).into_iter();
        let near = near.map(|(id, of)| (id, of.into_iter().map(|it| it.1)));
        let whole = std::mem::take(&mut self.whole).into_values().flatten().collect();
        self.told(merged(count, near, whole))
    }

    /// Those that nobody decided to leave as they are.
    fn told<F: Borrow<Finding>>(&self, mut all: Vec<F>) -> Vec<F> {
        let ignored = |(code, about): &(String, Vec<Id>), finding: &Finding| {
            matches(code, &finding.code)
                && about.iter().any(|it| finding.objects.contains(it) || finding.record == Some(*it))
        };
        if !self.config.tells_all() || !self.ignored.is_empty() {
            all.retain(|it| {
                let it = it.borrow();
                self.config.tells(it) && !self.ignored.iter().any(|of| ignored(of, it))
            });
        }
        all
    }

    fn decisions(&mut self, design: &Design) {
        self.ignored = design.decisions().filter_map(ignored).collect();
    }

    /// Runs again the rules that read a table and its neighbours.
    fn tables(&mut self, design: &Design, tables: &BTreeSet<TableId>) {
        for id in tables {
            let mut found = Vec::new();
            if let Some(view) = self.judged(design, *id) {
                let mut one: Option<Cx<'_>> = None;
                for (rule, severity) in &self.rules {
                    if let Check::Table(check) = &rule.check {
                        let cx = one.get_or_insert_with(|| self.cx(design, rule, *severity));
                        (cx.told.rule, cx.told.severity) = (rule, *severity);
                        check(cx, &view);
                    }
                }
                found = one.map(|it| it.told.found).unwrap_or_default();
            }
            self.keep(
                design,
                *id,
                &|place| place.is_none(),
                found.into_iter().map(|it| (None, it)).collect(),
            );
        }
    }

    /// Runs again, over some tables, those rules of which `concerns` is true of what they know of the whole design.
    fn named(&mut self, design: &Design, tables: &BTreeSet<TableId>, concerns: &dyn Fn(&[Known]) -> bool) {
        let chosen = |(place, (rule, severity)): (usize, &(&'static Rule, Severity))| match rule.check {
            Check::Named(check, reads) if concerns(reads) => Some((place, *rule, *severity, check)),
            _ => None,
        };
        let chosen: Vec<_> = self.rules.iter().enumerate().filter_map(chosen).collect();
        let is_chosen: Vec<bool> =
            (0..self.rules.len()).map(|place| chosen.iter().any(|it| it.0 == place)).collect();
        let asks = concerns(&[Known::Names]);
        for id in tables.iter().filter(|_| !chosen.is_empty()) {
            let (mut new, mut asked) = (Vec::new(), Vec::new());
            if let Some(view) = self.judged(design, *id) {
                for (place, rule, severity, check) in &chosen {
                    let mut cx = self.cx(design, rule, *severity);
                    cx.asked.replace(asked);
                    check(&mut cx, &view);
                    asked = cx.asked.into_inner();
                    new.extend(cx.told.found.into_iter().map(|it| (Some(*place), it)));
                }
            }
            if asks {
                // Each of those that ask was run.
                self.asked.insert(*id, asked);
            }
            let goes =
                |place: Option<usize>| place.is_some_and(|it| is_chosen.get(it).copied().unwrap_or(false));
            self.keep(design, *id, &goes, new);
        }
    }

    /// Whether it is about what the platform keeps, where the design is for one.
    fn is_platform(&self, design: &Design, finding: &Finding) -> bool {
        self.config.preset == Some(Preset::Supabase) && platform::is_supabase(design, finding)
    }

    /// Puts what was found of a table in place of what some rules found before.
    fn keep(
        &mut self,
        design: &Design,
        id: TableId,
        goes: &dyn Fn(Option<usize>) -> bool,
        mut new: Vec<(Option<usize>, Finding)>,
    ) {
        new.retain(|it| !self.is_platform(design, &it.1));
        let of_table = self.near.entry(id).or_default();
        of_table.retain(|it| !goes(it.0));
        if !new.is_empty() {
            of_table.extend(new);
            of_table.sort_by(|a, b| a.1.order(&b.1));
        }
        if of_table.is_empty() {
            self.near.remove(&id);
        }
    }

    /// A table that rules are run over: what is wrong with a partition is wrong with the table that it is a part of,
    /// and told there; what belongs to a tool is as the tool wants it, and what is given is as it is.
    fn judged<'a>(&'a self, design: &'a Design, id: TableId) -> Option<TableView<'a>> {
        let (table, facts) = (design.table(id)?, self.facts.table(id)?);
        let is_judged = !facts.is_aside && !table.is_given();
        is_judged.then_some(TableView { table, facts })
    }

    fn designs(&mut self, design: &Design, concerns: &dyn Fn(&[Reads]) -> bool) {
        let mut new = Vec::new();
        for (place, (rule, severity)) in self.rules.iter().enumerate() {
            if let Check::Design(check, reads) = &rule.check
                && concerns(reads)
            {
                let mut cx = self.cx(design, rule, *severity);
                check(&mut cx);
                let mut found = cx.told.found;
                found.retain(|it| !self.is_platform(design, it));
                new.push((place, found));
            }
        }
        self.whole.extend(new);
    }

    fn cx<'a>(&'a self, design: &'a Design, rule: &'static Rule, severity: Severity) -> Cx<'a> {
        let told = Told { rule, severity, found: Vec::new() };
        Cx { design, facts: &self.facts, config: &self.config, asked: RefCell::default(), told }
    }
}

/// All findings in order of place: those of tables, so many and which are in order table by table, and those about the whole design.
fn merged<F: Borrow<Finding>, I: Iterator<Item = F>>(
    of_tables: usize,
    tables: impl Iterator<Item = (TableId, I)>,
    mut whole: Vec<F>,
) -> Vec<F> {
    whole.sort_by(|a, b| a.borrow().order(b.borrow()));
    let mut all: Vec<F> = Vec::with_capacity(of_tables + whole.len());
    let mut rest = whole.into_iter().peekable();
    for (id, own) in tables {
        let id = Some(Id::from(id));
        while let Some(it) = rest.next_if(|it| it.borrow().record < id) {
            all.push(it);
        }
        let start = all.len();
        all.extend(own);
        let alone = all.len();
        while let Some(it) = rest.next_if(|it| it.borrow().record == id) {
            all.push(it);
        }
        if alone < all.len()
            && let Some(of_table) = all.get_mut(start..)
        {
            of_table.sort_by(|a, b| a.borrow().order(b.borrow()));
        }
    }
    all.extend(rest);
    all
}

/// The tables with a default that speaks of a sequence: a text, which is no reference.
fn counting_with<'a>(design: &'a Design, sequence: &'a str) -> impl Iterator<Item = TableId> + use<'a> {
    let speaks = move |it: &Column| it.value.default_expression().is_some_and(|it| it.contains(sequence));
    design.tables().filter(move |it| it.columns.iter().any(&speaks)).map(|it| it.id)
}

/// Whether every rule may see another design, or another configuration, when the record changes.
fn concerns_all(record: &Record) -> bool {
    let is_setting = |it: &Decision| is_judgement(it) && it.about.is_empty();
    matches!(record, Record::Conventions(_)) || matches!(record, Record::Decision(it) if is_setting(it))
}

fn kind_of(record: &Record) -> Option<Reads> {
    match record {
        Record::Table(_) => Some(Reads::Tables),
        Record::EnumType(_)
        | Record::Domain(_)
        | Record::CompositeType(_)
        | Record::RangeType(_)
        | Record::Sequence(_) => Some(Reads::Types),
        Record::View(_) => Some(Reads::Views),
        Record::Function(_) => Some(Reads::Functions),
        Record::Extension(_) | Record::Namespace(_) => Some(Reads::Extensions),
        Record::Verbatim(_) => Some(Reads::Verbatims),
        Record::Load(_) | Record::AccessPattern(_) | Record::Story(_) => Some(Reads::Use),
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Placement(_)
        | Record::Area(_)
        | Record::Note(_)
        | Record::Brief(_)
        | Record::Decision(_)
        | Record::Snapshot(_) => None,
    }
}

/// How often all findings are fixed before what is left is left.
const ROUNDS: usize = 8;

/// Applies every fix that may be applied, until none is left; gives the edit and how many fixes it holds.
///
/// Each finding is fixed at most once, so that two rules that disagree cannot go on for ever.
pub fn fix_all(design: &Design, config: &Config, unsafe_too: bool) -> (Edit, usize) {
    let mut after = design.clone();
    let mut done: BTreeSet<(String, Vec<Id>)> = BTreeSet::new();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let before = count;
        for finding in lint(&after, config) {
            let fits = finding.fix.as_ref().is_some_and(|it| unsafe_too || it.safety == Safety::Safe);
            if !fits || !done.insert((finding.code.clone(), finding.objects.clone())) {
                continue;
            }
            let Some(proposal) = finding.proposal(&after) else { continue };
            if let Ok(edit) = proposal.accept_all(&after)
                && !edit.is_empty()
                && after.apply(&edit).is_ok()
            {
                count += 1;
            }
        }
        if count == before {
            break;
        }
    }
    (Edit::between(design, &after), count)
}
