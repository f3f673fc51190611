//! What a condition says about the columns that it names, as far as its tokens tell.

use crate::pg::{Token, TokenKind, tokens};

/// What a condition demands of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// It is named at all.
    pub named: bool,
    /// A lower bound.
    pub lower: bool,
    /// An upper bound.
    pub upper: bool,
    /// A list of values.
    pub listed: bool,
    /// A pattern.
    pub pattern: bool,
    /// That it is not blank, or has a least length.
    pub filled: bool,
}

impl Demand {
    /// What either demands.
    pub fn or(self, other: Self) -> Self {
        Self {
            named: self.named || other.named,
            lower: self.lower || other.lower,
            upper: self.upper || other.upper,
            listed: self.listed || other.listed,
            pattern: self.pattern || other.pattern,
            filled: self.filled || other.filled,
        }
    }
}

/// The tokens of an expression that are no blanks, each as it is written.
pub fn written(expression: &str) -> Vec<(Token, &str)> {
    let all = tokens(expression).filter(|it| !it.is_blank());
    all.map(|it| (it, it.span.of(expression))).collect()
}

/// The names and keywords of an expression, folded, each with its place among [`written`].
pub fn names(expression: &str) -> Vec<String> {
    let all = tokens(expression).filter_map(|it| it.name(expression).map(std::borrow::Cow::into_owned));
    all.collect()
}

/// The text values that an expression names, in order and each once.
pub fn texts(expression: &str) -> Vec<String> {
    let texts = written(expression).into_iter().filter(|it| it.0.kind == TokenKind::Text);
    let mut found: Vec<String> =
        texts.map(|it| it.1.trim_start_matches(['e', 'E']).trim_matches('\'').replace("''", "'")).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The columns that a condition names, each with what it demands of it.
pub fn demands(expression: &str) -> Vec<(String, Demand)> {
    let all = written(expression);
    let at = |place: usize| all.get(place).map_or("", |it| it.1);
    let mut found: Vec<(String, Demand)> = Vec::new();
    for (place, (token, text)) in all.iter().enumerate() {
        let Some(name) = token.name(expression) else { continue };
        if at(place + 1) == "(" && token.kind == TokenKind::Word {
            continue;
        }
        let mut demand = Demand { named: true, ..Demand::default() };
        // What wraps the name: parentheses, casts, `length(…)`.
        let mut after = place + 1;
        loop {
            match at(after) {
                ")" => after += 1,
                "::" => {
                    after += 2;
                    while matches!(at(after).to_ascii_lowercase().as_str(), "varying" | "precision") {
                        after += 1;
                    }
                    if at(after) == "(" {
                        while after < all.len() && at(after) != ")" {
                            after += 1;
                        }
                        after += 1;
                    }
                }
                _ => break,
            }
        }
        let before = place.checked_sub(1).map_or("", &at);
        let function = place.checked_sub(2).map_or("", &at).to_ascii_lowercase();
        let wrapped =
            before == "(" && matches!(function.as_str(), "length" | "char_length" | "btrim" | "trim");
        let (first, second) = (at(after), at(after + 1));
        match (first, second) {
            (">", _) => demand.lower = true,
            ("<", ">") | ("!", "=") => demand.filled = at(after + 2).starts_with('\''),
            ("<", _) => demand.upper = true,
            ("=", _) if at(after + 1).eq_ignore_ascii_case("any") => demand.listed = true,
            ("=", _) if at(after + 1).starts_with('\'') => demand.listed = true,
            ("~" | "!", _) => demand.pattern = true,
            _ if first.eq_ignore_ascii_case("between") => (demand.lower, demand.upper) = (true, true),
            _ if first.eq_ignore_ascii_case("in") => demand.listed = true,
            _ if first.eq_ignore_ascii_case("like") || first.eq_ignore_ascii_case("similar") => {
                demand.pattern = true;
            }
            _ => {}
        }
        // `0 <= price`
        let (sign, earlier) = (before, place.checked_sub(2).map_or("", &at));
        match (earlier, sign) {
            ("<", "=") | (_, "<") => demand.lower = true,
            (">", "=") | (_, ">") if earlier != "<" => demand.upper = true,
            _ => {}
        }
        if wrapped && (demand.lower || demand.filled) {
            demand.filled = true;
            demand.lower = false;
        }
        let _ = text;
        match found.iter_mut().find(|it| it.0 == name) {
            Some(it) => it.1 = it.1.or(demand),
            None => found.push((name.into_owned(), demand)),
        }
    }
    found
}

/// An expression without blanks, parentheses around all of it and the case of words, to be compared.
pub fn folded(expression: &str) -> String {
    let mut text = String::new();
    for (token, written) in written(expression) {
        if token.kind == TokenKind::Word {
            text.push_str(&written.to_ascii_lowercase());
        } else {
            text.push_str(written);
        }
        text.push(' ');
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(expression: &str, column: &str) -> Demand {
        demands(expression).into_iter().find(|it| it.0 == column).map_or_else(Demand::default, |it| it.1)
    }

    #[test]
    fn bounds_lists_and_patterns_are_seen() {
        assert!(demand("price >= 0", "price").lower && !demand("price >= 0", "price").upper);
        assert!(demand("((price)::numeric(12,2) > (0)::numeric)", "price").lower);
        assert!(demand("0 <= price", "price").lower && demand("10 > price", "price").upper);
        let between = demand("rating BETWEEN 1 AND 5", "rating");
        assert!(between.lower && between.upper);
        assert!(demand("status IN ('a', 'b')", "status").listed);
        assert!(demand("(status)::text = ANY (ARRAY['a'::text])", "status").listed);
        assert!(demand("code ~ '^[A-Z]+$'", "code").pattern);
        assert!(demand("btrim(name) <> ''", "name").filled);
        assert!(
            demand("char_length(name) > 0", "name").filled && !demand("char_length(name) > 0", "name").lower
        );
        assert!(demand("a <> 'x", "a").named, "what is broken is read as far as it goes");
    }
}
