//! The steps of the work, and which one is on the screen. The address shows it, so the back button works.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A step of the work. Each works at any time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The brief beside what was found in it.
    #[default]
    Describe,
    /// Tables, relationships and conventions.
    Model,
    /// The picture.
    Diagram,
    /// The SQL.
    Sql,
    /// Does it run?
    Check,
    /// Link and files.
    Ship,
}

impl Step {
    /// In the order of the work.
    pub const ALL: [Self; 6] =
        [Self::Describe, Self::Model, Self::Diagram, Self::Sql, Self::Check, Self::Ship];

    /// Its name on the screen.
    pub fn name(self) -> String {
        match self {
            Self::Describe => say!("step-describe"),
            Self::Model => say!("step-model"),
            Self::Diagram => say!("step-diagram"),
            Self::Sql => say!("step-sql"),
            Self::Check => say!("step-check"),
            Self::Ship => say!("step-ship"),
        }
    }

    /// Its name in the address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Describe => "describe",
            Self::Model => "model",
            Self::Diagram => "diagram",
            Self::Sql => "sql",
            Self::Check => "check",
            Self::Ship => "ship",
        }
    }
}

/// Whether the page stands in another one: `?embed` shows the diagram of a link, to be read and not changed.
pub fn is_embedded() -> bool {
    let search = window().location().search().unwrap_or_default();
    search.trim_start_matches('?').split('&').any(|it| it == "embed" || it.starts_with("embed="))
}

/// Which step is on the screen.
#[derive(Clone, Copy)]
pub struct Navigation(RwSignal<Step>);

impl Navigation {
    /// Begins where the address says.
    pub fn new() -> Self {
        let this = Self(RwSignal::new(Step::default()));
        this.read_address();
        this
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The step on the screen.
    pub fn step(self) -> Signal<Step> {
        self.0.into()
    }

    /// Shows a step; the address stays.
    pub fn show(self, step: Step) {
        self.0.set(step);
    }

    /// Goes to a step; the address follows.
    pub fn go(self, step: Step) {
        // The address is the link, and there is one step to be seen.
        if is_embedded() {
            return;
        }
        // Setting the same step again would build its panel anew.
        if self.0.get_untracked() != step {
            self.0.set(step);
        }
        if window().location().hash().ok().as_deref() != Some(&format!("#{}", step.slug())) {
            // A browser that refuses (a sandboxed frame) only loses the back button.
            let _ = window().location().set_hash(step.slug());
        }
    }

    /// Follows the address, when it names a step.
    pub fn read_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        let named = Step::ALL.into_iter().find(|it| hash.strip_prefix('#') == Some(it.slug()));
        if let Some(step) = named
            && self.0.get_untracked() != step
        {
            self.0.set(step);
        }
    }
}
