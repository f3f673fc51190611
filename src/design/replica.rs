//! One design edited at several places at once: one place writes it down, the others ask it to.
//!
//! What the writer has written down has an order, and that order is the truth. Another place shows its own edits at once, asks
//! the writer for them, and lays them anew on whatever was written before them. Nothing here knows of tabs, channels or disks: [`Replica::hear`] is
//! given what was told and says what to do next. Places give identities of different [lanes](super::Lane), so that no edit needs others.

use serde::{Deserialize, Serialize};

use super::{Design, Edit, Refused};

/// What the places of a design tell each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// A place has opened the design, or missed something: where does the writer stand?
    Opened,
    /// So many edits are kept. What a place asked for and is not among them is to be asked for again.
    Kept {
        /// How many.
        count: u32,
    },
    /// A place asks for an edit of its own.
    Asked {
        /// The place.
        from: u32,
        /// The edit's number there.
        number: u32,
        /// The number of the oldest edit that the place still waits for.
        first: u32,
        /// The edit.
        edit: Edit,
    },
    /// An edit is kept.
    Done {
        /// It was the last of so many.
        count: u32,
        /// Whose it was.
        from: u32,
        /// Its number there.
        number: u32,
        /// The edit as it was done.
        edit: Edit,
    },
    /// An edit that was asked for cannot be done.
    Refused {
        /// Whose it was.
        from: u32,
        /// Its number there.
        number: u32,
        /// Why.
        why: String,
    },
    /// Edits cannot be kept.
    Failed {
        /// Why.
        why: String,
    },
}

/// How much was done to a design: kept together with it, in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// So many edits are kept.
    pub count: u32,
    /// The number of the last edit of each place that is among them.
    pub taken: Vec<(u32, u32)>,
}

impl Log {
    /// So many places are remembered; who comes back after that many others has long been answered.
    const PLACES: usize = 64;

    fn last_of(&self, place: u32) -> u32 {
        self.taken.iter().find(|it| it.0 == place).map_or(0, |it| it.1)
    }

    fn take(&mut self, place: u32, number: u32) {
        self.taken.retain(|it| it.0 != place);
        if self.taken.len() == Self::PLACES {
            self.taken.remove(0);
        }
        self.taken.push((place, number));
    }
}

/// What follows from something that was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// What it changed in the design here.
    pub shown: Edit,
    /// To be told to the others at once.
    pub replies: Vec<Told>,
    /// To be kept together with the log, and to be told once it is.
    pub done: Option<Told>,
    /// Edits of this place that could not be done: why.
    pub refused: Vec<String>,
    /// Something was missed: read the kept design and call [`Replica::begin_anew`].
    pub is_behind: bool,
}

/// An edit of this place that is not written down yet.
#[derive(Clone, Debug)]
struct Pending {
    number: u32,
    /// What was asked for.
    edit: Edit,
    /// What it does on top of what is before it; nothing where it does not fit.
    shown: Option<Edit>,
}

/// One place's part.
#[derive(Clone, Debug)]
pub struct Replica {
    me: u32,
    is_writer: bool,
    log: Log,
    pending: Vec<Pending>,
    last_number: u32,
}

impl Replica {
    /// A place with a number that no other ever has, at a design with this log.
    pub fn new(me: u32, is_writer: bool, log: Log) -> Self {
        Self { me, is_writer, log, pending: Vec::new(), last_number: 0 }
    }

    /// Whether this place writes the design down.
    pub fn is_writer(&self) -> bool {
        self.is_writer
    }

    /// What is to be kept beside the design.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Whether an edit of this place still waits to be written down elsewhere.
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// An edit was done here. Gives what to tell: the writer once it is kept, others at once.
    pub fn did(&mut self, edit: &Edit) -> Told {
        if self.is_writer {
            return self.written(self.me, 0, edit.clone());
        }
        self.last_number += 1;
        let number = self.last_number;
        self.pending.push(Pending { number, edit: edit.clone(), shown: Some(edit.clone()) });
        self.question(number, edit.clone())
    }

    /// What another place told.
    pub fn hear(&mut self, told: Told, design: &mut Design) -> Heard {
        let mut heard = Heard::default();
        if self.is_writer {
            self.hear_as_writer(told, design, &mut heard);
        } else {
            self.hear_as_follower(told, design, &mut heard);
        }
        heard
    }

    fn hear_as_writer(&mut self, told: Told, design: &mut Design, heard: &mut Heard) {
        match told {
            Told::Asked { from, number, first, edit } => {
                let next = first.max(self.log.last_of(from).saturating_add(1));
                if number > next {
                    heard.replies.push(Told::Kept { count: self.log.count });
                } else if number == next {
                    let mut here = edit.rebased(design);
                    let done = design.apply(&here).or_else(|refused| {
                        here = here.under_free_names(design);
                        design.apply(&here).map_err(|_| refused)
                    });
                    match done {
                        Ok(()) => {
                            heard.shown = here.clone();
                            heard.done = Some(self.written(from, number, here));
                        }
                        Err(refused) => {
                            self.log.take(from, number);
                            let why = refused.to_string();
                            heard.replies.push(Told::Refused { from, number, why });
                        }
                    }
                }
            }
            Told::Opened => heard.replies.push(Told::Kept { count: self.log.count }),
            // There is one writer, and this is it.
            Told::Kept { .. } | Told::Done { .. } | Told::Refused { .. } | Told::Failed { .. } => {}
        }
    }

    fn hear_as_follower(&mut self, told: Told, design: &mut Design, heard: &mut Heard) {
        match told {
            Told::Done { count, from, number, edit } => {
                if count <= self.log.count {
                    return;
                }
                if count > self.log.count + 1 {
                    heard.is_behind = true;
                    return;
                }
                let settled = (from == self.me).then_some(number);
                self.log.count = count;
                if let ([one], Some(_)) = (self.pending.as_slice(), settled)
                    && one.shown.as_ref() == Some(&edit)
                {
                    self.pending.clear();
                    return;
                }
                self.relay(design, Some(&edit), settled, heard);
            }
            Told::Refused { from, number, why } if from == self.me => {
                if self.pending.iter().any(|it| it.number == number) {
                    heard.refused.push(why);
                    self.relay(design, None, Some(number), heard);
                }
            }
            Told::Kept { count } if count == self.log.count => heard.replies = self.questions(),
            Told::Kept { .. } => heard.is_behind = true,
            Told::Opened | Told::Asked { .. } | Told::Refused { .. } | Told::Failed { .. } => {}
        }
    }

    /// Takes the waiting edits off, does `edit`, drops what is settled, and lays the rest on again.
    fn relay(&mut self, design: &mut Design, edit: Option<&Edit>, settled: Option<u32>, heard: &mut Heard) {
        let mut shown = Edit::default();
        for it in self.pending.iter_mut().rev() {
            if let Some(back) = it.shown.take().map(Edit::inverse) {
                if design.apply(&back).is_err() {
                    heard.is_behind = true;
                }
                shown = shown.then(back);
            }
        }
        if let Some(edit) = edit {
            if design.apply(edit).is_err() {
                heard.is_behind = true;
            }
            shown = shown.then(edit.clone());
        }
        self.pending.retain(|it| Some(it.number) != settled);
        for it in &mut self.pending {
            if let Ok(here) = laid(&it.edit, design) {
                shown = shown.then(here.clone());
                it.shown = Some(here);
            }
        }
        heard.shown = shown;
    }

    /// The kept design takes the place of `design`, with the edits that still wait laid upon it; as the writer, when this place has become
    /// it: then each of them is written down.
    pub fn begin_anew(&mut self, design: &mut Design, kept: Design, log: Log, is_writer: bool) -> Vec<Heard> {
        if !is_writer && log.count < self.log.count {
            // It was read before what was heard since.
            return vec![Heard { is_behind: true, ..Heard::default() }];
        }
        let before = std::mem::replace(design, kept);
        design.keep_to(before.lane());
        self.is_writer = is_writer;
        let taken = log.last_of(self.me);
        self.log = log;
        self.pending.retain(|it| it.number > taken);
        let mut all = Vec::new();
        if is_writer {
            for it in std::mem::take(&mut self.pending) {
                all.push(match laid(&it.edit, design) {
                    Ok(here) => {
                        Heard { done: Some(self.written(self.me, it.number, here)), ..Heard::default() }
                    }
                    Err(refused) => Heard { refused: vec![refused.to_string()], ..Heard::default() },
                });
            }
        } else {
            for it in &mut self.pending {
                it.shown = laid(&it.edit, design).ok();
            }
            all.push(Heard { replies: self.questions(), ..Heard::default() });
        }
        all.push(Heard { shown: Edit::between(&before, design), ..Heard::default() });
        all
    }

    fn written(&mut self, from: u32, number: u32, edit: Edit) -> Told {
        self.log.count = self.log.count.saturating_add(1);
        if number > 0 {
            self.log.take(from, number);
        }
        Told::Done { count: self.log.count, from, number, edit }
    }

    fn questions(&self) -> Vec<Told> {
        self.pending.iter().map(|it| self.question(it.number, it.edit.clone())).collect()
    }

    fn question(&self, number: u32, edit: Edit) -> Told {
        let first = self.pending.first().map_or(number, |it| it.number);
        Told::Asked { from: self.me, number, first, edit }
    }
}

/// Does an edit to a design in which other things have changed meanwhile, and gives what it did.
fn laid(edit: &Edit, design: &mut Design) -> Result<Edit, Refused> {
    let here = edit.rebased(design);
    design.apply(&here).map(|()| here)
}

#[cfg(test)]
mod tests;
