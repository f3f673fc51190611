//! The few icons, from Lucide (ISC), drawn where a word does not fit.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// Look for something.
    Search,
    /// Close.
    Close,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// Remove.
    Trash,
    /// A second one like it.
    Copy,
    /// What was.
    History,
    /// Ask for something.
    Talk,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Self::Undo => "M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 0 11H11",
            Self::Redo => "m15 14 5-5-5-5M20 9H9.5a5.5 5.5 0 0 0 0 11H13",
            Self::Search => "M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0M21 21l-4.3-4.3",
            Self::Close => "M18 6 6 18M6 6l12 12",
            Self::Sun => {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0M12 2v2M12 20v2M4.93 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2M20 \
                 12h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41"
            }
            Self::Moon => "M12 3a6 6 0 0 0 9 9 9 9 0 1 1-9-9Z",
            Self::Trash => {
                "M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"
            }
            Self::History => "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5M12 7v5l4 2",
            Self::Talk => "M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z",
            Self::Copy => {
                "M20 8H10a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2M4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 \
                 2-2h10a2 2 0 0 1 2 2"
            }
        }
    }
}

/// One icon, 16 px, in the colour of the text. It says nothing to screen readers: its button has a name.
#[component]
pub fn Icon(sign: Sign) -> impl IntoView {
    view! {
        <svg
            width="16"
            height="16"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=sign.path() />
        </svg>
    }
}
