//! Columns that a query defines with their types, and what follows a call: `AS t(a int)`, `XMLTABLE`, `FILTER`, `OVER`.

use super::node::{COLUMN, Node};
use super::parse::Parser;
use super::pieces::Piece;
use crate::pg::is_reserved;

impl Parser {
    /// `a int, b text)`, the opening bracket taken already; nothing where it is anything else.
    pub fn defined_columns(&mut self) -> Option<Vec<Node>> {
        let before = self.at;
        let mut columns = Vec::new();
        while let Some(column) = self.defined_column() {
            columns.push(column);
            if self.take_sign(')') {
                return Some(columns);
            }
            if !self.take_sign(',') {
                break;
            }
        }
        self.at = before;
        None
    }

    /// A name and a type.
    fn defined_column(&mut self) -> Option<Node> {
        let name = match self.peek(0)? {
            Piece::Word(word) if !is_reserved(word) => word.clone(),
            Piece::Quoted(name) => name.clone(),
            _ => return None,
        };
        let begins_type = match self.peek(1)? {
            Piece::Word(word) => !is_reserved(word) && !matches!(word.as_str(), "isnull" | "notnull"),
            piece => matches!(piece, Piece::Quoted(_)),
        };
        if !begins_type {
            return None;
        }
        self.at += 1;
        let data_type = self.type_name();
        let parts = vec![Node::word(&name), Node::Name(data_type.path), Node::Text(data_type.rest)];
        Some(Node::Operator(COLUMN.to_owned(), parts))
    }

    /// `row PASSING document COLUMNS name type PATH path DEFAULT value NOT NULL, …)`, the opening bracket taken already:
    /// the row, the document, and each column with what is said of it in one order.
    ///
    /// Source: PostgreSQL manual, "XML Functions", "xmltable".
    pub fn xml_table(&mut self) -> Vec<Node> {
        let mut found = Vec::new();
        while !self.is_at_end() && !self.gave_up && !self.is_word(0, "columns") && !self.is_sign(0, ')') {
            // `BY REF` and `BY VALUE` say nothing here.
            match self.name(0) {
                Some("by") if matches!(self.name(1), Some("ref" | "value")) => self.at += 2,
                Some("passing") => self.at += 1,
                _ => self.further_part(&mut found),
            }
        }
        if self.take_word("columns") {
            while !self.is_at_end() && !self.gave_up && !self.is_sign(0, ')') {
                let before = self.at;
                if let Some(column) = self.xml_column() {
                    found.push(column);
                }
                self.take_sign(',');
                if self.at == before {
                    break;
                }
            }
        }
        found.extend(self.inside(')'));
        found
    }

    fn further_part(&mut self, found: &mut Vec<Node>) {
        let before = self.at;
        found.push(self.expression(0));
        self.at = self.at.max(before + 1);
    }

    fn xml_column(&mut self) -> Option<Node> {
        if self.is_word(1, "for") && self.is_word(2, "ordinality") {
            let name = self.name(0)?.to_owned();
            self.at += 3;
            return Some(Node::Operator(
                COLUMN.to_owned(),
                vec![Node::word(&name), Node::word("ordinality")],
            ));
        }
        let Node::Operator(sign, mut parts) = self.defined_column()? else { return None };
        let (mut path, mut default, mut not_null) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            if self.take_word("path") {
                path = vec![Node::Word("path".into()), self.expression(0)];
            } else if self.take_word("default") {
                default = vec![Node::Word("default".into()), self.expression(0)];
            } else if self.is_word(0, "not") && self.is_word(1, "null") {
                self.at += 2;
                not_null = vec![Node::Word("not null".into())];
            } else if !self.take_word("null") {
                break;
            }
        }
        parts.extend(path.into_iter().chain(default).chain(not_null));
        Some(Node::Operator(sign, parts))
    }

    /// A call with what narrows it down: `WITHIN GROUP (…)`, `FILTER (…)`, `OVER (…)`.
    pub fn narrowed(&mut self, mut call: Node) -> Node {
        loop {
            let (sign, words) = if self.is_word(0, "within") && self.is_word(1, "group") {
                ("within group", 2)
            } else if self.is_word(0, "filter") {
                ("filter", 1)
            } else if self.is_word(0, "over") {
                ("over", 1)
            } else {
                return call;
            };
            let by = if matches!(self.peek(words), Some(Piece::Sign('('))) {
                self.at += words + 1;
                Node::Parts(self.inside(')'))
            } else if let Some(name) = self.name(words).filter(|_| sign == "over").map(str::to_owned) {
                self.at += words + 1;
                Node::word(&name)
            } else {
                return call;
            };
            call = Node::Operator(sign.to_owned(), vec![call, by]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::alike;

    #[test]
    fn what_follows_a_call_belongs_to_it() {
        assert!(alike("count(*) filter (where a > 0)::int", "(count(*) FILTER (WHERE (a > 0)))::integer"));
        assert!(alike("sum(x) over (partition by a order by b)", "sum(x) OVER (PARTITION BY a ORDER BY b)"));
        assert!(alike("sum(x) over w + 1", "(sum(x) OVER w + 1)"));
        assert!(alike(
            "percentile_cont(0.5) within group (order by x)",
            "percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY x)"
        ));
        assert!(!alike("count(*) filter (where a)", "count(*) filter (where b)"));
        assert!(!alike("count(*) filter (where a)", "count(*)"));
        assert!(!alike("sum(x) over (order by a)", "sum(x) over (partition by a)"));
        assert!(!alike("sum(x) over v", "sum(x) over w"));
    }

    #[test]
    fn columns_with_types_are_no_expressions() {
        assert!(alike("f() as t(a int, b decimal(9,2))", "f() t(a integer, b numeric(9,2))"));
        assert!(!alike("f() as t(a int)", "f() t(a bigint)"));
        assert!(!alike("f() as t(a int)", "f() t(b integer)"));
        assert!(!alike("f() as t(a numeric(9,2))", "f() t(a numeric(9,3))"));
        assert!(!alike("f(a int)", "f(a)"));
    }

    #[test]
    fn columns_of_documents_say_the_same_in_any_order() {
        let shown = "XMLTABLE(('/rows/row'::text) PASSING (t.doc) COLUMNS id integer PATH ('@id'::text), n FOR ORDINALITY, \
                     name text DEFAULT ('none'::text) PATH ('name'::text) NOT NULL)";
        let written = |name: &str| {
            format!(
                "xmltable('/rows/row' passing by ref doc columns id int path '@id', n for ordinality, \
                 name text path '{name}' not null default 'none')"
            )
        };
        assert!(alike(&written("name"), shown));
        assert!(!alike(&written("title"), shown));
        assert!(!alike("xmltable('/a' passing d columns x int)", "xmltable('/a' passing d columns x text)"));
        assert!(!alike(
            "xmltable('/a' passing d columns x int)",
            "xmltable('/a' passing d columns x int not null)"
        ));
    }
}
