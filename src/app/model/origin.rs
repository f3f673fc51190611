//! Where a thing came from, in words.

use relata::design::{ConventionKind, Design, Origin};

/// Why something is there, as a sentence; nothing for what a person made.
pub fn origin_words(design: &Design, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Hand => None,
        Origin::Brief { brief, spans } => {
            let text = design.brief(*brief).map_or("", |it| it.text.as_str());
            let mut quoted: Vec<String> = Vec::new();
            for span in spans {
                let words = format!("“{}”", span.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
                if words.chars().count() > 2 && !quoted.contains(&words) {
                    quoted.push(words);
                }
            }
            let more = quoted.len().saturating_sub(3);
            quoted.truncate(3);
            let words = quoted.join(", ");
            (!words.is_empty()).then(|| {
                if more == 0 { words } else { say!("origin-more-places", words = words, count = more) }
            })
        }
        Origin::Assumption { reason } if reason.is_empty() => Some(say!("page-assumed-note")),
        Origin::Assumption { reason } => {
            Some(say!("origin-assumed", reason = format!("{}.", reason.trim().trim_end_matches('.'))))
        }
        Origin::Convention(kind) => Some(say!("origin-convention", what = convention_words(*kind))),
        Origin::Import { line } => Some(say!("origin-line", line = line.to_string())),
        Origin::Model { model } => Some(say!("origin-model", model = model)),
        Origin::Given => Some(say!("origin-given")),
    }
}

/// What a convention gives.
pub fn convention_words(kind: ConventionKind) -> String {
    match kind {
        ConventionKind::SurrogateKey => say!("convention-key"),
        ConventionKind::Timestamps => say!("convention-timestamps"),
        ConventionKind::Authorship => say!("convention-authorship"),
        ConventionKind::SoftDelete => say!("convention-soft-delete"),
        ConventionKind::Tenancy => say!("convention-tenancy"),
        ConventionKind::Version => say!("convention-version"),
        ConventionKind::ForeignKeyIndex => say!("convention-index"),
        ConventionKind::ValueSet => say!("convention-values"),
        ConventionKind::Meaning => say!("convention-meaning"),
    }
}
