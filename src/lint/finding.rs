//! What a rule has to say about a place of the design or of a script.

use serde::{Deserialize, Serialize};

use super::{Place, Remedy, Rule};
use crate::base::Span;
use crate::design::{Design, Id, Part, Proposal};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// PostgreSQL refuses it, or it loses, corrupts or leaks data, or stops the service.
    Error,
    /// It works today and will hurt.
    Warning,
    /// A judgement to make; never fails a build.
    Info,
}

impl Severity {
    /// By the name that configuration gives.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Info].into_iter().find(|it| it.name() == name)
    }

    /// As configuration and reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Whether a fix may be applied without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// It cannot change which data is accepted or how queries behave.
    Safe,
    /// It changes behaviour, or needs the data to be clean.
    Unsafe,
}

/// A way to repair what was found. Small on purpose: the edit is made when it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// The cure, such as `Add an index`.
    pub title: String,
    /// Whether it may be applied without being looked at.
    pub safety: Safety,
    /// What is to be done.
    pub remedy: Remedy,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's code, such as `IDX001`.
    pub code: String,
    /// How much it matters, configuration considered.
    pub severity: Severity,
    /// The record that it belongs to; none for a statement of a script.
    pub record: Option<Id>,
    /// What it is about: tables, columns, constraints, the most important first.
    pub objects: Vec<Id>,
    /// The same for people: `orders.customer_id`.
    pub place: String,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// What it rests on, a sentence each.
    pub evidence: Vec<String>,
    /// How to repair it, where a rule knows.
    pub fix: Option<Fix>,
    /// The script that it is about; none for a finding about the design.
    pub file: Option<String>,
    /// The line (1-based) that the object was imported from, or that the statement stands in.
    pub line: Option<u32>,
    /// The bytes of the statement in its script.
    pub span: Option<Span>,
    /// The other places, where many equal findings are told as one ([`gather`](super::gather)).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Place>,
}

/// What one rule has to say.
pub struct Told {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) found: Vec<Finding>,
}

impl Told {
    /// A finding of this severity, unless configuration gives the rule another.
    pub fn milder(&self, severity: Severity) -> Severity {
        if self.severity == self.rule.severity { severity } else { self.severity }
    }

    /// Reports something of which only this is known yet.
    pub(super) fn report(&mut self, place: String, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            code: self.rule.code.to_owned(),
            severity: self.severity,
            record: None,
            objects: Vec::new(),
            place,
            message: message.into(),
            evidence: Vec::new(),
            fix: None,
            file: None,
            line: None,
            span: None,
            also: Vec::new(),
        });
        self.found.last_mut().expect("it was pushed just now")
    }
}

impl Finding {
    /// Also says what the finding rests on.
    pub fn because(&mut self, evidence: impl Into<String>) -> &mut Self {
        self.evidence.push(evidence.into());
        self
    }

    /// Also offers a fix that may be applied without being looked at.
    pub fn safe(&mut self, title: &str, remedy: Remedy) -> &mut Self {
        self.fix = Some(Fix { title: title.to_owned(), safety: Safety::Safe, remedy });
        self
    }

    /// Also offers a fix that a person should look at.
    pub fn risky(&mut self, title: &str, remedy: Remedy) -> &mut Self {
        self.fix = Some(Fix { title: title.to_owned(), safety: Safety::Unsafe, remedy });
        self
    }

    /// A safe fix, where there is a remedy.
    pub fn safe_if(&mut self, title: &str, remedy: Option<Remedy>) -> &mut Self {
        if let Some(remedy) = remedy {
            self.safe(title, remedy);
        }
        self
    }

    /// A fix to be looked at, where there is a remedy.
    pub fn risky_if(&mut self, title: &str, remedy: Option<Remedy>) -> &mut Self {
        if let Some(remedy) = remedy {
            self.risky(title, remedy);
        }
        self
    }

    /// What tells the finding apart from all others, whatever its line: for baselines and ignored findings.
    pub fn fingerprint(&self) -> String {
        let file = self.file.as_deref().unwrap_or_default();
        format!("{} {file}{}", self.code, self.place)
    }

    /// The fix as a proposal against this design; nothing where there is no fix, or it does not fit any more.
    pub fn proposal(&self, design: &Design) -> Option<Proposal> {
        let fix = self.fix.as_ref()?;
        let edit = fix.remedy.edit(design).filter(|it| !it.is_empty())?;
        let title = format!("{}: {}", self.place, fix.title);
        let mut reason = self.message.clone();
        if let Some(migration) = fix.remedy.migration(design) {
            reason.push_str("; the rows move with\n\n");
            reason.push_str(&migration);
        }
        let part = Part { title: title.clone(), reason, assumed: true, edit, ..Part::default() };
        Some(Proposal { title, parts: vec![part] })
    }

    /// In order of place, then of rule.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let start = |it: &Self| it.span.map(|it| it.start);
        self.file
            .cmp(&other.file)
            .then_with(|| self.record.cmp(&other.record))
            .then_with(|| start(self).cmp(&start(other)))
            .then_with(|| self.objects.cmp(&other.objects))
            .then_with(|| self.code.cmp(&other.code))
            .then_with(|| self.message.cmp(&other.message))
    }
}
