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
            (!words.is_empty())
                .then(|| if more == 0 { words } else { format!("{words} and {more} more places") })
        }
        Origin::Assumption { reason } if reason.is_empty() => {
            Some("Assumed: the text does not say it.".to_owned())
        }
        Origin::Assumption { reason } => Some(format!("Assumed: {}", sentence(reason))),
        Origin::Convention(kind) => Some(format!("By convention: {}.", convention_words(*kind))),
        Origin::Import { line } => Some(format!("Line {line} of the file.")),
        Origin::Model { model } => Some(format!("From an answer of {model}.")),
    }
}

/// What a convention gives.
pub fn convention_words(kind: ConventionKind) -> &'static str {
    match kind {
        ConventionKind::SurrogateKey => "surrogate key",
        ConventionKind::Timestamps => "times of creation and update",
        ConventionKind::Authorship => "who created and updated",
        ConventionKind::SoftDelete => "deletion by mark",
        ConventionKind::Tenancy => "tenants",
        ConventionKind::Version => "row version",
        ConventionKind::ForeignKeyIndex => "index on a foreign key",
        ConventionKind::ValueSet => "value set",
        ConventionKind::Meaning => "what the name promises",
    }
}

fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
