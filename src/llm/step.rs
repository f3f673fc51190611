//! What a model can be asked for: each step with its prompt and the schema of its answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A step of the way from a brief to a schema, or a change of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The entities of the brief, with their attributes.
    Entities,
    /// How they relate.
    Relationships,
    /// What the brief calls for and the design does not hold yet.
    Schema,
    /// A change asked for in words.
    Change,
}

impl Step {
    /// All of them, in the order in which they are taken.
    pub const ALL: [Self; 4] = [Self::Entities, Self::Relationships, Self::Schema, Self::Change];

    /// Its name, as files and the command know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Relationships => "relationships",
            Self::Schema => "schema",
            Self::Change => "change",
        }
    }

    /// What the model is told to do; the first line names the version.
    pub(super) fn instructions(self) -> &'static str {
        match self {
            Self::Entities => include_str!("prompts/entities.md"),
            Self::Relationships => include_str!("prompts/relationships.md"),
            Self::Schema => include_str!("prompts/schema.md"),
            Self::Change => include_str!("prompts/change.md"),
        }
    }

    /// The JSON schema that its answer has to fit, as text.
    pub fn schema_text(self) -> &'static str {
        match self {
            Self::Entities => include_str!("prompts/entities.json"),
            Self::Relationships => include_str!("prompts/relationships.json"),
            Self::Schema | Self::Change => include_str!("prompts/change.json"),
        }
    }

    /// The same as JSON.
    pub fn schema(self) -> Value {
        serde_json::from_str(self.schema_text())
            .expect("the schemas of this folder are JSON, as a test holds")
    }
}

/// What holds for every step.
pub(super) const RULES: &str = include_str!("prompts/rules.md");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_tells_its_version_and_every_schema_is_strict() {
        fn strict(schema: &Value) {
            if schema["type"] == "object" {
                assert_eq!(schema["additionalProperties"], false);
                let required: Vec<&str> =
                    schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                let properties = schema["properties"].as_object().unwrap();
                assert_eq!(required, properties.keys().collect::<Vec<_>>());
                properties.values().for_each(strict);
            } else if !schema["items"].is_null() {
                assert!(schema["maxItems"].is_u64());
                strict(&schema["items"]);
            } else if schema["type"] == "string" && schema["enum"].is_null() {
                assert!(schema["maxLength"].is_u64());
            }
        }
        for step in Step::ALL {
            let heading = format!("# {}, version ", step.name());
            assert!(step.instructions().starts_with(&heading), "{step:?}");
            strict(&step.schema());
        }
    }
}
