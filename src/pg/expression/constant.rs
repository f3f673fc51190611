//! Constants that PostgreSQL shows as their type understood them: spans of time, JSON, lists of lexemes.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

use super::node::TypeName;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// Whether two texts are the same value of a type; nothing when the type is none of these, or the texts are not read here.
pub fn same(one: &str, two: &str, target: &TypeName) -> Option<bool> {
    if !target.rest.is_empty() {
        return None;
    }
    match target.path.last().map(String::as_str)? {
        "interval" => Some(span(one)? == span(two)?),
        "jsonb" => {
            let read = |it: &str| serde_json::from_str::<serde_json::Value>(it).ok();
            Some(read(one)? == read(two)?)
        }
        "tsvector" => Some(lexemes(one)? == lexemes(two)?),
        _ => None,
    }
}

/// The lexemes of a text search document with the places where they stand: `fat:2 cat:3A 'a b'`.
///
/// Source: PostgreSQL manual, "Text Search Types", "tsvector".
fn lexemes(text: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut signs = text.chars().peekable();
    loop {
        while signs.next_if(|it| it.is_whitespace()).is_some() {}
        if signs.peek().is_none() {
            return Some(found);
        }
        let lexeme = lexeme(&mut signs)?;
        let places = found.entry(lexeme).or_default();
        if signs.next_if_eq(&':').is_some() {
            let mut list = String::new();
            while let Some(sign) = signs.next_if(|it| !it.is_whitespace()) {
                list.push(sign.to_ascii_uppercase());
            }
            // The weight `D` goes without saying.
            places.extend(list.split(',').map(|it| it.trim_end_matches('D').to_owned()));
            places.sort();
            places.dedup();
        }
    }
}

fn lexeme(signs: &mut Peekable<Chars<'_>>) -> Option<String> {
    let quoted = signs.next_if_eq(&'\'').is_some();
    let mut lexeme = String::new();
    loop {
        match signs.next_if(|it| quoted || !(it.is_whitespace() || *it == ':')) {
            Some('\\') => lexeme.push(signs.next()?),
            Some('\'') if quoted && signs.next_if_eq(&'\'').is_none() => break,
            Some(sign) => lexeme.push(sign),
            None if quoted => return None,
            None => break,
        }
    }
    (!lexeme.is_empty()).then_some(lexeme)
}

/// Months, days and microseconds, as an interval keeps them: `3 minutes`, `1 day 12:00:00`, `-2 years ago`.
///
/// Source: PostgreSQL manual, "Interval Input".
fn span(text: &str) -> Option<(i64, i64, i64)> {
    let text = text.trim().to_ascii_lowercase();
    let (text, back) = match text.strip_suffix(" ago") {
        Some(rest) => (rest.to_owned(), -1),
        None => (text, 1),
    };
    let (mut months, mut days, mut time) = (0_i64, 0_i64, 0_i64);
    let mut words = text.trim_start_matches('@').split_whitespace();
    let first = words.next()?;
    let mut next = Some(first);
    while let Some(word) = next {
        let sign = if word.starts_with('-') { -1 } else { 1 };
        let plain = word.trim_start_matches(['-', '+']);
        if plain.contains(':') {
            time = time.checked_add(sign * clock(plain)?)?;
        } else {
            let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
            let (number, unit) = plain.split_at_checked(digits)?;
            let number = sign * number.parse::<i64>().ok()?;
            // `3 days` and `3days`.
            let unit = if unit.is_empty() { words.next()? } else { unit };
            let (to, size) = match unit {
                "microsecond" | "microseconds" | "us" => (&mut time, 1),
                "millisecond" | "milliseconds" | "ms" => (&mut time, 1_000),
                "second" | "seconds" | "sec" | "secs" | "s" => (&mut time, SECOND),
                "minute" | "minutes" | "min" | "mins" | "m" => (&mut time, MINUTE),
                "hour" | "hours" | "hr" | "hrs" | "h" => (&mut time, HOUR),
                "day" | "days" | "d" => (&mut days, 1),
                "week" | "weeks" | "w" => (&mut days, 7),
                "month" | "months" | "mon" | "mons" => (&mut months, 1),
                "year" | "years" | "yr" | "yrs" | "y" => (&mut months, 12),
                "decade" | "decades" => (&mut months, 120),
                "century" | "centuries" => (&mut months, 1_200),
                _ => return None,
            };
            *to = to.checked_add(number.checked_mul(size)?)?;
        }
        next = words.next();
    }
    Some((back * months, back * days, back * time))
}

/// `12:30`, `12:30:05.25`.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds = parts.next().unwrap_or("0");
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let fraction = format!("{fraction:0<6}");
    let whole: i64 = whole.parse().ok()?;
    let fraction: i64 = fraction.get(..6)?.parse().ok()?;
    let seconds = whole.checked_mul(SECOND)?.checked_add(fraction)?;
    let more = hours.checked_mul(HOUR)?.checked_add(minutes.checked_mul(MINUTE)?)?;
    parts.next().is_none().then(|| more.checked_add(seconds))?
}

#[cfg(test)]
mod tests {
    use super::super::alike;

    #[test]
    fn spans_of_time_are_what_they_come_to() {
        assert!(alike("now() + interval '3 minutes'", "(now() + '00:03:00'::interval)"));
        assert!(alike("now() - INTERVAL '90 day'", "(now() - '90 days'::interval)"));
        assert!(alike("interval '1 week 2 hours'", "'7 days 02:00:00'::interval"));
        assert!(alike("interval '18 months ago'", "'-1 years -6 mons'::interval"));
        assert!(alike("interval '1.5s'", "interval '1.5s'"));
        assert!(!alike("interval '24 hours'", "'1 day'::interval"));
        assert!(!alike("interval '9223372036854775807 days'", "'00:00:01'::interval"));
    }

    #[test]
    fn lexemes_are_shown_in_quotes_and_in_order() {
        assert!(alike("'.'", "'''.'''::tsvector"));
        assert!(alike("'fat cat'::tsvector", "'''cat'' ''fat'''::tsvector"));
        assert!(alike("'a:1a,2d'::tsvector", "'''a'':1A,2'::tsvector"));
        assert!(alike("'it\\''s'::tsvector", "'''it''''s'''::tsvector"));
        assert!(!alike("'.'", "''',''' ::tsvector"));
        assert!(!alike("'a:1'::tsvector", "'a:2'::tsvector"));
        assert!(!alike("'fat cat'::tsvector", "'''fat cat'''::tsvector"));
        assert!(!alike("'.'", "'''.'''::text"));
    }

    #[test]
    fn json_is_what_it_says() {
        assert!(alike(r#"'{"b":1,"a":[]}'"#, r#"'{"a": [], "b": 1}'::jsonb"#));
        assert!(!alike(r#"'{"a":1}'"#, r#"'{"a": "1"}'::jsonb"#));
        assert!(!alike(r#"'{"a":1}'::json"#, r#"'{"a": 1}'::json"#));
    }
}
