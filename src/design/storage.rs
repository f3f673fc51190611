//! How a column's values are kept.

use serde::{Deserialize, Serialize};

/// `STORAGE` of a column (PostgreSQL manual, "TOAST").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StorageMode {
    /// `PLAIN`: in the row, as it is.
    Plain,
    /// `EXTERNAL`: beside the row where it is long, never compressed.
    External,
    /// `EXTENDED`: compressed, then beside the row.
    Extended,
    /// `MAIN`: compressed; beside the row only where nothing else helps.
    Main,
}

impl StorageMode {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::External => "external",
            Self::Extended => "extended",
            Self::Main => "main",
        }
    }

    /// The mode that a word names, in any case; `DEFAULT` names none.
    pub fn of(word: &str) -> Option<Self> {
        let all = [Self::Plain, Self::External, Self::Extended, Self::Main];
        all.into_iter().find(|it| it.word().eq_ignore_ascii_case(word))
    }
}

/// `COMPRESSION` of a column (PostgreSQL manual, "CREATE TABLE").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CompressionMethod {
    /// PostgreSQL's own.
    Pglz,
    /// LZ4, where the server was built with it.
    Lz4,
}

impl CompressionMethod {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pglz => "pglz",
            Self::Lz4 => "lz4",
        }
    }

    /// The method that a word names, in any case; `DEFAULT` names none.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Pglz, Self::Lz4].into_iter().find(|it| it.word().eq_ignore_ascii_case(word))
    }
}
