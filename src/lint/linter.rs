//! Running the rules: all of them, or after an edit only on what it touched.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use super::config::matches;
use super::facts::neighbours;
use super::judgement::{ignored, is_judgement};
use super::{
    Check, Config, Cx, Facts, Finding, Known, Reads, Rule, Safety, Severity, TableView, Told, rules,
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
    /// Of rules that read a table and its neighbours.
    near: BTreeMap<TableId, Vec<Finding>>,
    /// Of rules that also read what is known of the whole design, by their places among `rules`.
    named: BTreeMap<TableId, BTreeMap<usize, Vec<Finding>>>,
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
            named: BTreeMap::new(),
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
        let known = self.facts.update(design, &touched, kinds.iter().any(|it| *it != Reads::Tables));
        self.tables(design, &touched);
        self.named(design, &touched, &|reads| !reads.iter().any(|it| known.contains(it)));
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
        let named = self.named.values().flat_map(BTreeMap::values);
        let all = self.near.values().chain(named).chain(self.whole.values()).flatten();
        in_order(all.filter(|it| self.tells(it)))
    }

    /// The same, given away.
    pub fn into_findings(mut self) -> Vec<Finding> {
        let near = std::mem::take(&mut self.near).into_values();
        let named = std::mem::take(&mut self.named).into_values().flat_map(BTreeMap::into_values);
        let whole = std::mem::take(&mut self.whole).into_values();
        in_order(near.chain(named).chain(whole).flatten().filter(|it| self.tells(it)))
    }

    fn tells(&self, finding: &Finding) -> bool {
        let ignored = |(code, about): &(String, Vec<Id>)| {
            matches(code, &finding.code)
                && about.iter().any(|it| finding.objects.contains(it) || finding.record == Some(*it))
        };
        self.config.tells(finding) && !self.ignored.iter().any(ignored)
    }

    fn decisions(&mut self, design: &Design) {
        self.ignored = design.decisions().filter_map(ignored).collect();
    }

    /// Runs again the rules that read a table and its neighbours.
    fn tables(&mut self, design: &Design, tables: &BTreeSet<TableId>) {
        for id in tables {
            let mut found = Vec::new();
            if let Some(view) = self.judged(design, *id) {
                for (rule, severity) in &self.rules {
                    if let Check::Table(check) = &rule.check {
                        let mut cx = self.cx(design, rule, *severity, found);
                        check(&mut cx, &view);
                        found = cx.told.found;
                    }
                }
            }
            keep(&mut self.near, *id, found);
        }
    }

    /// Runs again, over some tables, those rules of which `concerns` is true of what they know of the whole design.
    fn named(&mut self, design: &Design, tables: &BTreeSet<TableId>, concerns: &dyn Fn(&[Known]) -> bool) {
        let chosen = |(place, (rule, severity)): (usize, &(&'static Rule, Severity))| match rule.check {
            Check::Named(check, reads) if concerns(reads) => Some((place, *rule, *severity, check)),
            _ => None,
        };
        let chosen: Vec<_> = self.rules.iter().enumerate().filter_map(chosen).collect();
        for id in tables.iter().filter(|_| !chosen.is_empty()) {
            let mut new = Vec::new();
            if let Some(view) = self.judged(design, *id) {
                for (place, rule, severity, check) in &chosen {
                    let mut cx = self.cx(design, rule, *severity, Vec::new());
                    check(&mut cx, &view);
                    if !cx.told.found.is_empty() {
                        new.push((*place, cx.told.found));
                    }
                }
            }
            if let Some(of_table) = self.named.get_mut(id) {
                of_table.retain(|place, _| !chosen.iter().any(|it| it.0 == *place));
            }
            if !new.is_empty() {
                self.named.entry(*id).or_default().extend(new);
            }
        }
    }

    /// A table that rules are run over: what is wrong with a partition is wrong with the table that it is a part of,
    /// and told there; what belongs to a tool is as the tool wants it.
    fn judged<'a>(&'a self, design: &'a Design, id: TableId) -> Option<TableView<'a>> {
        let (table, facts) = (design.table(id)?, self.facts.table(id)?);
        (table.partition_of.is_none() && !facts.is_ledger).then_some(TableView { table, facts })
    }

    fn designs(&mut self, design: &Design, concerns: &dyn Fn(&[Reads]) -> bool) {
        let mut new = Vec::new();
        for (place, (rule, severity)) in self.rules.iter().enumerate() {
            if let Check::Design(check, reads) = &rule.check
                && concerns(reads)
            {
                let mut cx = self.cx(design, rule, *severity, Vec::new());
                check(&mut cx);
                new.push((place, cx.told.found));
            }
        }
        self.whole.extend(new);
    }

    fn cx<'a>(
        &'a self,
        design: &'a Design,
        rule: &'static Rule,
        severity: Severity,
        found: Vec<Finding>,
    ) -> Cx<'a> {
        Cx { design, facts: &self.facts, config: &self.config, told: Told { rule, severity, found } }
    }
}

/// In order of place. What comes in runs that are in order already is merged, run by run.
fn in_order<F: Borrow<Finding>>(all: impl Iterator<Item = F>) -> Vec<F> {
    let mut sorted: Vec<F> = all.collect();
    sorted.sort_by(|a, b| a.borrow().order(b.borrow()));
    sorted
}

/// The tables with a default that speaks of a sequence: a text, which is no reference.
fn counting_with<'a>(design: &'a Design, sequence: &'a str) -> impl Iterator<Item = TableId> + use<'a> {
    let speaks = move |it: &Column| it.value.default_expression().is_some_and(|it| it.contains(sequence));
    design.tables().filter(move |it| it.columns.iter().any(&speaks)).map(|it| it.id)
}

fn keep(of: &mut BTreeMap<TableId, Vec<Finding>>, id: TableId, mut found: Vec<Finding>) {
    found.sort_by(Finding::order);
    if found.is_empty() {
        of.remove(&id);
    } else {
        of.insert(id, found);
    }
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
