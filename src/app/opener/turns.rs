//! What is asked for last is what is shown, whatever is ready first.

use leptos::prelude::*;

/// When something was asked for: later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn(u32);

/// The turns of all that opens designs.
#[derive(Clone, Copy)]
pub struct Turns {
    last: StoredValue<u32>,
    shown: StoredValue<Turn>,
}

impl Turns {
    /// Nothing was asked for.
    pub fn new() -> Self {
        Self { last: StoredValue::new(0), shown: StoredValue::new(Turn(0)) }
    }

    /// Somebody asks for something now.
    pub fn take(self) -> Turn {
        self.last.update_value(|it| *it += 1);
        Turn(self.last.get_value())
    }

    /// Whether something that was asked for later is shown already.
    pub fn is_past(self, turn: Turn) -> bool {
        turn < self.shown.get_value()
    }

    /// What was asked for at this turn is shown.
    pub fn show(self, turn: Turn) {
        self.shown.set_value(turn);
    }
}
