//! What is drawn follows what is in view a little with each frame, so that no frame waits for hundreds of cards.

use crate::design::{ForeignKeyId, TableId};
use crate::layout::card::Detail;

/// How much a frame draws and takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As little as lets a gesture go on smoothly.
    Moving,
    /// Nothing moves: each frame paints everything anew, so the fewer there are, the sooner all is there; and a hand that comes in the
    /// meantime waits for one.
    Resting,
}

impl Pace {
    /// How much drawing one frame takes beside what is `drawn`, in lines of a fifth. Source: measured without a GPU, 3 to 5 ms in a
    /// gesture, 30 to 50 at rest. There it grows with what each frame paints anyway, to three times as much, or the last of thousands
    /// would come after dozens of slow frames.
    fn make(self, drawn: usize) -> usize {
        match self {
            Self::Moving => 160,
            Self::Resting => (1600 + 3 * drawn).min(4800),
        }
    }

    /// Things that one frame takes away; that costs less than making them.
    fn take(self) -> usize {
        match self {
            Self::Moving => 240,
            Self::Resting => 2400,
        }
    }
}

/// What a card costs, at each level of detail.
fn cost(detail: Detail) -> usize {
    match detail {
        Detail::Boxes => 5,
        Detail::Titles => 12,
        Detail::Full => 24,
    }
}

/// What a line costs.
const LINE: usize = 5;

/// What is drawn: each thing at a level of detail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Tables, in the order in which they came.
    pub tables: Vec<(TableId, Detail)>,
    /// Relationships.
    pub lines: Vec<(ForeignKeyId, Detail)>,
}

impl Shown {
    /// One frame's worth of steps towards showing exactly these, the first ones first.
    ///
    /// `detail` is the level at rest, `passing` that of this moment, mostly another one in the middle of a zoom: then what is drawn
    /// stays as it is, and what comes in is drawn at the cheaper of the two.
    pub fn step(
        &mut self,
        tables: &[TableId],
        lines: &[ForeignKeyId],
        detail: Detail,
        passing: Detail,
        pace: Pace,
    ) -> Step {
        let mut budget = Budget { make: pace.make(self.tables.len() + self.lines.len()), take: pace.take() };
        let new = if cost(passing) < cost(detail) { passing } else { detail };
        let levels = Levels { kept: [detail, passing], new };
        let cards = budget.bring(&mut self.tables, tables, levels, cost(new));
        let lines = budget.bring(&mut self.lines, lines, levels, LINE);
        Step { waits: cards.waits || lines.waits, changes: cards.changes || lines.changes }
    }
}

/// What one frame's worth of steps has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether more is to do.
    pub waits: bool,
    /// Whether something came or went.
    pub changes: bool,
}

/// At which levels things are left as they are, and at which new ones are made.
#[derive(Clone, Copy)]
struct Levels {
    kept: [Detail; 2],
    new: Detail,
}

struct Budget {
    make: usize,
    take: usize,
}

impl Budget {
    /// Takes away what is not wanted, then makes what is, one at least, as far as there is budget.
    fn bring<T: Copy + Ord>(
        &mut self,
        shown: &mut Vec<(T, Detail)>,
        wanted: &[T],
        levels: Levels,
        cost: usize,
    ) -> Step {
        let drawn = shown.len();
        let mut places: Vec<(T, usize)> = wanted.iter().enumerate().map(|(at, it)| (*it, at)).collect();
        places.sort_unstable();
        let place = |it: &T| places.binary_search_by(|other| other.0.cmp(it)).ok().map(|at| places[at].1);
        let mut is_there = vec![false; wanted.len()];
        let mut waits = false;
        shown.retain(|(it, level)| match place(it) {
            Some(at) if levels.kept.contains(level) => {
                is_there[at] = true;
                true
            }
            Some(_) => true,
            None if self.take > 0 => {
                self.take -= 1;
                false
            }
            None => {
                waits = true;
                true
            }
        });
        let missing = wanted.iter().zip(&is_there).filter(|(_, there)| !**there).map(|(it, _)| *it);
        let mut made: Vec<T> = Vec::new();
        for it in missing {
            if self.make < cost && !made.is_empty() {
                waits = true;
                break;
            }
            self.make = self.make.saturating_sub(cost);
            made.push(it);
        }
        let changes = shown.len() < drawn || !made.is_empty();
        // One that is drawn at another level of detail is made anew.
        let mut sorted = made.clone();
        sorted.sort_unstable();
        shown.retain(|(it, _)| sorted.binary_search(it).is_err());
        shown.extend(made.into_iter().map(|it| (it, levels.new)));
        Step { waits, changes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(range: std::ops::Range<u32>) -> Vec<TableId> {
        range.map(TableId).collect()
    }

    fn settle(shown: &mut Shown, tables: &[TableId], detail: Detail) -> usize {
        let mut frames = 1;
        while shown.step(tables, &[], detail, detail, Pace::Moving).waits {
            frames += 1;
            assert!(frames < 1000, "never settles");
        }
        frames
    }

    #[test]
    fn few_are_there_at_once_and_many_come_frame_by_frame() {
        let mut shown = Shown::default();
        let in_one = Pace::Moving.make(0) / cost(Detail::Full);
        assert_eq!(settle(&mut shown, &ids(0..in_one as u32), Detail::Full), 1);
        let frames = settle(&mut shown, &ids(0..400), Detail::Full);
        assert!((300 / in_one..500 / in_one).contains(&frames), "{frames}");
        assert_eq!(shown.tables.len(), 400);
        shown.step(&[], &[], Detail::Full, Detail::Full, Pace::Resting);
        assert!(shown.tables.is_empty(), "at rest in one");
    }

    #[test]
    fn thousands_come_in_few_frames_at_rest() {
        let (mut shown, mut frames) = (Shown::default(), 1);
        let all = ids(0..5000);
        while shown.step(&all, &[], Detail::Boxes, Detail::Boxes, Pace::Resting).waits {
            frames += 1;
        }
        assert!(frames < 8, "{frames}");
        assert_eq!(shown.tables.len(), 5000);
    }

    #[test]
    fn in_the_middle_of_a_zoom_what_is_drawn_stays_and_what_comes_is_cheap() {
        let mut shown = Shown::default();
        settle(&mut shown, &ids(0..8), Detail::Full);
        while shown.step(&ids(0..60), &[], Detail::Full, Detail::Boxes, Pace::Moving).waits {}
        let of = |level| shown.tables.iter().filter(|it| it.1 == level).count();
        assert_eq!((of(Detail::Full), of(Detail::Boxes)), (8, 52));
        while shown.step(&ids(0..60), &[], Detail::Boxes, Detail::Full, Pace::Moving).waits {}
        assert_eq!(shown.tables.len(), 60, "and stays on the way back");
        settle(&mut shown, &ids(0..60), Detail::Boxes);
        assert!(shown.tables.iter().all(|it| it.1 == Detail::Boxes));
    }

    #[test]
    fn what_left_the_view_goes_and_another_level_is_drawn_anew() {
        let mut shown = Shown::default();
        settle(&mut shown, &ids(0..300), Detail::Titles);
        settle(&mut shown, &ids(250..310), Detail::Full);
        let mut drawn = shown.tables.clone();
        drawn.sort();
        let wanted: Vec<_> = ids(250..310).into_iter().map(|it| (it, Detail::Full)).collect();
        assert_eq!(drawn, wanted);
        settle(&mut shown, &[], Detail::Full);
        assert!(shown.tables.is_empty());
    }
}
