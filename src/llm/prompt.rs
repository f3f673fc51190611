//! A prompt: instructions, material between tags, and the turns that follow when an answer was in error.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::context::{Context, MOST_OF_REQUEST, beginning};
use super::fault::Fault;
use super::step::{RULES, Step};

/// So many bytes of its own answer a model is shown again.
const MOST_OF_ANSWER: usize = 30_000;

/// Everything that a model is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// What it is asked for.
    pub step: Step,
    /// The instructions, with the schema of the answer.
    pub system: String,
    /// The material; after that its answers and what was wrong with them.
    pub turns: Vec<Turn>,
    /// What was left out to keep it short, as phrases.
    pub left_out: Vec<String>,
}

/// Something said by one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// By whom.
    pub role: Role,
    /// What.
    pub text: String,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// This program, for a person.
    User,
    /// The model.
    Assistant,
}

impl Role {
    /// As all three formats call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

impl Prompt {
    /// What a model is told at a step.
    pub fn new(step: Step, context: &Context<'_>) -> Self {
        let system = format!(
            "{RULES}\n{}\nThe schema of the answer:\n{}",
            step.instructions(),
            step.schema_text().trim_end()
        );
        let (mut text, mut left_out) = (String::new(), Vec::new());
        let mut put = |tag: &str, inside: &str| {
            if !inside.trim().is_empty() {
                // What is inside cannot close the tag.
                let inside = inside.trim_end().replace("</", "< /");
                let _ = writeln!(text, "<{tag}>\n{inside}\n</{tag}>\n");
            }
        };
        put("conventions", &context.conventions());
        match step {
            Step::Entities => put("tables", &context.table_names()),
            Step::Relationships => {
                put("tables", &context.table_names());
                put("entities", &context.entities());
            }
            Step::Schema | Step::Change => {
                let shown = context.tables();
                put("design", &shown.text);
                left_out.push(shown.left_out);
            }
        }
        if step == Step::Change {
            put("request", beginning(context.request, MOST_OF_REQUEST));
        } else {
            let shown = context.brief();
            put("brief", &shown.text);
            left_out.push(shown.left_out);
        }
        left_out.retain(|it| !it.is_empty());
        Self { step, system, turns: vec![Turn { role: Role::User, text }], left_out }
    }

    /// The same once more, after an answer that had faults.
    #[must_use]
    pub fn repaired(&self, answer: &str, faults: &[Fault]) -> Self {
        let mut told = "The answer cannot be used:\n".to_owned();
        for fault in faults {
            let _ = writeln!(told, "- {fault}");
        }
        told.push_str("Give the whole answer again, as one JSON object, with these put right.");
        let mut again = self.clone();
        // Only the last answer: each is the whole of it.
        again.turns.truncate(1);
        again.turns.push(Turn { role: Role::Assistant, text: beginning(answer, MOST_OF_ANSWER).to_owned() });
        again.turns.push(Turn { role: Role::User, text: told });
        again
    }

    /// All of it as one text, to be copied or looked at.
    pub fn text(&self) -> String {
        let mut text = self.system.clone();
        for turn in &self.turns {
            let before = match turn.role {
                Role::User => "",
                Role::Assistant => "Your last answer:\n",
            };
            let _ = write!(text, "\n\n{before}{}", turn.text.trim_end());
        }
        text.push('\n');
        text
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.system.len() + self.turns.iter().map(|it| it.text.len()).sum::<usize>()
    }
}
