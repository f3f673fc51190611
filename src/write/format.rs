//! The texts for other tools that a design can be written as.

use serde::{Deserialize, Serialize};

use super::dictionary::{dictionary_html, dictionary_markdown};
use super::mermaid::mermaid;
use super::plantuml::plantuml;
use super::{DbmlOptions, dbml};
use crate::design::Design;

/// For what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The language of dbdiagram.io.
    Dbml,
    /// Mermaid's entity relationship diagram.
    Mermaid,
    /// PlantUML's entity relationship diagram.
    PlantUml,
    /// The data dictionary as Markdown.
    Dictionary,
    /// The data dictionary as one HTML page.
    DictionaryHtml,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Dbml, Self::Mermaid, Self::PlantUml, Self::Dictionary, Self::DictionaryHtml];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dbml => "DBML",
            Self::Mermaid => "Mermaid",
            Self::PlantUml => "PlantUML",
            Self::Dictionary => "Markdown",
            Self::DictionaryHtml => "HTML",
        }
    }

    /// How the names of such files end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Dbml => "dbml",
            Self::Mermaid => "mmd",
            Self::PlantUml => "puml",
            Self::Dictionary => "md",
            Self::DictionaryHtml => "html",
        }
    }

    /// Writes a design; gives the text, and what the format has no words for, where it is read back as a schema.
    pub fn write(self, design: &Design) -> (String, Vec<String>) {
        match self {
            Self::Dbml => {
                let written = dbml(design, DbmlOptions::default());
                (written.text, written.lost)
            }
            Self::Mermaid => (mermaid(design), Vec::new()),
            Self::PlantUml => (plantuml(design), Vec::new()),
            Self::Dictionary => (dictionary_markdown(design), Vec::new()),
            Self::DictionaryHtml => (dictionary_html(design), Vec::new()),
        }
    }
}
