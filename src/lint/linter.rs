//! Running the rules: all of them, or after an edit only on what it touched.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::neighbours;
use super::{Check, Config, Cx, Facts, Finding, Reads, Rule, Safety, Severity, TableView, Told, rules};
use crate::design::{Design, Edit, Id, Record, TableId};

/// What begins the title of a decision that leaves a finding as it is: `Ignore IDX001`.
pub const IGNORE: &str = "Ignore ";

/// The findings of one design, kept up to date edit by edit.
pub struct Linter {
    config: Config,
    rules: Vec<(&'static Rule, Severity)>,
    facts: Facts,
    /// Of rules that read a table and its neighbours.
    near: BTreeMap<TableId, Vec<Finding>>,
    /// Of rules that also read what is known of the whole design.
    named: BTreeMap<TableId, Vec<Finding>>,
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
        let rules = rules.filter_map(|it| Some((it, config.severity_of(it)?))).collect();
        let facts = Facts::of(design);
        let mut linter = Self {
            config,
            rules,
            facts,
            near: BTreeMap::new(),
            named: BTreeMap::new(),
            whole: BTreeMap::new(),
            ignored: Vec::new(),
        };
        let tables: Vec<TableId> = design.tables().map(|it| it.id).collect();
        for id in tables {
            linter.table(design, id, true);
        }
        linter.designs(design, &|_| true);
        linter.decisions(design);
        linter
    }

    /// Brings the findings up to date after `edit` has led to `design`.
    pub fn update(&mut self, design: &Design, edit: &Edit) {
        let mut touched = BTreeSet::new();
        let mut kinds: Vec<Reads> = Vec::new();
        for replaced in edit.records.iter().filter(|it| it.before != it.after) {
            let Some(id) = replaced.id() else { continue };
            for record in [&replaced.before, &replaced.after].into_iter().flatten() {
                kinds.extend(kind_of(record));
                if matches!(record, Record::Table(_)) {
                    touched.insert(TableId(id.0));
                }
                let used = record.uses().into_iter().map(TableId::from);
                touched.extend(used.filter(|it| design.table(*it).is_some()));
            }
            neighbours(design, id, &mut touched);
        }
        if kinds.is_empty() && touched.is_empty() {
            let said = |it: &Record| matches!(it, Record::Conventions(_));
            let all = edit.records.iter().flat_map(|it| [&it.before, &it.after]).flatten().any(said);
            if all {
                *self = Self::new(design, std::mem::take(&mut self.config));
            } else {
                self.decisions(design);
            }
            return;
        }
        let differs = self.facts.update(design, &touched);
        if edit.records.iter().any(|it| matches!(it.after, Some(Record::Conventions(_)))) {
            *self = Self::new(design, std::mem::take(&mut self.config));
            return;
        }
        for id in &touched {
            self.table(design, *id, !differs);
        }
        if differs {
            self.named.clear();
            for id in design.tables().map(|it| it.id) {
                self.named_rules(design, id);
            }
        }
        self.designs(design, &|reads| differs || reads.iter().any(|it| kinds.contains(it)));
        self.decisions(design);
    }

    /// The findings in order of place, those left aside that configuration or a decision leaves as they are.
    pub fn findings(&self) -> Vec<&Finding> {
        let all = self.near.values().chain(self.named.values()).chain(self.whole.values()).flatten();
        let mut found: Vec<&Finding> = all.filter(|it| self.tells(it)).collect();
        found.sort_by(|a, b| a.order(b));
        found
    }

    /// The same, given away.
    pub fn into_findings(mut self) -> Vec<Finding> {
        let near = std::mem::take(&mut self.near).into_values();
        let named = std::mem::take(&mut self.named).into_values();
        let whole = std::mem::take(&mut self.whole).into_values();
        let mut found: Vec<Finding> = near.chain(named).chain(whole).flatten().collect();
        found.retain(|it| self.tells(it));
        found.sort_by(Finding::order);
        found
    }

    fn tells(&self, finding: &Finding) -> bool {
        let ignored = |(code, about): &(String, Vec<Id>)| {
            *code == finding.code
                && about.iter().any(|it| finding.objects.contains(it) || finding.record == Some(*it))
        };
        self.config.tells(finding) && !self.ignored.iter().any(ignored)
    }

    fn decisions(&mut self, design: &Design) {
        let ignored = |it: &crate::design::Decision| {
            let code = it.title.strip_prefix(IGNORE)?.split_whitespace().next()?;
            Some((code.to_owned(), it.about.clone()))
        };
        self.ignored = design.decisions().filter_map(ignored).collect();
    }

    fn table(&mut self, design: &Design, id: TableId, with_named: bool) {
        let found = self.run(design, id, |check| match check {
            Check::Table(check) => Some(*check),
            Check::Named(_) | Check::Design(..) | Check::Script(_) => None,
        });
        keep(&mut self.near, id, found);
        if with_named {
            self.named_rules(design, id);
        }
    }

    fn named_rules(&mut self, design: &Design, id: TableId) {
        let found = self.run(design, id, |check| match check {
            Check::Named(check) => Some(*check),
            Check::Table(_) | Check::Design(..) | Check::Script(_) => None,
        });
        keep(&mut self.named, id, found);
    }

    fn run(
        &self,
        design: &Design,
        id: TableId,
        pick: impl Fn(&Check) -> Option<fn(&mut Cx<'_>, &TableView<'_>)>,
    ) -> Vec<Finding> {
        let (Some(table), Some(facts)) = (design.table(id), self.facts.table(id)) else { return Vec::new() };
        // What is wrong with a partition is wrong with the table that it is a part of, and told there.
        if table.partition_of.is_some() || facts.is_ledger {
            return Vec::new();
        }
        let view = TableView { table, facts };
        let mut found = Vec::new();
        for (rule, severity) in &self.rules {
            if let Some(check) = pick(&rule.check) {
                let mut cx = self.cx(design, rule, *severity, found);
                check(&mut cx, &view);
                found = cx.told.found;
            }
        }
        found
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

fn keep(of: &mut BTreeMap<TableId, Vec<Finding>>, id: TableId, found: Vec<Finding>) {
    if found.is_empty() {
        of.remove(&id);
    } else {
        of.insert(id, found);
    }
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
