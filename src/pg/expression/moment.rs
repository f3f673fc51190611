//! Dates and times in texts: PostgreSQL shows what a column's type made of them.

use super::node::{Node, TypeName};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A point in time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    /// Microseconds since 1970-01-01 on the clock that was read.
    clock: i64,
    /// What that clock is ahead of UTC, in microseconds, where it is said.
    ahead: Option<i64>,
}

/// Whether two texts are the same value of a type; nothing when the type is none of time, or the texts are not read here.
pub fn same(one: &str, two: &str, target: &TypeName) -> Option<bool> {
    let zoned = match target.path.last().map(String::as_str)? {
        "timestamp with time zone" => true,
        "timestamp without time zone" => false,
        _ => return None,
    };
    let (one, two) = (read(one)?, read(two)?);
    // A type without a zone passes over the one that is written (manual, "Date/Time Types", "Time Stamps").
    Some(if zoned { one.instant() == two.instant() } else { one.clock == two.clock })
}

/// A tree in which every text that is a time is written in one way, as for the bounds of partitions.
pub fn settled(node: Node) -> Node {
    let all = |list: Vec<Node>| list.into_iter().map(settled).collect();
    match node {
        Node::Text(text) => match read(&text) {
            Some(moment) => Node::Number(moment.instant().to_string()),
            None => Node::Text(text),
        },
        Node::Cast(inner, target) => Node::Cast(Box::new(settled(*inner)), target),
        Node::Operator(sign, operands) => Node::Operator(sign, all(operands)),
        Node::Call(path, arguments) => Node::Call(path, all(arguments)),
        Node::Parts(parts) => Node::Parts(all(parts)),
        other @ (Node::Name(_) | Node::Number(_) | Node::Word(_)) => other,
    }
}

impl Moment {
    /// Microseconds since 1970-01-01 00:00 UTC; a time that says no zone is taken for one of UTC.
    fn instant(self) -> i64 {
        self.clock - self.ahead.unwrap_or(0)
    }
}

/// Reads `2024-01-31`, `2024-01-31 12:30:05.25+01`, `2024-01-31T12:30Z`.
fn read(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let mut numbers = date.split('-');
    let mut next = |digits: usize| numbers.next().filter(|it| it.len() == digits)?.parse::<i64>().ok();
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let midnight = days(year, month, day) * DAY;
    let rest = rest.trim_start_matches(['T', ' ']);
    if rest.is_empty() {
        return Some(Moment { clock: midnight, ahead: None });
    }
    let zone_at = rest.find(['+', '-', 'Z', 'U', ' ']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(zone_at)?;
    let clock = midnight + clock(time)?;
    let ahead = match zone.trim() {
        "" => None,
        "Z" | "UTC" => Some(0),
        it => {
            let sign = if it.starts_with('-') { -1 } else { 1 };
            Some(sign * self::clock(it.trim_start_matches(['+', '-']))?)
        }
    };
    Some(Moment { clock, ahead })
}

/// `12:30:05.25`, or fewer of its parts, in microseconds.
fn clock(text: &str) -> Option<i64> {
    let mut total = 0;
    for (at, part) in text.split(':').enumerate() {
        let unit = [3600, 60, 1].get(at)? * SECOND;
        let (whole, fraction) = part.split_once('.').unwrap_or((part, ""));
        total += whole.parse::<i64>().ok().filter(|it| (0..=60).contains(it))? * unit;
        if !fraction.is_empty() {
            let digits = format!("{fraction:0<6}");
            total += digits.get(..6)?.parse::<i64>().ok()?;
        }
    }
    Some(total)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let clock = |it: &str| read(it).map(|it| (it.clock / SECOND, it.ahead.map(|it| it / SECOND)));
        assert_eq!(clock("1970-01-01"), Some((0, None)));
        assert_eq!(clock("2000-03-01 00:00:01"), Some((951_868_801, None)));
        assert_eq!(clock("1970-01-02T01:00:00.5Z"), Some((90_000, Some(0))));
        assert_eq!(clock("1970-01-01 02:30:00+02:30"), Some((9000, Some(9000))));
        assert_eq!(clock("1969-12-31 19:00:00-05"), Some((-18_000, Some(-18_000))));
        assert_eq!(clock("2024-13-01"), None);
        assert_eq!(clock("now"), None);
        assert_eq!(clock("2024-01-01 x"), None);
        assert_eq!(clock("2024-01-01é"), None);
    }
}
