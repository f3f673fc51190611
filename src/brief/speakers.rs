//! Chats: lines that only say who spoke and when.

use super::lines::{Line, Shape};
use crate::base::one_of;

/// So many such lines are a chat; one alone may be a title.
const CHAT: usize = 3;

/// Blanks "**mila** 09:02", "Mila, 9.02 pm" and "[09:02] mila": who said it is no matter of the text.
pub fn silence(text: &str, lines: &mut [Line]) {
    let speaks: Vec<bool> = text.split_inclusive('\n').map(is_speaker).collect();
    if speaks.iter().filter(|it| **it).count() < CHAT {
        return;
    }
    for (line, _) in lines.iter_mut().zip(speaks).filter(|it| it.1) {
        line.shape = Shape::Blank;
    }
}

/// Whether a line holds one time of day, at its beginning or end, and one to three words besides.
fn is_speaker(line: &str) -> bool {
    let signs = [' ', '*', '_', '[', ']', '(', ')', ',', ':', '#', '-', '–', '—', '>', '\t', '\n', '\r'];
    let words: Vec<&str> =
        line.split_whitespace().map(|it| it.trim_matches(signs)).filter(|it| !it.is_empty()).collect();
    let half = |it: &str| one_of(it, "am pm AM PM");
    let words: Vec<&str> = words.into_iter().filter(|it| !half(it)).collect();
    let names = match words.as_slice() {
        [time, names @ ..] if is_time(time) => names,
        [names @ .., time] if is_time(time) => names,
        _ => return false,
    };
    (1..=3).contains(&names.len())
        && names.iter().all(|it| it.chars().all(|it| it.is_alphabetic() || ".'-".contains(it)))
}

/// `09:02`, `9.02`
fn is_time(word: &str) -> bool {
    let Some((hour, minute)) = word.split_once([':', '.']) else { return false };
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    (1..=2).contains(&hour.len()) && minute.len() == 2 && digits(hour) && digits(minute)
}

#[cfg(test)]
mod tests {
    #[test]
    fn who_spoke_in_a_chat_is_no_thing() {
        let said =
            ["A boat has a name and a length.", "Piers have a number and a depth.", "A boat lies at a pier."];
        for opening in ["**mila** 09:02", "Mila, 9.02", "[09:02] Mila B."] {
            let text: Vec<String> = said.iter().map(|it| format!("{opening}\n{it}\n")).collect();
            let reading = crate::brief::read(&text.join("\n"));
            let names: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, ["boat", "pier"], "{opening}");
        }
    }
}
