//! Names and sentences, ordinary and awkward ones.

use std::collections::BTreeSet;

use super::dice::Dice;
use crate::pg::MAX_NAME_BYTES;

const WORDS: [&str; 40] = [
    "account",
    "address",
    "amount",
    "area",
    "attachment",
    "board",
    "body",
    "booking",
    "budget",
    "category",
    "channel",
    "city",
    "comment",
    "contract",
    "country",
    "customer",
    "delivery",
    "device",
    "document",
    "email",
    "event",
    "group_id",
    "invoice",
    "item",
    "label",
    "member",
    "message",
    "note",
    "offer",
    "organization",
    "payment",
    "price",
    "product",
    "project",
    "rating",
    "role",
    "shipment",
    "status",
    "task",
    "title",
];

/// Names that need quotes, or that a careless writer gets wrong.
const AWKWARD: [&str; 22] = [
    "user",
    "order",
    "group",
    "select",
    "table",
    "default",
    "Mixed Case",
    "CamelCase",
    "with \"quotes\"",
    "it's",
    "größe",
    "名前",
    "a.b",
    "semi;colon",
    "dollar$1",
    "-- dash",
    "back\\slash",
    "1st",
    "$$",
    "timestamp",
    "/*",
    "%s",
];

const SENTENCES: [&str; 6] = [
    "What it is, in a sentence.",
    "It's \"quoted\" and 'quoted' again",
    "Two\nlines; with $$ in them",
    "back\\slash, 100 % ünïcode ✓",
    "-- no comment",
    "/* neither */",
];

/// Gives each name once.
#[derive(Clone, Debug)]
pub struct Words {
    used: BTreeSet<String>,
    awkward: bool,
}

impl Words {
    /// Nothing given yet; with `awkward`, names that need quotes are given too.
    pub fn new(awkward: bool) -> Self {
        Self { used: BTreeSet::new(), awkward }
    }

    /// A new name.
    pub fn name(&mut self, dice: &mut Dice) -> String {
        let base = if self.awkward && dice.chance(12) {
            if dice.chance(20) { long_name(dice) } else { dice.one(&AWKWARD).to_owned() }
        } else {
            let first = dice.one(&WORDS);
            if dice.chance(40) { format!("{first}_{}", dice.one(&WORDS)) } else { first.to_owned() }
        };
        self.unique(&base)
    }

    /// The name made of parts, made new by a number when it is taken.
    pub fn derived(&mut self, parts: &[&str]) -> String {
        self.unique(&parts.join("_"))
    }

    fn unique(&mut self, base: &str) -> String {
        let mut name = cut(base, MAX_NAME_BYTES).to_owned();
        for number in 2_u32.. {
            if self.used.insert(name.clone()) {
                break;
            }
            let end = format!("_{number}");
            name = cut(base, MAX_NAME_BYTES - end.len()).to_owned() + &end;
        }
        name
    }
}

/// A comment.
pub fn sentence(dice: &mut Dice) -> String {
    dice.one(&SENTENCES).to_owned()
}

fn long_name(dice: &mut Dice) -> String {
    let letter = dice.one(&["x", "long_", "ö"]);
    cut(&letter.repeat(MAX_NAME_BYTES), MAX_NAME_BYTES).to_owned()
}

/// The longest beginning of at most `bytes` bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
    &text[..end]
}
