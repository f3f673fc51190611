//! Which rules run, how much they matter, and what is left aside.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Finding, Mark, Rule, Severity, rules};

/// A set of rules for a kind of house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Every rule that is on by itself.
    #[default]
    Recommended,
    /// The rules that matter most, nothing else.
    Core,
    /// Every rule, those that are off by themselves too; what is info is a warning.
    Strict,
    /// For schemas that `PostgREST` or Supabase serves: what row-level security lacks is an error.
    Supabase,
    /// For schemas that Rails keeps: its habits are no findings.
    Rails,
    /// For old schemas: only what is an error.
    Legacy,
}

impl Preset {
    /// By the name that configuration gives.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Recommended, Self::Core, Self::Strict, Self::Supabase, Self::Rails, Self::Legacy];

    /// As configuration names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Core => "core",
            Self::Strict => "strict",
            Self::Supabase => "supabase",
            Self::Rails => "rails",
            Self::Legacy => "legacy",
        }
    }
}

/// Asked only where strangers reach functions through an API.
const SUPABASE: &[&str] = &["SEC026"];

/// The codes that Rails' habits run into: `timestamp(6)`, `varchar`, checks left to the model, polymorphic pairs.
const RAILS: &[&str] = &["TYP001", "TYP008", "CON003", "CON009", "CON010", "REL010", "NAM007", "KEY013"];

/// Findings of some objects that were judged and left as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// A code or a pattern: `IDX001`, `NAM*`.
    pub code: String,
    /// A place or a pattern: `orders.customer_id`, `legacy.*`.
    #[serde(default = "anywhere")]
    pub place: String,
    /// Why.
    pub reason: String,
}

fn anywhere() -> String {
    "*".to_owned()
}

/// How the linter is set up; docs/lint.md describes the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where it starts from; unless the design decides, `recommended`.
    pub preset: Option<Preset>,
    /// Codes, names or patterns that run besides those of the preset.
    pub select: Vec<String>,
    /// Codes, names or patterns that do not run.
    pub ignore: Vec<String>,
    /// Severities by code, name or pattern.
    pub severity: BTreeMap<String, Severity>,
    /// Options of rules by code.
    pub options: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
    /// What was judged and left as it is.
    pub allow: Vec<Ignored>,
    /// Whether each script is run within one transaction, as many tools do.
    pub in_transaction: bool,
    /// Fingerprints of findings that were there before.
    pub baseline: BTreeSet<String>,
}

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// It is no JSON of the right shape.
    Shape(String),
    /// A code, name or pattern that no rule has.
    Unknown(String),
    /// A finding is ignored without a reason.
    NoReason(String),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(message) => f.write_str(message),
            Self::Unknown(pattern) => write!(f, "no rule is called `{pattern}`"),
            Self::NoReason(code) => write!(f, "`{code}` is allowed without a reason"),
        }
    }
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When it has another shape, or names rules that do not exist.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        let config: Self = serde_json::from_str(text).map_err(|it| ConfigError::Shape(it.to_string()))?;
        config.check()?;
        Ok(config)
    }

    /// Whether every name in it is one of a rule.
    ///
    /// # Errors
    /// With the first that is not.
    pub fn check(&self) -> Result<(), ConfigError> {
        let named =
            self.select.iter().chain(&self.ignore).chain(self.severity.keys()).chain(self.options.keys());
        let named = named.chain(self.allow.iter().map(|it| &it.code));
        for pattern in named {
            if !rules().any(|it| is_meant(pattern, it)) {
                return Err(ConfigError::Unknown(pattern.clone()));
            }
        }
        match self.allow.iter().find(|it| it.reason.trim().is_empty()) {
            Some(it) => Err(ConfigError::NoReason(it.code.clone())),
            None => Ok(()),
        }
    }

    /// Configuration with one preset and nothing else.
    pub fn preset(preset: Preset) -> Self {
        Self { preset: Some(preset), ..Self::default() }
    }

    /// Whether a rule runs, and with what severity.
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        let meant = |patterns: &[String]| patterns.iter().any(|it| is_meant(it, rule));
        if meant(&self.ignore) {
            return None;
        }
        let said = self.severity.iter().filter(|it| is_meant(it.0, rule)).max_by_key(|it| it.0.len());
        if let Some((_, severity)) = said {
            return Some(*severity);
        }
        if meant(&self.select) {
            return Some(rule.severity);
        }
        let on = (!rule.is(Mark::Off)).then_some(rule.severity);
        match self.preset.unwrap_or_default() {
            Preset::Recommended => on,
            Preset::Core => on.filter(|_| rule.is(Mark::Core)),
            Preset::Strict => Some(rule.severity.min(Severity::Warning)),
            Preset::Supabase if SUPABASE.contains(&rule.code) => Some(rule.severity),
            Preset::Supabase if rule.family() == "SEC" => on.map(|it| it.min(Severity::Warning)),
            Preset::Supabase => on,
            Preset::Rails => on.filter(|_| !RAILS.contains(&rule.code)),
            Preset::Legacy => on.filter(|it| *it == Severity::Error),
        }
    }

    /// An option of a rule.
    pub fn option(&self, code: &str, name: &str) -> Option<&serde_json::Value> {
        self.options.get(code)?.get(name)
    }

    /// Whether every finding is.
    pub(super) fn tells_all(&self) -> bool {
        self.allow.is_empty() && self.baseline.is_empty()
    }

    /// Whether a finding is to be told.
    pub fn tells(&self, finding: &Finding) -> bool {
        let allowed = |it: &Ignored| matches(&it.code, &finding.code) && matches(&it.place, &finding.place);
        !self.allow.iter().any(allowed)
            && (self.baseline.is_empty() || !self.baseline.contains(&finding.fingerprint()))
    }
}

/// Whether a code, name or pattern means a rule.
pub(super) fn is_meant(pattern: &str, rule: &Rule) -> bool {
    matches(pattern, rule.code) || matches(pattern, rule.name)
}

/// Whether a text is like a pattern, in which `*` stands for anything.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|it| text.strip_prefix(it)) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(before) = last.replace(part) {
            match rest.find(before) {
                Some(at) => rest = rest.get(at + before.len()..).unwrap_or_default(),
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |it| rest.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        assert!(matches("IDX*", "IDX001") && matches("*", "") && matches("a*b*c", "a-b-b-c"));
        assert!(!matches("IDX", "IDX001") && !matches("a*b", "a-c") && matches("orders.*", "orders.id"));
    }

    #[test]
    fn what_is_said_for_one_code_goes_before_what_is_said_for_many() {
        let text = r#"{"preset": "legacy", "select": ["DOC*"], "ignore": ["KEY001"],
            "severity": {"IDX*": "info", "IDX001": "error"}}"#;
        let config = Config::from_json(text).expect("valid");
        let of = |code: &str| config.severity_of(rules().find(|it| it.code == code).expect("a rule"));
        assert_eq!((of("IDX001"), of("IDX002")), (Some(Severity::Error), Some(Severity::Info)));
        assert_eq!((of("KEY001"), of("TYP001")), (None, None));
        assert!(of("DOC003").is_some());
    }

    #[test]
    fn names_that_no_rule_has_are_told() {
        let unknown = Config::from_json(r#"{"select": ["XYZ1"]}"#);
        assert_eq!(unknown, Err(ConfigError::Unknown("XYZ1".to_owned())));
        let unreasoned = Config::from_json(r#"{"allow": [{"code": "IDX001", "reason": " "}]}"#);
        assert_eq!(unreasoned, Err(ConfigError::NoReason("IDX001".to_owned())));
    }
}
