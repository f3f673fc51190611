//! What the design is for: briefs, stories, queries, load, decisions, versions.

use serde::{Deserialize, Serialize};

use super::{
    AccessPatternId, BriefId, DecisionId, Demanded, Design, Id, Origin, SnapshotId, SqlText, StoryId,
    is_default,
};
use crate::base;

/// A text that the design was, or will be, read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// Its identity.
    pub id: BriefId,
    /// Its title.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// Markdown or plain text.
    pub text: String,
    /// The text that the design was last made of, where the text is another now.
    #[serde(default, skip_serializing_if = "is_default")]
    pub accepted: Option<String>,
}

impl Brief {
    /// The brief with another text. Where the design was made of the text before, that one is kept with it.
    #[must_use]
    pub fn written(&self, design: &Design, text: String) -> Self {
        let is_made_of = |it: &Origin| matches!(it, Origin::Brief { brief, .. } if *brief == self.id);
        let before = match &self.accepted {
            None if design.tables().any(|it| is_made_of(&it.origin)) => Some(self.text.clone()),
            other => other.clone(),
        };
        Self { accepted: before.filter(|it| *it != text), text, ..self.clone() }
    }
}

/// A user story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its identity.
    pub id: StoryId,
    /// Who.
    pub actor: String,
    /// Does or wants what.
    pub goal: String,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A query that the application will run, and how often.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessPattern {
    /// Its identity.
    pub id: AccessPatternId,
    /// Its name.
    pub name: String,
    /// The query.
    pub query: SqlText,
    /// Calls a day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub per_day: Option<u64>,
    /// The story that it serves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub story: Option<StoryId>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// What is assumed of size and use; `None` is not said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Load {
    /// Rows expected, by table or by the words of the brief.
    #[serde(skip_serializing_if = "is_default")]
    pub volumes: Vec<Volume>,
    /// Reads for each write.
    #[serde(skip_serializing_if = "is_default")]
    pub reads_per_write: Option<f64>,
    /// How long rows are kept, in days.
    #[serde(skip_serializing_if = "is_default")]
    pub retention_days: Option<u32>,
    /// What is asked of the design before anything is drawn, one of each [`Demand`] at most.
    #[serde(skip_serializing_if = "is_default")]
    pub demands: Vec<Demanded>,
}

/// A quantity that the brief or a person states.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Of what.
    pub of: String,
    /// How many.
    pub count: u64,
    /// For each of what; none is in all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub per: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

impl Volume {
    /// Quantities as people list them: `500 organizations, 20 users per organization`.
    ///
    /// # Errors
    /// The first that is none.
    pub fn listed(text: &str) -> Result<Vec<Self>, &str> {
        let all = text.split([';', '\n']).flat_map(|it| it.split(", ")).map(str::trim);
        all.filter(|it| !it.is_empty()).map(|it| Self::read(it).ok_or(it)).collect()
    }

    /// Whether both are of the same, whichever number its name stands in.
    pub fn is_of(&self, other: &Self) -> bool {
        let of = |it: &Self| (base::singular(&it.of), it.per.as_deref().map(base::singular));
        of(self) == of(other)
    }

    fn read(text: &str) -> Option<Self> {
        let (count, of) = text.trim().trim_end_matches(',').split_once(' ')?;
        let count = count.replace([',', '_'], "").parse().ok()?;
        let name = |it: &str| base::singular(&base::snake_case(it.trim()));
        let (of, per) = match of.split_once(" per ").or_else(|| of.split_once(" for each ")) {
            Some((of, per)) => (of, Some(name(per))),
            None => (of, None),
        };
        let of = name(of);
        (!of.is_empty()).then_some(Self { of, count, per, origin: Origin::Hand })
    }
}

impl std::fmt::Display for Volume {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let one = base::singular(&self.of);
        let of = if self.count == 1 { one } else { base::plural(&one) };
        write!(f, "{} {of}", self.count)?;
        self.per.iter().try_for_each(|it| write!(f, " per {it}"))
    }
}

/// A decision with its reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its identity.
    pub id: DecisionId,
    /// What was decided.
    pub title: String,
    /// Why.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: String,
    /// What else was weighed, and why not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rejected: Vec<String>,
    /// The records it is about.
    #[serde(default, skip_serializing_if = "is_default")]
    pub about: Vec<Id>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A named version: the whole document as it was, without the versions before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Its identity.
    pub id: SnapshotId,
    /// Its name.
    pub name: String,
    /// When, in milliseconds since 1970, as the caller's clock told.
    pub at: u64,
    /// The document as a design file.
    pub document: String,
}
