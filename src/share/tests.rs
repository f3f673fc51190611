//! Designs through links, and links that no one wrote.

use super::*;

/// A design of every record there is, as a file.
const EVERYTHING: &str = include_str!("../../tests/data/design/v1.relata.json");

fn everything() -> Design {
    Design::from_json(EVERYTHING).expect("the sample is a design")
}

fn link(design: &Design) -> String {
    encode(design, &Options::default()).unwrap().fragment
}

/// What version 1 wrote once. A link in someone's mail must open for ever: this never changes.
const GOLDEN: &str = include_str!("../../tests/data/link/v1.txt");

#[test]
fn a_link_of_version_1_opens_for_ever() {
    let opened = decode(GOLDEN).unwrap();
    assert_eq!(link(&opened), GOLDEN.trim_end(), "the writer no longer writes version 1");
    assert_eq!(opened.title(), everything().title());
}

#[test]
fn a_link_is_made_of_what_was_opened_without_a_change() {
    let opened = decode(&link(&everything())).unwrap();
    assert_eq!(decode(&link(&opened)), Ok(opened));
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
    let brief =
        crate::design::Brief { id: crate::design::BriefId(4), title: String::new(), text, accepted: None };
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
