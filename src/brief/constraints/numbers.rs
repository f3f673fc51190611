//! The database, reads and writes, retention and consistency, in a sentence.

use super::{Add, Sentence};
use crate::base::{self, Clip, Span, one_of};
use crate::brief::reading::ConstraintKind;

/// Words before a database that say that it is left behind, or is another one's, and those that say that it is used.
const LEAVING: &str = "from not no replace replaces replacing instead than unlike leave leaving legacy old import imports importing \
    export exports retire retiring drop supports support like";
const USING: &str = "to on onto with use uses using run runs running is be target targets targeting database db in host hosted \
    requires require needs against";

pub(super) fn databases(it: &Sentence<'_>, add: &mut Add<'_>) {
    for (at, word) in it.words.iter().enumerate() {
        let own = word.text.as_str();
        let name = own.trim_end_matches(|it: char| it.is_ascii_digit() || matches!(it, '.' | '-'));
        let number = own.get(name.len()..).unwrap_or_default();
        if !one_of(name, "postgresql postgres pg mysql sqlite sqlite3") {
            continue;
        }
        let nearest = (at.saturating_sub(4)..at).rev().map(|at| it.word(at));
        let mut nearest = nearest.filter(|it| one_of(it, LEAVING) || one_of(it, USING));
        let nearest = nearest.next();
        if nearest.is_some_and(|it| one_of(it, LEAVING)) {
            continue;
        }
        match name {
            "postgresql" | "postgres" | "pg" => {
                let mut last = at;
                let mut told = version(number);
                while told.is_none() && last < at + 2 {
                    last += 1;
                    match it.word(last) {
                        "version" | "server" | "database" | "v" | "major" => {}
                        other => {
                            told = version(other.strip_prefix('v').unwrap_or(other));
                            if told.is_none() {
                                break;
                            }
                        }
                    }
                }
                if let Some(version) = told {
                    add(ConstraintKind::PostgreSql(version), it.span(at, last));
                }
            }
            // Named in passing it may be what the product is about, or what it reads.
            "mysql" if nearest.is_some() => add(ConstraintKind::MySql, it.span(at, at)),
            "sqlite" | "sqlite3" if nearest.is_some() => add(ConstraintKind::Sqlite, it.span(at, at)),
            _ => {}
        }
    }
}

/// A version that is written for: 13 to 18.
fn version(number: &str) -> Option<u8> {
    let digits = number.trim_start_matches(['-', 'v']).split('.').next()?;
    digits.parse().ok().filter(|it| (13..=18).contains(it))
}

/// A number as a word or in digits.
pub fn number(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let counted =
        WORDS.iter().position(|it| *it == word).and_then(|it| u32::try_from(it).ok()).map(f64::from);
    let words = || match word {
        "fifteen" => Some(15.0),
        "twenty" => Some(20.0),
        "thirty" => Some(30.0),
        "forty" => Some(40.0),
        "fifty" => Some(50.0),
        "sixty" => Some(60.0),
        "seventy" => Some(70.0),
        "eighty" => Some(80.0),
        "ninety" => Some(90.0),
        "hundred" => Some(100.0),
        "thousand" => Some(1000.0),
        _ => decimal(&word.replace(',', "")),
    };
    counted.or_else(words)
}

/// `-2.5`. Of up to fifteen digits, which is as much as a float holds for certain: one division is exact then, where `parse`,
/// which reads any number, weighs 8 KB.
fn decimal(word: &str) -> Option<f64> {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let value = whole.bytes().chain(part.bytes()).try_fold(0_u64, |value, it| {
        let digit = u64::from(it.checked_sub(b'0').filter(|it| *it <= 9)?);
        Some(value * 10 + digit).filter(|it| *it < 1_000_000_000_000_000)
    })?;
    // A power of ten of more places is no exact float.
    if part.len() > 22 || whole.len() + part.len() == 0 {
        return None;
    }
    let value = value as f64 / part.bytes().fold(1.0, |power: f64, _| power * 10.0);
    Some(if word.starts_with('-') { -value } else { value })
}

/// Two numbers in one word: `20:1`, `90/10`.
fn pair(word: &str) -> Option<(f64, f64)> {
    let (a, b) = word.split_once([':', '/'])?;
    Some((number(a)?, number(b)?))
}

pub(super) fn ratio(it: &Sentence<'_>, add: &mut Add<'_>) {
    if let Some((kind, evidence)) = counted(it) {
        return add(kind, evidence);
    }
    let assumed = |reads: f64| ConstraintKind::ReadsPerWrite { reads, assumed: true };
    for (at, word) in it.words.iter().enumerate() {
        let next = it.word(at + 1);
        match (word.text.as_str(), next) {
            ("read-heavy" | "read-mostly", _) => return add(assumed(10.0), it.span(at, at)),
            ("write-heavy", _) => return add(assumed(1.0), it.span(at, at)),
            ("read", "heavy") | ("mostly", "read" | "reads") => {
                return add(assumed(10.0), it.span(at, at + 1));
            }
            ("write", "heavy") | ("mostly", "writes") => return add(assumed(1.0), it.span(at, at + 1)),
            _ => {}
        }
    }
}

/// Reads and writes by number.
fn counted(it: &Sentence<'_>) -> Option<(ConstraintKind, Span)> {
    let (Some(reads), writes) = (it.begins("read"), it.begins("write")) else {
        return None;
    };
    let told = |reads: f64, writes: f64| {
        let per = reads / writes;
        (per.is_finite() && per > 0.0).then_some(ConstraintKind::ReadsPerWrite { reads: per, assumed: false })
    };
    // `read/write` is one word, in which reads stand first.
    let swapped = writes.is_some_and(|it| it < reads);
    let speaks_of_both = writes.is_some() || it.word(reads).contains("write");
    for (at, word) in it.words.iter().enumerate() {
        let mut kind = None;
        if let Some((a, b)) = pair(&word.text).filter(|_| speaks_of_both) {
            kind = if swapped { told(b, a) } else { told(a, b) };
        } else if let Some(a) = number(&word.text).filter(|_| speaks_of_both) {
            let to = it.word(at + 1) == "to";
            let other = number(it.word(at + 2)).filter(|_| to);
            let times = it.word(at + 1) == "times" && it.says("more as");
            let per = it.word(at + 1).starts_with("read")
                && it.words.clip(at + 2..).iter().take(3).any(|it| it.text.starts_with("write"))
                // "For each write there are thirty reads."
                || it.word(at + 1).starts_with("read")
                    && writes.is_some_and(|at| {
                        at > 0 && one_of(it.word(at - 1), "each every per one a single")
                    });
            kind = match other {
                Some(b) if swapped => told(b, a),
                Some(b) => told(a, b),
                None if per => told(a, 1.0),
                None if times && swapped => told(1.0, a),
                None if times => told(a, 1.0),
                None => None,
            };
        }
        let percent = || number(&word.text).filter(|_| one_of(it.word(at + 1), "percent per-cent"));
        if kind.is_none()
            && let Some(share) = word.text.strip_suffix('%').and_then(number).or_else(percent)
            && (50.0..100.0).contains(&share)
            && reads > at
            && writes.is_none_or(|it| it > reads)
        {
            kind = told(share, 100.0 - share);
        }
        if let Some(kind) = kind {
            return Some((kind, it.whole()));
        }
    }
    None
}

pub(super) fn retention(it: &Sentence<'_>, add: &mut Add<'_>) {
    let keeps = it.says("keep keeps kept retain retains retained retention stored archived");
    let general = it.says("data records rows everything retention retain retained history entries all");
    if !keeps || !general || it.denies() && !it.says("least") {
        return;
    }
    for (at, word) in it.words.iter().enumerate() {
        let (Some(count), unit) = (number(&word.text), it.word(at + 1)) else { continue };
        let days = match base::singular(unit).as_str() {
            "day" => 1.0,
            "week" => 7.0,
            "month" => 30.0,
            "year" => 365.0,
            _ => continue,
        };
        let days = count * days;
        if (1.0..=40_000.0).contains(&days) {
            add(ConstraintKind::RetentionDays(days as u32), it.whole());
        }
    }
}

pub(super) fn consistency(it: &Sentence<'_>, add: &mut Add<'_>) {
    if let Some(kind) = of_stale(it) {
        return add(kind, it.whole());
    }
    let Some(at) = it.begins("consisten inconsisten") else { return };
    let is_negative = it.word(at).starts_with("in");
    let before = it.words.clip(at.saturating_sub(2)..at);
    let has = |with: &[&str]| before.iter().any(|it| with.iter().any(|with| it.text.starts_with(with)));
    let always = it.says("always must never guaranteed moment times");
    // What looks or is named alike is consistent as well.
    let of_looks = it.begins("design look style styl naming layout wording ui brand");
    let kind =
        match (has(&["eventual"]), has(&["strong", "strict", "immediate", "transactional"]), it.denies()) {
            (true, _, false) | (false, true, true) => ConstraintKind::Eventual,
            (true, _, true) | (false, true, false) => ConstraintKind::Strong,
            (false, false, denied) if always && denied == is_negative && of_looks.is_none() => {
                ConstraintKind::Strong
            }
            (false, false, _) => return,
        };
    add(kind, it.span(at.saturating_sub(1), at));
}

/// "Stale reads are fine", "reads may lag a few seconds behind".
fn of_stale(it: &Sentence<'_>) -> Option<ConstraintKind> {
    let reads = it.begins("read").is_some() || it.says("data values replica replicas");
    let stale = it.says("stale outdated out-of-date lag lags lagging");
    if !reads || !stale {
        return None;
    }
    let fine = it.says("fine ok okay acceptable tolerable tolerated may can allowed");
    match (it.denies(), fine || it.says("must should")) {
        (false, true) if !it.says("must should") => Some(ConstraintKind::Eventual),
        (true, true) => Some(ConstraintKind::Strong),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_up_to_fifteen_digits_are_read_as_parse_reads_them() {
        let words = [
            "0",
            "7",
            "007",
            "0.1",
            "0.3",
            "2.5",
            ".5",
            "5.",
            "-1.5",
            "+3",
            "33.3333333333333",
            "99.999",
            "123456789012345",
            "0.00000000000000000001",
            "9.99999999999999",
        ];
        for word in words {
            assert_eq!(decimal(word), word.parse().ok(), "{word}");
        }
        for word in ["", ".", "-", "+-1", "1.2.3", "1-2", "ten", "inf", "nan", "1e3", "1234567890123456"] {
            assert_eq!(decimal(word), None, "{word}");
        }
    }
}
