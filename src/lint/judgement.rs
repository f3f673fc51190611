//! What a person decided about the critic, kept in the design as decisions: undone, sent and listed like every other.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::config::is_meant;
use super::{Config, Preset, Severity, rules};
use crate::design::{Decision, DecisionId, Design, Edit, Id, Origin};

/// What begins the title of a decision that leaves findings as they are: `Ignore IDX001 task.user_id`.
pub const IGNORE: &str = "Ignore ";

/// What begins the title of the decision that names the set of rules: `Rules: strict`.
const RULES: &str = "Rules: ";

/// What begins the title of a decision on how much a rule matters, which ends in `: error`.
const RATE: &str = "Rate ";

/// One decision about the critic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Judgement {
    /// Findings of a rule are left as they are.
    Ignore {
        /// A code or a pattern.
        code: String,
        /// What they are about; nothing is the whole design.
        about: Vec<Id>,
        /// The same for people.
        place: String,
        /// Why.
        reason: String,
    },
    /// Which set of rules it starts from.
    Start(Preset),
    /// How much a rule matters.
    Rate {
        /// A code or a pattern.
        code: String,
        /// Nothing is as the set of rules has it.
        severity: Option<Severity>,
    },
    /// A decision is taken back.
    Forget(DecisionId),
}

/// Why a decision cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfounded {
    /// No rule is called so.
    Unknown(String),
    /// Without a reason nothing is ignored.
    NoReason,
}

impl fmt::Display for Unfounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(code) => write!(f, "no rule is called `{code}`"),
            Self::NoReason => f.write_str("what is ignored needs a reason"),
        }
    }
}

impl Judgement {
    /// The edit that keeps it in a design.
    ///
    /// # Errors
    /// When it names no rule, or ignores without a reason.
    pub fn edit(&self, design: &Design) -> Result<Edit, Unfounded> {
        match self {
            Self::Ignore { code, about, place, reason } => {
                known(code)?;
                if reason.trim().is_empty() {
                    return Err(Unfounded::NoReason);
                }
                let title = format!("{IGNORE}{code} {place}").trim_end().to_owned();
                let same = |it: &&Decision| it.title == title && it.about == *about;
                let id = design.decisions().find(same).map_or_else(|| design.ids().take(), |it| it.id);
                let (about, reason) = (about.clone(), reason.trim().to_owned());
                let decision =
                    Decision { id, title, reason, about, origin: Origin::Hand, ..Decision::default() };
                Ok(Edit::default().put(design, decision))
            }
            Self::Start(preset) => {
                let usual = *preset == Preset::default();
                Ok(titled(design, RULES, "", (!usual).then(|| preset.name())))
            }
            Self::Rate { code, severity } => {
                known(code)?;
                Ok(titled(design, RATE, &format!("{code}: "), severity.map(Severity::name)))
            }
            Self::Forget(id) => Ok(Edit::default().remove(design, *id)),
        }
    }
}

fn known(code: &str) -> Result<(), Unfounded> {
    let is_known = rules().any(|it| is_meant(code, it));
    is_known.then_some(()).ok_or_else(|| Unfounded::Unknown(code.to_owned()))
}

/// The one decision whose title begins so gets this end, or goes.
fn titled(design: &Design, head: &str, of: &str, end: Option<&str>) -> Edit {
    let head = format!("{head}{of}");
    let old = design.decisions().find(|it| it.title.starts_with(&head));
    match (old, end) {
        (Some(old), Some(end)) => {
            Edit::default().put(design, Decision { title: format!("{head}{end}"), ..old.clone() })
        }
        (Some(old), None) => Edit::default().remove(design, old.id),
        (None, Some(end)) => {
            let id = design.ids().take();
            let title = format!("{head}{end}");
            Edit::default().put(design, Decision { id, title, origin: Origin::Hand, ..Decision::default() })
        }
        (None, None) => Edit::default(),
    }
}

/// Whether a decision is one about the critic.
pub fn is_judgement(decision: &Decision) -> bool {
    [IGNORE, RULES, RATE].iter().any(|it| decision.title.starts_with(it))
}

/// What a decision leaves as it is: a code or a pattern, and what the findings are about.
pub(super) fn ignored(decision: &Decision) -> Option<(String, Vec<Id>)> {
    let code = decision.title.strip_prefix(IGNORE)?.split_whitespace().next()?;
    (!decision.about.is_empty()).then(|| (code.to_owned(), decision.about.clone()))
}

impl Config {
    /// The same with what the design's decisions say. What is configured goes before what is decided.
    #[must_use]
    pub fn with_decisions(&self, design: &Design) -> Self {
        let mut config = self.clone();
        for decision in design.decisions() {
            let title = decision.title.as_str();
            if let Some(name) = title.strip_prefix(RULES) {
                config.preset = config.preset.or_else(|| Preset::from_name(name.trim()));
            } else if let Some((code, word)) = title.strip_prefix(RATE).and_then(|it| it.split_once(": ")) {
                if let Some(severity) = Severity::from_name(word.trim()) {
                    config.severity.entry(code.trim().to_owned()).or_insert(severity);
                }
            } else if decision.about.is_empty()
                && let Some(code) = title.strip_prefix(IGNORE).and_then(|it| it.split_whitespace().next())
            {
                config.ignore.push(code.to_owned());
            }
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Linter, lint};
    use crate::read;

    const SQL: &str = "create table a (id bigint generated always as identity primary key, at timestamp);
        create table b (id bigint generated always as identity primary key, a_id bigint not null references a);";

    fn decided(design: &mut Design, judgement: &Judgement) -> Edit {
        let edit = judgement.edit(design).expect("founded");
        design.apply(&edit).expect("fits");
        edit
    }

    fn codes(design: &Design) -> Vec<String> {
        lint(design, &Config::default()).into_iter().map(|it| it.code).collect()
    }

    #[test]
    fn what_is_decided_is_kept_in_the_design_and_can_be_taken_back() {
        let mut design = read::postgres(SQL, &read::Options::default()).tree.design;
        let before = codes(&design);
        let finding =
            lint(&design, &Config::default()).into_iter().find(|it| it.code == "IDX001").expect("one");
        let ignore = Judgement::Ignore {
            code: "IDX001".to_owned(),
            about: finding.objects,
            place: finding.place,
            reason: "never deleted from".to_owned(),
        };
        decided(&mut design, &ignore);
        assert!(!codes(&design).contains(&"IDX001".to_owned()));
        decided(&mut design, &Judgement::Rate { code: "TYP001".to_owned(), severity: Some(Severity::Error) });
        let rated = lint(&design, &Config::default()).into_iter().find(|it| it.code == "TYP001");
        assert_eq!(rated.map(|it| it.severity), Some(Severity::Error));
        decided(&mut design, &Judgement::Start(Preset::Legacy));
        assert_eq!(codes(&design), ["TYP001"]);
        assert_eq!(design.decisions().filter(|it| is_judgement(it)).count(), 3);
        for id in design.decisions().map(|it| it.id).collect::<Vec<_>>() {
            decided(&mut design, &Judgement::Forget(id));
        }
        assert_eq!(codes(&design), before);
    }

    #[test]
    fn a_linter_follows_decisions_edit_by_edit() {
        let mut design = read::postgres(SQL, &read::Options::default()).tree.design;
        let mut linter = Linter::new(&design, Config::default());
        let acts = [
            Judgement::Start(Preset::Strict),
            Judgement::Rate { code: "IDX*".to_owned(), severity: Some(Severity::Info) },
            Judgement::Rate { code: "IDX*".to_owned(), severity: None },
            Judgement::Start(Preset::Recommended),
        ];
        for act in acts {
            let edit = decided(&mut design, &act);
            linter.update(&design, &edit);
            let all = lint(&design, &Config::default());
            assert_eq!(linter.findings(), all.iter().collect::<Vec<_>>(), "{act:?}");
        }
    }

    #[test]
    fn what_is_ignored_needs_a_reason_and_a_rule() {
        let design = Design::new();
        let ignore = |code: &str, reason: &str| {
            let (code, reason) = (code.to_owned(), reason.to_owned());
            Judgement::Ignore { code, about: Vec::new(), place: String::new(), reason }.edit(&design)
        };
        assert_eq!(ignore("IDX001", " "), Err(Unfounded::NoReason));
        assert_eq!(ignore("XYZ001", "so"), Err(Unfounded::Unknown("XYZ001".to_owned())));
        assert!(ignore("IDX*", "so").is_ok());
    }
}
