//! Designs through links, and links that no one wrote.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;

/// A design of every record there is, as a file.
const EVERYTHING: &str = include_str!("../../tests/data/design/v1.relata.json");

fn everything() -> Design {
    Design::from_json(EVERYTHING).expect("the sample is a design")
}

/// Holds two designs to be equal but for their identities, which must map one to one, and what a link leaves behind.
#[track_caller]
fn assert_same(old: &Design, new: &Design) {
    let json = |it: &Design| serde_json::from_str::<Value>(&it.to_json()).unwrap();
    let (mut old, mut new) = (json(old), json(new));
    for it in [&mut old, &mut new] {
        it.as_object_mut().unwrap().retain(|key, _| key != "next_id" && key != "snapshots");
        if let Some(placements) = it.get_mut("placements").and_then(Value::as_array_mut) {
            placements.sort_by_key(|it| it["table"].as_u64());
        }
    }
    let mut identities = Identities::default();
    identities.compare("", &old, &new);
}

#[derive(Default)]
struct Identities {
    new: BTreeMap<u64, u64>,
    old: BTreeMap<u64, u64>,
}

impl Identities {
    const FIELDS: &[&str] = &[
        "id",
        "namespace",
        "columns",
        "references",
        "ref_columns",
        "set_columns",
        "include",
        "table",
        "tables",
        "needs",
        "reads",
        "about",
        "owned_by",
        "brief",
        "enum",
        "domain",
        "composite",
        "range",
        "row",
        "column",
        "index",
        "constraint",
        "function",
        "story",
        "inherits",
        "update_of",
    ];

    #[track_caller]
    fn compare(&mut self, field: &str, old: &Value, new: &Value) {
        match (old, new) {
            (Value::Object(a), Value::Object(b)) => {
                let (mut old_keys, mut new_keys): (Vec<_>, Vec<_>) = (a.keys().collect(), b.keys().collect());
                old_keys.sort();
                new_keys.sort();
                assert_eq!(old_keys, new_keys, "in {field}: {old}\n{new}");
                for (key, it) in a {
                    self.compare(key, it, &b[key]);
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                assert_eq!(a.len(), b.len(), "in {field}: {old}\n{new}");
                a.iter().zip(b).for_each(|(a, b)| self.compare(field, a, b));
            }
            (Value::Number(a), Value::Number(b)) if Self::FIELDS.contains(&field) => {
                let (a, b) = (a.as_u64().unwrap(), b.as_u64().unwrap());
                assert_eq!(*self.new.entry(a).or_insert(b), b, "in {field}: {a} became {b}");
                assert_eq!(*self.old.entry(b).or_insert(a), a, "in {field}: {a} became {b}");
            }
            // The lines of an imported file stay behind.
            (Value::Number(_), Value::Number(_)) if field == "line" => {}
            (a, b) => assert_eq!(a, b, "in {field}"),
        }
    }
}

fn link(design: &Design) -> String {
    encode(design, &Options::default()).unwrap().fragment
}

#[test]
fn a_design_of_everything_comes_back() {
    let design = everything();
    let opened = decode(&link(&design)).unwrap();
    assert_same(&design, &opened);
    // Once renumbered, identities stay.
    assert_eq!(decode(&link(&opened)).unwrap(), opened);
}

#[test]
fn an_empty_design_comes_back() {
    assert_eq!(decode(&link(&Design::new())), Ok(Design::new()));
}

#[test]
fn what_options_leave_out_is_gone_and_all_else_is_there() {
    let design = everything();
    let options = Options { leave_out_comments: true, leave_out_briefs: true, leave_out_statements: true };
    let link = encode(&design, &options).unwrap();
    let opened = decode(&link.fragment).unwrap();
    assert!(!opened.to_json().contains("\"comment\""));
    assert_eq!((opened.briefs().len(), opened.verbatims().len()), (0, 0));
    assert_eq!(opened.tables().len(), design.tables().len());
    assert!(link.fragment.len() < encode(&design, &Options::default()).unwrap().fragment.len());
}

#[test]
fn a_link_is_found_in_an_address() {
    let link = link(&everything());
    let opened = decode(&link);
    assert!(opened.is_ok());
    assert_eq!(decode(&format!("https://example.org/relata/?x=1{link}\n")), opened);
    assert_eq!(decode(&link[1..]), opened);
}

#[test]
fn what_is_no_link_says_so() {
    assert_eq!(decode("https://example.org/"), Err(LinkError::NotALink));
    assert_eq!(decode("#d="), Err(LinkError::Damaged));
    assert_eq!(decode("#d=zAAAA"), Err(LinkError::UnknownVersion('z')));
    assert_eq!(decode("#d=1AAAA"), Err(LinkError::Damaged));
    let long = format!("#d=1{}", "A".repeat(MOST_CHARACTERS + 1));
    assert_eq!(decode(&long), Err(LinkError::TooLong));
}

#[test]
fn a_damaged_link_is_noticed() {
    let link = link(&everything());
    for at in (PREFIX.len() + 1)..link.len() {
        let mut letters = link.clone().into_bytes();
        letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
        assert!(decode(&String::from_utf8(letters).unwrap()).is_err(), "letter {at}");
        assert!(decode(&link[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_design_too_large_for_a_link_is_refused() {
    let text = "x".repeat(MOST_BYTES);
    let brief = crate::design::Brief { id: crate::design::BriefId(4), title: String::new(), text };
    let mut design = Design::new();
    design.apply(&Edit::adding([brief])).unwrap();
    assert_eq!(encode(&design, &Options::default()), Err(LinkError::TooLong));
}

/// Records as they are, without the coder: what a hostile link may make the reader see.
struct Plain<'a> {
    bytes: &'a [u8],
    given: Vec<u8>,
}

impl coder::Wire for Plain<'_> {
    fn byte(&mut self, _: coder::Place, byte: u8) -> Result<u8, Stop> {
        let Some((first, rest)) = self.bytes.split_first() else {
            self.given.push(byte);
            return if self.given.len() > MOST_BYTES { Err(Stop::TooLong) } else { Ok(byte) };
        };
        self.bytes = rest;
        Ok(*first)
    }
}

/// Numbers that look random and are the same each time: xorshift (Marsaglia, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }
}

fn mutated(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.below(256) as u8,
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, [0, 1, 2, 127, 128, 255][dice.below(6)]),
            _ => {
                let from = dice.below(bytes.len());
                let length = dice.below(40).min(bytes.len() - from);
                let part = bytes[from..from + length].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

#[test]
fn ten_thousand_hostile_records_give_designs_or_errors() {
    let mut plain = Plain { bytes: &[], given: Vec::new() };
    records::write(&mut plain, &everything()).unwrap();
    let written = plain.given;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for round in 0..10_000 {
        let bytes = if round % 4 == 0 {
            (0..dice.below(2_000)).map(|_| dice.below(256) as u8).collect()
        } else {
            mutated(&written, &mut dice)
        };
        let mut wire = Plain { bytes: &bytes, given: Vec::new() };
        if let Ok(records) = records::read(&mut wire) {
            let mut design = Design::new();
            let valid = design.apply(&Edit::adding(records)).is_ok();
            assert!(!valid || design.violations().is_empty());
        }
    }
}

#[test]
fn hostile_links_give_designs_or_errors() {
    let link = link(&everything());
    let payload = base64::decode(&link[PREFIX.len() + 1..]).unwrap();
    let mut dice = Dice(42);
    // Some go on to the limit, which takes a while without optimisation.
    for round in 0..if cfg!(debug_assertions) { 12 } else { 400 } {
        let stream = if round % 4 == 0 {
            (0..dice.below(2_000)).map(|_| dice.below(256) as u8).collect()
        } else {
            mutated(&payload[2..], &mut dice)
        };
        // With the right sum, so that the decoder has to look at it.
        let bytes = [&checksum(&stream)[..], &stream].concat();
        let _ = decode(&format!("{PREFIX}{VERSION}{}", base64::encode(&bytes)));
    }
}
