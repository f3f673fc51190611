//! Loops of a block, written out where their rounds are known.

use super::program::{Guards, Place, Reader, is, words};
use super::value::Value;

impl<'a> Reader<'a> {
    /// `FOREACH v IN ARRAY … LOOP`.
    pub fn for_each(&mut self, (at, rest): Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        let (header, body) = until(rest, "loop")?;
        let words = words(rest);
        let name = words.get(1)?.name(rest)?.into_owned();
        let list = header.get(words.get(1)?.span.end as usize..)?.trim_start();
        let list = list.get(..8).filter(|it| it.eq_ignore_ascii_case("in array")).and(list.get(8..))?;
        let Value::List(values) = self.variables.value(list) else { return None };
        self.repeat(&name, values, (at, body), guards)
    }

    /// `FOR v IN … LOOP`, over numbers, what an array holds, tables or columns of the catalogue, constraints of a table, or rows.
    pub fn for_in(&mut self, (at, rest): Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        let (header, body) = until(rest, "loop")?;
        let words = words(rest);
        let name = words.get(1)?.name(rest)?.into_owned();
        let list = header.get(words.get(2)?.span.end as usize..)?;
        if let Some(values) = self.variables.rows_of(list) {
            return self.repeat(&name, values, (at, body), guards);
        }
        if let Some(rows) = self.rows_of_query(list) {
            return self.repeat_rows(&name, rows, (at, body), guards);
        }
        let found = self.constraints_of(list);
        if found.as_ref().is_some_and(|it| it.names.is_empty()) || self.gives_none(list) {
            return self.past_loop((at, body));
        }
        if let Some(found) = found {
            return self.repeat(&format!("{name}.{}", found.column), found.names, (at, body), guards);
        }
        self.variables.0.insert(name, Value::Unknown);
        self.rounds((at, body), guards)
    }

    /// The body of a loop, once for each value.
    fn repeat(
        &mut self,
        name: &str,
        values: Vec<String>,
        body: Place<'a>,
        guards: &Guards,
    ) -> Option<Place<'a>> {
        let mut end = None;
        for value in values {
            self.variables.0.insert(name.to_owned(), Value::Text(value));
            end = Some(self.closed(body, guards)?);
        }
        end
    }

    /// The body of a loop, once for each row.
    fn repeat_rows(
        &mut self,
        name: &str,
        rows: Vec<Vec<(String, String)>>,
        body: Place<'a>,
        guards: &Guards,
    ) -> Option<Place<'a>> {
        if rows.is_empty() {
            return self.past_loop(body);
        }
        let mut end = None;
        for row in rows {
            // A name of its own, where the row has one column.
            if let [(_, value)] = row.as_slice() {
                self.variables.0.insert(name.to_owned(), Value::Text(value.clone()));
            }
            for (column, value) in row {
                self.variables.0.insert(format!("{name}.{column}"), Value::Text(value));
            }
            end = Some(self.closed(body, guards)?);
        }
        end
    }

    /// A loop whose rounds are not known.
    pub fn rounds(&mut self, body: Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        let (slot, began) = self.unanswered(guards);
        let mut inside = guards.clone();
        inside.push((slot, true));
        let end = self.closed(body, &inside)?;
        self.settle(began);
        Some(end)
    }

    /// What follows a loop that has no rounds.
    pub fn past_loop(&self, body: Place<'a>) -> Option<Place<'a>> {
        let mut depth = 1_usize;
        let (from, mut text) = body;
        for at in from..self.pieces.len() {
            if at > from {
                text = self.pieces.get(at).copied()?;
            }
            let words = words(text);
            for (place, _) in words.iter().enumerate().filter(|it| is(text, *it.1, "loop")) {
                let before = place.checked_sub(1).and_then(|it| words.get(it));
                if before.is_some_and(|it| is(text, *it, "end")) {
                    depth -= 1;
                } else {
                    depth += 1;
                }
                if depth == 0 {
                    return Some(self.next(at));
                }
            }
        }
        None
    }
}

/// What stands before a word and after it.
pub fn until<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let found = words(text).into_iter().find(|it| is(text, *it, word))?;
    Some((text.get(..found.span.start as usize)?, text.get(found.span.end as usize..)?))
}
