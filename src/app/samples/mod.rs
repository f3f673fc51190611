//! Briefs of our own, to begin with.

/// A brief to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A tracker of tasks.
    Tasks,
    /// A repair café.
    Repairs,
    /// An installer of solar systems.
    Solar,
}

impl Sample {
    /// From three fields.
    pub const ALL: [Self; 3] = [Self::Tasks, Self::Repairs, Self::Solar];

    /// What the product is.
    pub fn title(self) -> String {
        match self {
            Self::Tasks => say!("sample-tasks"),
            Self::Repairs => say!("sample-repairs"),
            Self::Solar => say!("sample-solar"),
        }
    }

    /// What is to be seen in it.
    pub fn about(self) -> String {
        match self {
            Self::Tasks => say!("sample-tasks-about"),
            Self::Repairs => say!("sample-repairs-about"),
            Self::Solar => say!("sample-solar-about"),
        }
    }

    /// Its text, in English: the reader's language.
    pub fn text(self) -> &'static str {
        match self {
            Self::Tasks => include_str!("agency-tasks.md"),
            Self::Repairs => include_str!("repair-cafe.md"),
            Self::Solar => include_str!("solar-installer.md"),
        }
    }
}
