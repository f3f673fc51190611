//! What a rule is: a name, a page and a check.

use super::script::Steps;
use super::{Cx, Known, Safety, Severity, TableView};

/// One rule. Its page is the doc comment that it is declared with.
pub struct Rule {
    /// Family and number: `IDX001`.
    pub code: &'static str,
    /// The flaw: `unindexed-foreign-key`.
    pub name: &'static str,
    /// How much it matters unless configured otherwise.
    pub severity: Severity,
    /// What else is to be known about it.
    pub marks: &'static [Mark],
    /// What it does, why, examples and options, as Markdown.
    pub page: &'static str,
    /// How it looks.
    pub check: Check,
}

/// What else is to be known about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Among those that matter most.
    Core,
    /// Runs only when it is selected by name.
    Off,
    /// Most findings come with a fix that may be applied without being looked at.
    Safe,
    /// Most findings come with a fix that a person should look at.
    Unsafe,
}

/// What a rule reads, and with what function.
pub enum Check {
    /// A table, what it refers to and what refers to it.
    Table(fn(&mut Cx<'_>, &TableView<'_>)),
    /// The same and these parts of what is known of the whole design ([`Globals`](super::Globals)).
    Named(fn(&mut Cx<'_>, &TableView<'_>), &'static [Known]),
    /// Anything, but only records of these kinds decide.
    Design(fn(&mut Cx<'_>), &'static [Reads]),
    /// The statements of scripts.
    Script(fn(&mut Steps<'_>)),
}

/// A kind of record that a rule about the whole design reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Tables with all that belongs to them.
    Tables,
    /// Enumerated types, domains, composite types, ranges and sequences.
    Types,
    /// Views.
    Views,
    /// Functions.
    Functions,
    /// Extensions and SQL schemas.
    Extensions,
    /// Statements kept as written, privileges among them.
    Verbatims,
    /// Queries and load.
    Use,
}

impl Rule {
    /// Whether it has a mark.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// The three letters of its family.
    pub fn family(&self) -> &'static str {
        self.code.get(..3).unwrap_or(self.code)
    }

    /// Whether most of its findings come with a fix, and of which kind.
    pub fn fix(&self) -> Option<Safety> {
        let safe = self.is(Mark::Safe).then_some(Safety::Safe);
        safe.or_else(|| self.is(Mark::Unsafe).then_some(Safety::Unsafe))
    }

    /// The first sentence of its page.
    pub fn summary(&self) -> &'static str {
        self.page.trim().lines().next().unwrap_or_default().trim()
    }

    /// Its page without the examples' fences told apart: Markdown, one leading space of doc comments removed.
    pub fn markdown(&self) -> String {
        let line = |it: &'static str| it.strip_prefix(' ').unwrap_or(it);
        self.page.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The examples under a heading, `Fails` or `Passes`, with whether PostgreSQL takes each.
    pub fn examples(&self, heading: &str) -> Vec<(String, bool)> {
        let mut found: Vec<(String, bool)> = Vec::new();
        let (mut under, mut open) = (false, false);
        for line in self.markdown().lines() {
            if let Some(title) = line.strip_prefix("## ") {
                under = title == heading;
            } else if let Some(fence) = line.strip_prefix("```").filter(|_| under) {
                open = !open;
                if open {
                    found.push((String::new(), fence != "sql invalid"));
                }
            } else if let Some(last) = found.last_mut().filter(|_| under && open) {
                last.0.push_str(line);
                last.0.push('\n');
            }
        }
        found
    }
}

/// Declares a rule: its doc comment is its page.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        $code:ident $name:literal $severity:ident [$($mark:ident)*] $scope:ident($($check:tt)+)
    ) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: stringify!($code),
            name: $name,
            severity: $crate::lint::Severity::$severity,
            marks: &[$($crate::lint::Mark::$mark),*],
            page: concat!($($doc, "\n"),+),
            check: $crate::lint::Check::$scope($($check)+),
        };
    };
}

pub(crate) use rule;
