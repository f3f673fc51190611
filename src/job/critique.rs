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
    /// Tables with errors or warnings: the gravest, and how many.
    pub tables: Vec<(TableId, Severity, u32)>,
    /// Errors and warnings by what they are about, in order of place.
    pub spots: Vec<Spot>,
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

/// The design that was looked at last, with what was found: after an edit only what it touches is looked at again.
#[derive(Default)]
pub struct Desk(Option<(Design, Linter)>);

impl Desk {
    /// Looks at a design as its own decisions have it.
    pub(super) fn look(&mut self, design: Design, marks: bool) -> Critique {
        let linter = Linter::new(&design, Config::default());
        let (design, linter) = self.0.insert((design, linter));
        critique(design, linter, marks)
    }

    /// The same after edits; nothing where they do not fit what was looked at, which is given up then.
    pub(super) fn look_again(&mut self, changed: Vec<(Id, Option<Record>)>, marks: bool) -> Option<Critique> {
        let (mut design, mut linter) = self.0.take()?;
        let records = changed.into_iter().map(|(id, after)| Replaced { before: design.record(id), after });
        let edit = Edit { records: records.filter(|it| it.before != it.after).collect() };
        design.apply(&edit).ok()?;
        linter.update(&design, &edit);
        let found = critique(&design, &linter, marks);
        self.0 = Some((design, linter));
        Some(found)
    }
}

fn critique(design: &Design, linter: &Linter, marks: bool) -> Critique {
    let findings = linter.findings();
    let mut tables: BTreeMap<TableId, (Severity, u32)> = BTreeMap::new();
    let mut spots = Vec::new();
    for finding in findings.iter().filter(|it| it.severity != Severity::Info) {
        if let Some(table) = finding.record.and_then(|it| design.table(TableId(it.0))) {
            let (gravest, count) = tables.entry(table.id).or_insert((finding.severity, 0));
            *gravest = finding.severity.min(*gravest);
            *count += 1;
        }
        if let Some(id) = finding.objects.first().copied().filter(|_| spots.len() < MOST_SPOTS) {
            let message = format!("{} ({})", finding.message, finding.code);
            spots.push(Spot { id, severity: finding.severity, message });
        }
    }
    let tables = tables.into_iter().map(|(id, (severity, count))| (id, severity, count)).collect();
    let report = if marks { String::new() } else { report(design, findings.into_iter().cloned().collect()) };
    Critique { report, tables, spots }
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
