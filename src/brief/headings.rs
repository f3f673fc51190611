//! What the sections of a brief are about, by the words of their headings.

use crate::base::{Clip, lower};

/// What a section is about, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The domain: to be modelled.
    Domain,
    /// Words explained.
    Glossary,
    /// Who may do what.
    Access,
    /// Sizes and volumes.
    Scale,
    /// Not to be built, or not now.
    Out,
    /// About the document or the project.
    Meta,
    /// About the software's make, looks and measures, or the market: nothing that it speaks of is kept.
    Aside,
}

/// Headings' words and the role that they give a section, first match wins.
const ROLES: &[(Role, &str)] = &[
    (
        Role::Out,
        "out of scope|not in scope|out-of-scope|not now|later|future|won't|wont do|exclu|icebox|nice to have|\
         leave alone|not governed|parked|non-goal|non goal|not do|someday|not included|not part|dropped|\
         not planned|not covered|out of the scope|not to build|we don't|not in this|not here|next release|phase 2|\
         roadmap|deferred|coming soon|beyond the mvp|post-mvp|post mvp|stretch|done elsewhere|don't model|\
         do not model|not to model|ignore|noise|left out|leave out|not us|elsewhere",
    ),
    (
        Role::Scale,
        "sizing|size|volume|how big|how many|numbers|scale|figures|load|non-functional|nonfunctional|quantit|\
         in numbers",
    ),
    (Role::Access, "permission|access|who may|rights|security|roles and|who can"),
    (Role::Glossary, "glossary|abbreviation|terms|words we use|wording|definition|vocabulary|acronym"),
    (
        Role::Aside,
        "competit|value proposition|kpi|key result|tech stack|technical stack|tooling|deployment|infrastructure|\
         environment variable|folder structure|project structure|repository structure|file structure|endpoint|\
         timeline|schedule and milestones|next step|development phase|implementation|testing|test plan|\
         analytics and|monetization|monetisation|go-to-market|pricing strategy|business model|document history|\
         document control|document information|version history|changelog|change log|sign-off|design system|\
         design guideline|design principle|design token|design language|visual design|visual style|look and feel|\
         branding|brand guideline|typography|color palette|colour palette|color scheme|colour scheme|ui/ux|\
         ui design|ui requirement|ui element|ux |user interface|user experience|wireframe|mockup|accessibility|\
         responsive|open source|budget and",
    ),
    (
        Role::Meta,
        "purpose|background|goal|introduction|persona|about this|what this is|motivation|context|reference|\
         revision|success|problem|definition of done|dark corners|dashboards|reports|reporting|screens|layout|\
         why |technical|technolog|architecture|metric|milestone|risk|rollout|open question|vision|audience|\
         target user|target customer|market|objective|stakeholder|challenge|pain point",
    ),
];

/// The role that a heading's words give its section.
pub fn role_of(heading: &str) -> Role {
    let lower = lower(heading).replace('’', "'");
    if lower.split_whitespace().count() > 9 {
        return Role::Domain;
    }
    let found = ROLES.iter().find(|(_, words)| words.split('|').any(|it| has_word(&lower, it)));
    found.map_or(Role::Domain, |(role, _)| *role)
}

/// Whether `words` begin at a word's start in `text`.
fn has_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text.clip(..at).ends_with(|it: char| it.is_alphanumeric()))
}
