//! Tabs that edit one design, on a desk without a browser.

use std::collections::VecDeque;

use super::*;
use crate::design::{Lane, Table};
use crate::random;

/// A tab as the page has it: a design, its part, and what it was told and has not heard yet.
struct Tab {
    design: Design,
    replica: Replica,
    inbox: VecDeque<Told>,
}

/// Tabs, their channel and their disk.
struct Desk {
    disk: (Design, Log),
    tabs: Vec<Tab>,
    born: u32,
    refused: usize,
}

impl Desk {
    fn open(&mut self) {
        let is_writer = self.tabs.is_empty();
        self.born += 1;
        let (mut design, log) = self.disk.clone();
        design.keep_to(Lane::of(self.born as u8));
        let replica = Replica::new(self.born, is_writer, log);
        self.tabs.push(Tab { design, replica, inbox: VecDeque::new() });
        self.tell(self.tabs.len() - 1, Told::Opened);
    }

    fn tell(&mut self, from: usize, told: Told) {
        for (_, tab) in self.tabs.iter_mut().enumerate().filter(|it| it.0 != from) {
            tab.inbox.push_back(told.clone());
        }
    }

    /// What an edit or something heard leads to; the disk of this desk is quick.
    fn follow(&mut self, at: usize, heard: Heard) {
        self.refused += heard.refused.len();
        for reply in heard.replies {
            self.tell(at, reply);
        }
        if let Some(done) = heard.done {
            self.keep(at, done);
        }
        if heard.is_behind {
            self.read_again(at, false);
        }
    }

    fn keep(&mut self, at: usize, done: Told) {
        self.disk = (self.tabs[at].design.clone(), self.tabs[at].replica.log().clone());
        self.tell(at, done);
    }

    fn read_again(&mut self, at: usize, is_writer: bool) {
        let (design, log) = self.disk.clone();
        let tab = &mut self.tabs[at];
        for heard in tab.replica.begin_anew(&mut tab.design, design, log, is_writer) {
            self.follow(at, heard);
        }
        if is_writer {
            let count = self.tabs[at].replica.log().count;
            self.tell(at, Told::Kept { count });
        }
    }

    fn edit(&mut self, at: usize, edit: Edit) {
        let tab = &mut self.tabs[at];
        if edit.is_empty() || tab.design.apply(&edit).is_err() {
            return;
        }
        match tab.replica.did(&edit) {
            done @ Told::Done { .. } => self.keep(at, done),
            asked => self.tell(at, asked),
        }
    }

    fn hear(&mut self, at: usize) {
        let tab = &mut self.tabs[at];
        let Some(told) = tab.inbox.pop_front() else { return };
        let heard = tab.replica.hear(told, &mut tab.design);
        self.follow(at, heard);
    }

    fn close(&mut self, at: usize) {
        let closed = self.tabs.remove(at);
        if closed.replica.is_writer() && !self.tabs.is_empty() {
            self.read_again(0, true);
        }
    }

    fn settle(&mut self) {
        while let Some(at) = self.tabs.iter().position(|it| !it.inbox.is_empty()) {
            self.hear(at);
        }
    }
}

fn desk(tabs: usize, seed: u64) -> Desk {
    let design = random::design(seed, &random::Options { tables: 4, ..random::Options::default() });
    let mut desk = Desk { disk: (design, Log::default()), tabs: Vec::new(), born: 0, refused: 0 };
    (0..tabs).for_each(|_| desk.open());
    desk.settle();
    desk
}

fn table(design: &Design, name: &str) -> Edit {
    Edit::adding([Table { id: design.ids().take(), name: name.into(), ..Table::default() }])
}

#[test]
fn edits_at_the_same_instant_are_all_kept() {
    let mut desk = desk(3, 1);
    let before = desk.disk.0.tables().len();
    for at in 0..3 {
        let name = format!("table_of_{at}");
        let edit = table(&desk.tabs[at].design, &name);
        desk.edit(at, edit);
    }
    desk.settle();
    assert_eq!((desk.disk.0.tables().len(), desk.refused), (before + 3, 0));
    for tab in &desk.tabs {
        assert_eq!(tab.design, desk.disk.0);
        assert!(!tab.replica.is_waiting());
    }
}

#[test]
fn two_tables_of_one_name_both_stay_and_the_later_gets_a_number() {
    let mut desk = desk(2, 1);
    for at in 0..2 {
        let edit = table(&desk.tabs[at].design, "same");
        desk.edit(at, edit);
    }
    desk.settle();
    let is_there = |name: &str| desk.disk.0.table_named(None, name).is_some();
    assert!(is_there("same") && is_there("same_2"));
    assert_eq!((desk.tabs[1].design == desk.disk.0, desk.refused), (true, 0));
}

#[test]
fn an_edit_that_does_not_fit_beside_another_is_taken_back_and_told() {
    let mut desk = desk(2, 1);
    let ids: Vec<_> = desk.disk.0.tables().map(|it| it.id).take(2).collect();
    for (at, id) in ids.into_iter().enumerate() {
        let design = &desk.tabs[at].design;
        let named = Table { name: "same".into(), ..design.table(id).expect("there").clone() };
        let edit = Edit::default().put(design, named);
        desk.edit(at, edit);
    }
    desk.settle();
    assert_eq!(desk.refused, 1);
    assert_eq!(desk.tabs[1].design, desk.disk.0);
}

#[test]
fn an_edit_that_nobody_wrote_down_outlives_the_writer() {
    let mut desk = desk(3, 1);
    let before = desk.disk.0.tables().len();
    let edit = table(&desk.tabs[2].design, "late");
    desk.edit(2, edit);
    // The writer dies with the question unheard.
    desk.close(0);
    desk.settle();
    assert_eq!(desk.disk.0.tables().len(), before + 1);
}

/// Tabs that open, close, edit and hear in any order end with one design, which is valid, and each edit was kept or refused.
#[test]
fn chance_never_parts_the_tabs_from_the_disk() {
    let seeds = 0..60_u64;
    for seed in seeds {
        let mut desk = desk(3, seed);
        let mut chance = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut below = |most: usize| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            (chance % most as u64) as usize
        };
        for step in 0..120_u64 {
            let at = below(desk.tabs.len());
            match below(20) {
                0 if desk.tabs.len() > 1 => desk.close(at),
                1 if desk.tabs.len() < 5 => desk.open(),
                2..8 => {
                    let edit = random::edit(&desk.tabs[at].design, seed * 1000 + step);
                    desk.edit(at, edit);
                }
                _ => desk.hear(at),
            }
        }
        desk.settle();
        assert_eq!(desk.disk.0.violations(), Vec::new(), "seed {seed}");
        for tab in &desk.tabs {
            assert_eq!(tab.design, desk.disk.0, "seed {seed}");
            assert!(!tab.replica.is_waiting(), "seed {seed}");
        }
    }
}
