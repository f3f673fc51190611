//! A writer that knows how SQL quotes.

use crate::base::Span;
use crate::design::Id;
use crate::pg::{TokenKind, needs_quotes, tokens};

/// Writes SQL. User text enters through [`ident`](Self::ident), [`literal`](Self::literal) and
/// [`dollar`](Self::dollar) only; [`raw`](Self::raw) takes what is SQL already.
#[derive(Clone, Debug, Default)]
pub struct SqlWriter {
    out: String,
    map: Vec<(Span, Id)>,
}

impl SqlWriter {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keywords and punctuation only. `'static`, so no user text can pass here.
    pub fn sql(&mut self, words: &'static str) -> &mut Self {
        self.out.push_str(words);
        self
    }

    /// A name, between `"` where it would not mean itself otherwise; an inner `"` is doubled.
    pub fn ident(&mut self, name: &str) -> &mut Self {
        if needs_quotes(name) { self.quoted('"', name) } else { self.text(name) }
    }

    /// A name within an SQL schema; none is not written.
    pub fn qualified(&mut self, namespace: Option<&str>, name: &str) -> &mut Self {
        if let Some(namespace) = namespace {
            self.ident(namespace).sql(".");
        }
        self.ident(name)
    }

    /// Names with commas between them.
    pub fn idents<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> &mut Self {
        self.list(names, ", ", |w, name| {
            w.ident(name);
        })
    }

    /// A text value between `'`; an inner `'` is doubled.
    pub fn literal(&mut self, text: &str) -> &mut Self {
        self.quoted('\'', text)
    }

    /// A text value between dollar quotes with a tag that does not occur in it.
    pub fn dollar(&mut self, text: &str) -> &mut Self {
        let fits = |tag: &str| !text.contains(&format!("${tag}$"));
        let tag = if fits("") && !text.ends_with('$') {
            String::new()
        } else {
            let numbered = (1..).map(|it| format!("body{it}"));
            let mut tags = std::iter::once("body".to_owned()).chain(numbered);
            tags.find(|it| fits(it)).expect("a text holds finitely many tags")
        };
        for part in ["$", &tag, "$", text, "$", &tag, "$"] {
            self.out.push_str(part);
        }
        self
    }

    /// Text that is SQL already, as it was written. A comment at its end is closed by a line break.
    pub fn raw(&mut self, text: &str) -> &mut Self {
        let text = text.trim();
        self.out.push_str(text);
        let open =
            text.contains("--") && tokens(text).last().is_some_and(|it| it.kind == TokenKind::LineComment);
        if open { self.sql("\n") } else { self }
    }

    /// A whole number.
    pub fn number(&mut self, number: i64) -> &mut Self {
        self.out.push_str(&number.to_string());
        self
    }

    /// Items with `between` between them.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        between: &'static str,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.sql(between);
            }
            write(self, item);
        }
        self
    }

    /// How much was written; begins what [`close`](Self::close) ends.
    pub fn here(&self) -> usize {
        self.out.len()
    }

    /// Notes that what was written since `start` belongs to `id`.
    pub fn close(&mut self, start: usize, id: impl Into<Id>) -> &mut Self {
        self.map.push((Span::new(start, self.out.len()), id.into()));
        self
    }

    /// The text, and which bytes belong to what: by first byte, what holds others before them.
    pub fn finish(mut self) -> (String, Vec<(Span, Id)>) {
        self.map.sort_by_key(|(span, id)| (span.start, std::cmp::Reverse(span.end), *id));
        (self.out, self.map)
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    fn quoted(&mut self, quote: char, text: &str) -> &mut Self {
        self.out.push(quote);
        for sign in text.chars() {
            if sign == quote {
                self.out.push(quote);
            }
            self.out.push(sign);
        }
        self.out.push(quote);
        self
    }
}

/// A name as SQL writes it, between `"` where it needs them.
pub fn ident(name: &str) -> String {
    let mut w = SqlWriter::new();
    w.ident(name);
    w.out
}

/// A text value as SQL writes it.
pub fn literal(text: &str) -> String {
    let mut w = SqlWriter::new();
    w.literal(text);
    w.out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollar(text: &str) -> String {
        let mut w = SqlWriter::new();
        w.dollar(text);
        w.out
    }

    #[test]
    fn names_and_texts_keep_their_quotes() {
        assert_eq!(ident("task"), "task");
        assert_eq!(ident("Order \"x\""), r#""Order ""x""""#);
        assert_eq!(literal("it's"), "'it''s'");
    }

    #[test]
    fn dollar_quotes_do_not_end_inside_the_text() {
        assert_eq!(dollar("x"), "$$x$$");
        assert_eq!(dollar("a $$ b"), "$body$a $$ b$body$");
        assert_eq!(dollar("ends in $"), "$body$ends in $$body$");
        assert_eq!(dollar("$$ $body$"), "$body1$$$ $body$$body1$");
    }

    #[test]
    fn a_comment_at_the_end_does_not_swallow_what_follows() {
        let mut w = SqlWriter::new();
        w.sql("(").raw("a > 0 -- positive").sql(")").raw("'--'").sql(";");
        assert_eq!(w.finish().0, "(a > 0 -- positive\n)'--';");
    }
}
