//! Quotes, found again in the brief that they are said to come from.

use crate::base::Span;

/// So many quotes of one answer are searched for.
const MOST_QUOTES: usize = 4_000;

/// A brief in which quotes are searched for, whatever their spaces and capitals.
pub(super) struct Quoted {
    /// Small letters, one space between words.
    plain: String,
    /// For each byte of it the byte of the brief.
    places: Vec<usize>,
    left: usize,
}

impl Quoted {
    /// Prepares a brief.
    pub fn of(brief: &str) -> Self {
        let (mut plain, mut places) = (String::new(), Vec::new());
        for (at, sign) in brief.char_indices() {
            let sign = if sign.is_whitespace() { ' ' } else { sign.to_ascii_lowercase() };
            if sign == ' ' && plain.ends_with(' ') {
                continue;
            }
            plain.push(sign);
            places.resize(plain.len(), at);
        }
        places.push(brief.len());
        Self { plain, places, left: MOST_QUOTES }
    }

    /// Where the brief says these words; those that it does not say are left out.
    pub fn spans(&mut self, quotes: &[String]) -> Vec<Span> {
        let mut spans: Vec<Span> = quotes.iter().filter_map(|it| self.span(it)).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    fn span(&mut self, quote: &str) -> Option<Span> {
        let words: Vec<&str> = quote.split_whitespace().collect();
        let quote = words.join(" ").to_ascii_lowercase();
        self.left = self.left.checked_sub(1)?;
        // A letter or two stand everywhere and show nothing.
        if quote.len() < 3 {
            return None;
        }
        let start = self.plain.find(&quote)?;
        Some(Span::new(*self.places.get(start)?, *self.places.get(start + quote.len())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_across_lines_and_capitals() {
        let brief = "Users\n  write Überschriften.\tAnd tasks.";
        let spans = Quoted::of(brief).spans(&[
            "users write".into(),
            "and  Tasks".into(),
            "never said".into(),
            "a".into(),
        ]);
        let found: Vec<&str> = spans.iter().map(|it| it.of(brief)).collect();
        assert_eq!(found, ["Users\n  write", "And tasks"]);
    }
}
