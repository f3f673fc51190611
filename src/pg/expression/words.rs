//! Operators and functions that are written in words.

use super::node::Node;
use super::parse::Parser;
use super::pieces::Piece;

impl Parser {
    pub fn in_words(&mut self, left: Node, word: &str, least: u8) -> Result<Node, Node> {
        let level = match word {
            "or" => 1,
            "and" => 2,
            "is" | "isnull" | "notnull" => 4,
            "between" | "in" | "like" | "ilike" | "similar" | "not" => 6,
            "operator" if self.is_sign(1, '(') => 7,
            "at" if self.is_word(1, "time") => 11,
            "collate" => 12,
            _ => return Err(left),
        };
        let after = self.name(1).unwrap_or_default();
        if level < least || word == "not" && !matches!(after, "between" | "in" | "like" | "ilike" | "similar")
        {
            return Err(left);
        }
        self.at += 1;
        Ok(match word {
            "or" | "and" => {
                let right = self.expression(level + 1);
                joined(word, left, right)
            }
            "isnull" => Node::Operator("is null".into(), vec![left]),
            "notnull" => Node::Operator("is not null".into(), vec![left]),
            "is" => self.is(left),
            "at" => {
                self.at += 2;
                let zone = self.expression(level + 1);
                Node::Call(vec!["timezone".into()], vec![zone, left])
            }
            "collate" => {
                let name = self.path();
                Node::Operator("collate".into(), vec![left, Node::Name(name)])
            }
            "operator" => {
                self.take_sign('(');
                while self.name(0).is_some() && self.is_sign(1, '.') {
                    self.at += 2;
                }
                let sign = match self.peek(0) {
                    Some(Piece::Operator(sign)) => sign.clone(),
                    _ => String::new(),
                };
                self.at += 1;
                self.take_sign(')');
                let right = self.expression(level + 1);
                Node::Operator(sign, vec![left, right])
            }
            "not" => {
                let word = self.name(0).unwrap_or_default().to_owned();
                self.at += 1;
                self.predicate(left, &word, true)
            }
            _ => self.predicate(left, word, false),
        })
    }

    fn is(&mut self, left: Node) -> Node {
        let not = if self.take_word("not") { "not " } else { "" };
        if self.is_word(0, "distinct") && self.is_word(1, "from") {
            self.at += 2;
            let right = self.expression(5);
            let distinct = Node::Operator("is distinct from".into(), vec![left, right]);
            return if not.is_empty() { distinct } else { Node::Operator("not".into(), vec![distinct]) };
        }
        let what = self.name(0).unwrap_or_default().to_owned();
        self.at += usize::from(!what.is_empty());
        Node::Operator(format!("is {not}{what}"), vec![left])
    }

    /// `IN`, `BETWEEN`, `LIKE` and their negations, as what the grammar turns them into.
    fn predicate(&mut self, left: Node, word: &str, not: bool) -> Node {
        let operator = |sign: &str, operands: Vec<Node>| Node::Operator(sign.to_owned(), operands);
        match word {
            "between" => {
                let symmetric = self.take_word("symmetric");
                let low = self.expression(7);
                self.take_word("and");
                let high = self.expression(7);
                let (one, two, both) = if not { ("<", ">", "or") } else { (">=", "<=", "and") };
                let within = |low: Node, high: Node| {
                    operator(
                        both,
                        vec![operator(one, vec![left.clone(), low]), operator(two, vec![left.clone(), high])],
                    )
                };
                if !symmetric {
                    return within(low, high);
                }
                let other = if not { "and" } else { "or" };
                operator(other, vec![within(low.clone(), high.clone()), within(high, low)])
            }
            "in" => {
                self.take_sign('(');
                let parts = self.inside(')');
                let is_query = matches!(parts.first(), Some(Node::Word(it)) if it != ",");
                if is_query {
                    let found = operator("in", vec![left, Node::Parts(parts)]);
                    return if not { operator("not", vec![found]) } else { found };
                }
                let mut items: Vec<Node> =
                    parts.into_iter().filter(|it| !matches!(it, Node::Word(_))).collect();
                let (sign, which) = if not { ("<>", "all") } else { ("=", "any") };
                let right = if items.len() == 1 {
                    items.remove(0)
                } else {
                    Node::Call(vec![which.into()], vec![Node::Call(vec!["array".into()], items)])
                };
                operator(sign, vec![left, right])
            }
            _ => {
                if word == "similar" {
                    self.take_word("to");
                }
                let right = self.expression(7);
                let right = match word {
                    "similar" => Node::Call(vec!["similar_to_escape".into()], vec![right]),
                    _ => right,
                };
                let sign = match (word, not) {
                    ("like", false) => "~~",
                    ("like", true) => "!~~",
                    ("ilike", false) => "~~*",
                    ("ilike", true) => "!~~*",
                    (_, false) => "~",
                    (_, true) => "!~",
                };
                operator(sign, vec![left, right])
            }
        }
    }

    /// `CASE`, whose missing `ELSE` is `ELSE NULL`.
    pub fn case(&mut self) -> Node {
        let mut parts = Vec::new();
        let mut has_else = false;
        while !self.is_at_end() && !self.gave_up && !self.take_word("end") {
            let before = self.at;
            match self.name(0) {
                Some(word @ ("when" | "then" | "else")) => {
                    has_else |= word == "else";
                    parts.push(Node::Word(word.to_owned()));
                    self.at += 1;
                }
                _ => parts.push(self.expression(0)),
            }
            if self.at == before {
                break;
            }
        }
        if !has_else {
            parts.extend([Node::Word("else".into()), Node::word("null")]);
        }
        Node::Operator("case".into(), parts)
    }
}

/// `AND` and `OR` hold as many operands as there are.
fn joined(word: &str, left: Node, right: Node) -> Node {
    let mut operands = Vec::new();
    for side in [left, right] {
        match side {
            Node::Operator(it, inner) if it == word => operands.extend(inner),
            other => operands.push(other),
        }
    }
    Node::Operator(word.to_owned(), operands)
}

/// The functions that have a spelling of their own, as calls.
pub fn spelled(word: &str, mut arguments: Vec<Node>) -> Node {
    let mut name = word;
    match word {
        "extract" => {
            // The field is a word or a text.
            if let Some(Node::Name(path)) = arguments.first() {
                arguments[0] = Node::Text(path.join("."));
            }
        }
        "trim" => {
            let first = arguments.first().cloned();
            let (side, mut what) = match first {
                Some(Node::Parts(parts)) => side_of(parts),
                Some(Node::Word(side)) => (side, Vec::new()),
                other => ("both".to_owned(), other.into_iter().collect()),
            };
            name = match side.as_str() {
                "leading" => "ltrim",
                "trailing" => "rtrim",
                _ => "btrim",
            };
            let mut rest: Vec<Node> = arguments.into_iter().skip(1).collect();
            // `TRIM(both 'x' FROM y)` is `btrim(y, 'x')`.
            if rest.is_empty() {
                rest = what;
            } else {
                rest.append(&mut what);
            }
            arguments = rest;
        }
        _ => {}
    }
    Node::Call(vec![name.to_owned()], arguments)
}

fn side_of(mut parts: Vec<Node>) -> (String, Vec<Node>) {
    match parts.first() {
        Some(Node::Word(side)) => {
            let side = side.clone();
            parts.remove(0);
            (side, parts)
        }
        _ => ("both".to_owned(), vec![Node::Parts(parts)]),
    }
}
