//! What a query asks of each of its tables: columns that it compares, the range, the order. As far as its words tell;
//! what is not understood is left out.

use super::written::Written;

/// What a query asks of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The table, folded and without its SQL schema.
    pub table: String,
    /// Columns compared with one value.
    pub equal: Vec<String>,
    /// Columns compared with a bound.
    pub range: Vec<String>,
    /// Columns that the rows are sorted by, and whether downwards.
    pub order: Vec<(String, bool)>,
}

/// The tables of a `SELECT`, each with what is asked of it. A query with `OR` outside of parentheses is not judged.
pub fn accesses(query: &str) -> Vec<Access> {
    let reader = Written::of(query);
    let keyword = |word: &str, from: usize| reader.keyword(word, from, reader.len());
    let Some(from) = keyword("from", 0) else { return Vec::new() };
    let ends = ["where", "group", "order", "limit", "offset", "having", "for", ";"];
    let end = |start: usize| {
        let found = ends.iter().filter_map(|it| keyword(it, start));
        found.min().unwrap_or(reader.len())
    };
    let mut tables = reader.tables(from + 1, end(from + 1));
    if let Some(start) = keyword("where", from) {
        let stop = end(start + 1);
        if keyword("or", start).is_some_and(|it| it < stop) {
            return Vec::new();
        }
        let mut at = start + 1;
        while at < stop {
            let next = keyword("and", at).map_or(stop, |it| it.min(stop));
            // `BETWEEN a AND b` is one condition.
            let between = keyword("between", at).is_some_and(|it| it < next);
            let next = if between { keyword("and", next + 1).map_or(stop, |it| it.min(stop)) } else { next };
            reader.condition(at, next, &mut tables);
            at = next + 1;
        }
    }
    if let Some(start) = keyword("order", from) {
        let stop = ["limit", "offset", "for", ";"].iter().filter_map(|it| keyword(it, start)).min();
        reader.order(start + 2, stop.unwrap_or(reader.len()), &mut tables);
    }
    tables.into_iter().map(|it| it.1).collect()
}

impl Written<'_> {
    /// The tables with the names that the query gives them.
    fn tables(&self, from: usize, to: usize) -> Vec<(String, Access)> {
        let mut found = Vec::new();
        let mut wanted = true;
        let mut at = from;
        while at < to {
            if self.is(at, "join") || self.at(at) == "," {
                wanted = true;
            } else if wanted && let Some(mut table) = self.name(at) {
                while self.at(at + 1) == "." {
                    at += 2;
                    table = self.name(at).unwrap_or_default();
                }
                let after = if self.is(at + 1, "as") { at + 2 } else { at + 1 };
                let joins = ["join", "left", "right", "inner", "full", "cross", "on", "using", "natural"];
                let alias = self.name(after).filter(|it| after < to && !joins.contains(&it.as_str()));
                found.push((alias.unwrap_or_else(|| table.clone()), Access { table, ..Access::default() }));
                wanted = false;
            }
            at += 1;
        }
        found
    }

    /// The column at a place with the number of its tokens, and of which table it is.
    fn column(&self, at: usize, tables: &[(String, Access)]) -> Option<(usize, String, usize)> {
        let first = self.name(at)?;
        if self.at(at + 1) == "." {
            let of = tables.iter().position(|it| it.0 == first)?;
            return Some((of, self.name(at + 2)?, 3));
        }
        (tables.len() == 1 && self.at(at + 1) != "(").then_some((0, first, 1))
    }

    fn condition(&self, from: usize, to: usize, tables: &mut [(String, Access)]) {
        let Some((of, column, length)) = self.column(from, tables) else { return };
        let sign = from + length;
        // A join says nothing of one table alone.
        if self.at(sign) == "=" && self.column(sign + 1, tables).is_some_and(|it| it.0 != of) {
            return;
        }
        let Some((_, access)) = tables.get_mut(of) else { return };
        let second = self.at(sign + 1);
        if sign >= to
            || self.at(sign) == "="
            || self.is(sign, "in")
            || self.is(sign, "is") && !self.is(sign + 1, "not")
        {
            access.equal.push(column);
        } else if self.is(sign, "between")
            || matches!(self.at(sign), "<" | ">") && !(self.at(sign) == "<" && second == ">")
        {
            access.range.push(column);
        }
    }

    fn order(&self, from: usize, to: usize, tables: &mut [(String, Access)]) {
        let mut at = from;
        while at < to {
            let Some((of, column, length)) = self.column(at, tables) else { return };
            at += length;
            let down = self.is(at, "desc");
            while at < to && self.at(at) != "," {
                at += 1;
            }
            at += 1;
            if let Some((_, access)) = tables.get_mut(of) {
                access.order.push((column, down));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_orders_are_told_apart_by_table() {
        let found = accesses(
            "SELECT t.* FROM app.tasks t JOIN users AS u ON u.id = t.user_id WHERE t.project_id = $1 AND u.id = t.user_id \
             AND t.due BETWEEN $2 AND $3 AND t.state IN ('a', 'b') ORDER BY t.created_at DESC, t.id LIMIT 50",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].table, "tasks");
        assert_eq!(found[0].equal, ["project_id", "state"]);
        assert_eq!(found[0].range, ["due"]);
        assert_eq!(found[0].order, [("created_at".to_owned(), true), ("id".to_owned(), false)]);
        assert_eq!(found[1], Access { table: "users".into(), ..Access::default() });
        assert_eq!(accesses("select * from t where a = 1 or b = 2"), []);
        for odd in
            ["", "select", "select 1 from", "select * from t where", "select * from t order by", "from ((("]
        {
            let _ = accesses(odd);
        }
    }
}
