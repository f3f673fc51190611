//! What the critic has to say of a design, as the page shows it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::design::{DecisionId, Design, Edit, Id, Part, Proposal, Record, Replaced, TableId};
use crate::lint::{self, Check, Config, Finding, Line, Linter, Preset, Ran, Safety, Severity};

/// What the page itself reads of what was found; the panel's script reads the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Critique {
    /// Everything, as JSON for js/critic.js: [`Report`]. Empty where only marks were asked for.
    pub report: String,
    /// Whether the marks are told from the start, not what differs from those told last.
    pub anew: bool,
    /// Tables with errors or warnings: the gravest, and how many. Nothing of one that has none any more.
    pub tables: Vec<(TableId, Option<(Severity, u32)>)>,
    /// What differs in [`Marks::spots`].
    pub spots: Splice,
}

/// What is marked on cards and in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Tables with errors or warnings: the gravest, and how many.
    pub tables: BTreeMap<TableId, (Severity, u32)>,
    /// Errors and warnings by what they are about, in order of place.
    pub spots: Vec<Spot>,
}

/// How one list becomes another that is much like it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Splice {
    /// From here on
    pub at: usize,
    /// so many go,
    pub gone: usize,
    /// and these come.
    pub come: Vec<Spot>,
}

impl Splice {
    /// What leads from one list to another.
    fn between(old: &[Spot], new: &[Spot]) -> Self {
        let at = old.iter().zip(new).take_while(|it| it.0 == it.1).count();
        let (old, new) = (old.get(at..).unwrap_or_default(), new.get(at..).unwrap_or_default());
        let same = old.iter().rev().zip(new.iter().rev()).take_while(|it| it.0 == it.1).count();
        let come = new.get(..new.len() - same).unwrap_or_default().to_vec();
        Self { at, gone: old.len() - same, come }
    }

    /// Whether the lists are the same.
    pub fn is_empty(&self) -> bool {
        self.gone == 0 && self.come.is_empty()
    }

    /// Makes the one list the other.
    pub fn lead(self, spots: &mut Vec<Spot>) {
        let start = self.at.min(spots.len());
        let end = start.saturating_add(self.gone).min(spots.len());
        spots.splice(start..end, self.come);
    }
}

impl Critique {
    /// Brings the tables that are marked up to date.
    pub fn mark(&self, tables: &mut BTreeMap<TableId, (Severity, u32)>) {
        if self.anew {
            tables.clear();
        }
        for (id, mark) in &self.tables {
            match mark {
                Some(mark) => _ = tables.insert(*id, *mark),
                None => _ = tables.remove(id),
            }
        }
    }
}

/// Something that a text marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// What it is about.
    pub id: Id,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, with the rule's code.
    pub message: String,
}

/// More than so many marks in one text help nobody.
const MOST_SPOTS: usize = 500;

/// Which findings are to be fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Of this rule.
    pub code: String,
    /// At these places; at none is everywhere.
    #[serde(default)]
    pub places: BTreeSet<String>,
}

#[derive(Serialize)]
struct Report {
    findings: Vec<Told>,
    regrets: Vec<Regretted>,
    checklist: Vec<Line>,
    rules: Vec<RuleLine>,
    presets: Vec<&'static str>,
    preset: &'static str,
    decisions: Vec<Decided>,
}

#[derive(Serialize)]
struct Told {
    code: String,
    severity: Severity,
    /// The table that it belongs to, where there is one.
    table: Option<Id>,
    /// Its name.
    table_name: Option<String>,
    objects: Vec<Id>,
    place: String,
    message: String,
    evidence: Vec<String>,
    fix: Option<Offer>,
}

#[derive(Serialize)]
struct Offer {
    title: String,
    safe: bool,
}

#[derive(Serialize)]
struct Regretted {
    #[serde(flatten)]
    finding: Told,
    story: &'static str,
    remedy: String,
}

#[derive(Serialize)]
struct RuleLine {
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    /// What it is by itself; nothing where it is off.
    usual: Option<Severity>,
    /// What it is here.
    now: Option<Severity>,
}

#[derive(Serialize)]
struct Decided {
    id: DecisionId,
    title: String,
    reason: String,
}

/// So many things will be regretted most.
const REGRETS: usize = 3;

/// What stays from one job to the next: the design that was opened or looked at last, with what was found. After an edit
/// only what it touches is looked at again.
#[derive(Default)]
pub struct Desk {
    /// How many designs were opened.
    count: u32,
    /// The one that was opened last, until it is looked at.
    opened: Option<Design>,
    looked: Option<Looked>,
    /// What is of no use any more. To give it back takes as long as a look at some hundred tables.
    gone: Option<Looked>,
}

struct Looked {
    design: Design,
    linter: Linter,
    /// As they were told last.
    marks: Marks,
}

impl Desk {
    /// Keeps what was opened, and gives it a number.
    pub(super) fn open(&mut self, design: Design) -> u32 {
        self.count += 1;
        self.opened = Some(design);
        self.count
    }

    /// Looks at a design as its own decisions have it.
    pub(super) fn look(&mut self, design: Design, marks_alone: bool) -> Critique {
        let linter = Linter::new(&design, Config::default());
        let marks = Marks::of(&design, &linter);
        let found = Critique {
            report: told_whole(&design, &linter, marks_alone),
            anew: true,
            tables: marks.tables.iter().map(|it| (*it.0, Some(*it.1))).collect(),
            spots: Splice { at: 0, gone: usize::MAX, come: marks.spots.clone() },
        };
        self.gone = self.looked.replace(Looked { design, linter, marks });
        found
    }

    /// The same after edits of what was looked at last, or of what was opened under a number; nothing where they do not
    /// fit it, which is given up then.
    pub(super) fn look_again(
        &mut self,
        opened: Option<u32>,
        changed: Vec<(Id, Option<Record>)>,
        marks_alone: bool,
    ) -> Option<Critique> {
        if let Some(number) = opened {
            let mut design = self.opened.take().filter(|_| number == self.count)?;
            let edit = edit_of(&design, changed);
            design.apply(&edit).ok()?;
            return Some(self.look(design, marks_alone));
        }
        let Looked { mut design, mut linter, marks: before } = self.looked.take()?;
        let edit = edit_of(&design, changed);
        design.apply(&edit).ok()?;
        linter.update(&design, &edit);
        let marks = Marks::of(&design, &linter);
        let came = marks.tables.iter().filter(|it| before.tables.get(it.0) != Some(it.1));
        let came = came.map(|it| (*it.0, Some(*it.1)));
        let went = before.tables.keys().filter(|it| !marks.tables.contains_key(it)).map(|it| (*it, None));
        let found = Critique {
            report: told_whole(&design, &linter, marks_alone),
            anew: false,
            tables: came.chain(went).collect(),
            spots: Splice::between(&before.spots, &marks.spots),
        };
        self.looked = Some(Looked { design, linter, marks });
        Some(found)
    }

    /// Gives back what is of no use any more, when an answer is told.
    pub fn tidy(&mut self) {
        self.gone = None;
    }
}

/// The edit that gives these records to these identities.
fn edit_of(design: &Design, changed: Vec<(Id, Option<Record>)>) -> Edit {
    let records = changed.into_iter().map(|(id, after)| Replaced { before: design.record(id), after });
    Edit { records: records.filter(|it| it.before != it.after).collect() }
}

impl Marks {
    fn of(design: &Design, linter: &Linter) -> Self {
        let mut marks = Self::default();
        // Findings are in order of place: those of one table stand together.
        let mut last: Option<(TableId, (Severity, u32))> = None;
        for finding in linter.findings().into_iter().filter(|it| it.severity != Severity::Info) {
            if let Some(Id(id)) = finding.record {
                match &mut last {
                    Some((table, (gravest, count))) if table.0 == id => {
                        *gravest = finding.severity.min(*gravest);
                        *count += 1;
                    }
                    _ => {
                        marks.tables.extend(last.take());
                        last = design.table(TableId(id)).map(|it| (it.id, (finding.severity, 1)));
                    }
                }
            }
            if let Some(id) = finding.objects.first().copied().filter(|_| marks.spots.len() < MOST_SPOTS) {
                let message = format!("{} ({})", finding.message, finding.code);
                marks.spots.push(Spot { id, severity: finding.severity, message });
            }
        }
        marks.tables.extend(last);
        marks
    }
}

fn told_whole(design: &Design, linter: &Linter, marks_alone: bool) -> String {
    if marks_alone {
        return String::new();
    }
    report(design, linter.findings().into_iter().cloned().collect())
}

fn report(design: &Design, findings: Vec<Finding>) -> String {
    let mut regrets = lint::regrets(design, &findings);
    regrets.truncate(REGRETS);
    // Whether it runs the page knows by itself.
    let checklist = lint::checklist(design, &findings, &Ran::Not);
    let set = Config::default().with_decisions(design);
    let is_of_designs = |it: &&'static lint::Rule| !matches!(it.check, Check::Script(_));
    let rule = |it: &'static lint::Rule| RuleLine {
        code: it.code,
        name: it.name,
        summary: it.summary(),
        usual: Config { severity: BTreeMap::new(), ignore: Vec::new(), ..set.clone() }.severity_of(it),
        now: set.severity_of(it),
    };
    let judgements = design.decisions().filter(|it| lint::is_judgement(it));
    let report = Report {
        regrets: regrets.into_iter().map(|it| regretted(design, it)).collect(),
        checklist,
        rules: lint::rules().filter(is_of_designs).map(rule).collect(),
        presets: Preset::ALL.iter().map(|it| it.name()).collect(),
        preset: set.preset.unwrap_or_default().name(),
        decisions: judgements
            .map(|it| Decided { id: it.id, title: it.title.clone(), reason: it.reason.clone() })
            .collect(),
        findings: findings.into_iter().map(|it| told(design, it)).collect(),
    };
    super::json(&report)
}

fn told(design: &Design, finding: Finding) -> Told {
    let table = finding.record.and_then(|it| design.table(TableId(it.0)));
    let Finding { code, severity, objects, place, message, evidence, fix, .. } = finding;
    Told {
        code,
        severity,
        table: table.map(|it| it.id.into()),
        table_name: table.map(|it| it.name.clone()),
        objects,
        place,
        message,
        evidence,
        fix: fix.map(|it| Offer { title: it.title, safe: it.safety == Safety::Safe }),
    }
}

fn regretted(design: &Design, regret: lint::Regret) -> Regretted {
    let lint::Regret { finding, story, remedy, .. } = regret;
    Regretted { finding: told(design, finding), story, remedy }
}

/// The fixes of findings, each a part that can be left out.
pub(super) fn fixes(design: &Design, wanted: &Wanted) -> Option<Proposal> {
    let is_wanted = |it: &Finding| {
        it.code == wanted.code && (wanted.places.is_empty() || wanted.places.contains(&it.place))
    };
    let mut after = design.clone();
    let mut parts: Vec<Part> = Vec::new();
    for finding in lint::lint(design, &Config::default()).iter().filter(|it| is_wanted(it)) {
        // Each is made of what the fixes before it have left, so that no two give the same identity.
        for part in finding.proposal(&after).map(|it| it.parts).unwrap_or_default() {
            if after.apply(&part.edit).is_ok() {
                parts.push(part);
            }
        }
    }
    let title = match parts.as_slice() {
        [] => return None,
        [part] => part.title.clone(),
        [first, ..] => {
            let cure = first.title.rsplit(": ").next().unwrap_or_default();
            format!("{cure}, in {} places", parts.len())
        }
    };
    Some(Proposal { title, parts }.sparing_given(design))
}
