//! SQL text becomes a tree. What is no expression becomes a list of its parts, so that any text has a tree.

use super::node::Node;
use super::pieces::{Piece, pieces};
use super::words::spelled;

/// How deep parentheses may go before a text is given up; PostgreSQL's own limit is its stack.
const DEEPEST: usize = 120;

/// Reads pieces of SQL.
pub struct Parser {
    pieces: Vec<Piece>,
    /// The next piece.
    pub at: usize,
    depth: usize,
    /// Whether the text is nested too deep.
    pub gave_up: bool,
}

/// The tree of a text; nothing when it is nested too deep to be worth it.
pub fn parse(text: &str) -> Option<Node> {
    let mut parser = Parser::new(text);
    let mut parts = Vec::new();
    while !parser.is_at_end() && !parser.gave_up {
        parts.extend(parser.parts());
        // A bracket that nothing opened.
        parser.at += 1;
    }
    (!parser.gave_up).then(|| single(parts))
}

/// One part is itself.
pub fn single(mut parts: Vec<Node>) -> Node {
    if parts.len() == 1 { parts.remove(0) } else { Node::Parts(parts) }
}

impl Parser {
    pub fn new(text: &str) -> Self {
        Self { pieces: pieces(text), at: 0, depth: 0, gave_up: false }
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.pieces.len()
    }

    pub fn peek(&self, ahead: usize) -> Option<&Piece> {
        self.pieces.get(self.at + ahead)
    }

    pub fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Some(Piece::Word(it)) if it == word)
    }

    pub fn is_sign(&self, ahead: usize, sign: char) -> bool {
        matches!(self.peek(ahead), Some(Piece::Sign(it)) if *it == sign)
    }

    pub fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.at += usize::from(found);
        found
    }

    pub fn take_sign(&mut self, sign: char) -> bool {
        let found = self.is_sign(0, sign);
        self.at += usize::from(found);
        found
    }

    pub fn name(&self, ahead: usize) -> Option<&str> {
        match self.peek(ahead) {
            Some(Piece::Word(it) | Piece::Quoted(it)) => Some(it),
            _ => None,
        }
    }

    /// Everything up to a closing bracket: words of the query, commas, expressions.
    pub fn parts(&mut self) -> Vec<Node> {
        let mut parts: Vec<Node> = Vec::new();
        self.depth += 1;
        self.gave_up |= self.depth > DEEPEST;
        while let Some(piece) = self.peek(0).filter(|_| !self.gave_up).cloned() {
            match piece {
                Piece::Sign(')' | ']') => break,
                Piece::Sign(sign) if matches!(sign, ',' | ';' | '.') => {
                    parts.push(Node::Word(sign.to_string()));
                    self.at += 1;
                }
                Piece::Word(word) if self.orders() || is_clause(&word) && !self.begins_call() => {
                    // `BY` says nothing more.
                    self.at += if self.orders() { 2 } else { 1 };
                    // `AS`, `INNER`, `OUTER` and `ASC` say nothing that their absence does not, nor does `LATERAL` before a
                    // function (manual, "LATERAL Subqueries").
                    let is_said = match word.as_str() {
                        "as" | "inner" | "outer" | "asc" => false,
                        "lateral" => self.is_sign(0, '('),
                        _ => true,
                    };
                    if is_said {
                        parts.push(Node::Word(word.clone()));
                    }
                    // `GRANT … ON TABLE t`, `GRANT ALL PRIVILEGES`.
                    if word == "on" && self.is_word(0, "table") && self.name(1).is_some()
                        || word == "all" && self.is_word(0, "privileges")
                    {
                        self.at += 1;
                    }
                }
                _ => {
                    let before = self.at;
                    match self.expression(0) {
                        // The parentheses around joins that go from left to right.
                        Node::Parts(inner) if is_join(&inner) => parts.extend(inner),
                        other => parts.push(other),
                    }
                    // Whatever the reader of expressions does not take is a part of its own.
                    self.at = self.at.max(before + 1);
                }
            }
        }
        self.depth -= 1;
        parts
    }

    /// Whether `GROUP BY` and the like come next.
    fn orders(&self) -> bool {
        matches!(self.name(0), Some("group" | "order" | "partition")) && self.is_word(1, "by")
    }

    /// Whether a word that may open a clause is a function here: `left(a, 2)`.
    fn begins_call(&self) -> bool {
        matches!(self.name(0), Some("left" | "right")) && self.is_sign(1, '(')
            || matches!(self.name(0), Some("values" | "set")) && !self.is_sign(1, '(')
    }

    /// What stands between brackets, the opening one taken already.
    pub fn inside(&mut self, close: char) -> Vec<Node> {
        let parts = self.parts();
        self.take_sign(close);
        parts
    }

    /// Arguments between brackets, the opening one taken already. `breaks` are words that stand for commas.
    fn arguments(&mut self, close: char, breaks: &[&str]) -> Vec<Node> {
        let parts = self.inside(close);
        let mut arguments: Vec<Vec<Node>> = vec![Vec::new()];
        for part in parts {
            let is_break = matches!(&part, Node::Word(it) if it == "," || breaks.contains(&it.as_str()))
                || matches!(&part, Node::Name(it) if it.len() == 1 && breaks.contains(&it[0].as_str()));
            match arguments.last_mut() {
                Some(last) if !is_break => last.push(part),
                _ => arguments.push(Vec::new()),
            }
        }
        arguments.retain(|it| !it.is_empty());
        arguments.into_iter().map(single).collect()
    }

    /// An expression whose operators bind at least this tightly (manual, "Operator Precedence").
    pub fn expression(&mut self, least: u8) -> Node {
        self.depth += 1;
        self.gave_up |= self.depth > DEEPEST;
        let mut left = if self.gave_up { Node::Parts(Vec::new()) } else { self.operand() };
        while !self.gave_up {
            match self.further(left, least) {
                Ok(longer) => left = longer,
                Err(whole) => {
                    left = whole;
                    break;
                }
            }
        }
        self.depth -= 1;
        left
    }

    /// Takes one operator and what follows it; gives the left side back when none binds tightly enough.
    fn further(&mut self, left: Node, least: u8) -> Result<Node, Node> {
        let Some(piece) = self.peek(0).cloned() else { return Err(left) };
        match piece {
            Piece::Operator(sign) if sign == "::" => {
                self.at += 1;
                Ok(Node::Cast(Box::new(left), self.type_name()))
            }
            Piece::Operator(sign) => {
                let level = level(&sign);
                if level < least {
                    return Err(left);
                }
                self.at += 1;
                let right = self.expression(level + 1);
                let sign = if sign == "!=" { "<>".to_owned() } else { sign };
                Ok(Node::Operator(sign, vec![left, right]))
            }
            Piece::Sign('[') => {
                self.at += 1;
                let inner = single(self.inside(']'));
                Ok(Node::Operator("[]".into(), vec![left, inner]))
            }
            Piece::Sign('.')
                if matches!(left, Node::Parts(_) | Node::Call(..) | Node::Name(_) | Node::Operator(..)) =>
            {
                let is_star = matches!(self.peek(1), Some(Piece::Operator(sign)) if sign == "*");
                let field = if is_star { Some("*") } else { self.name(1) };
                let Some(field) = field.map(str::to_owned) else { return Err(left) };
                self.at += 2;
                Ok(Node::Operator(".".into(), vec![left, Node::word(&field)]))
            }
            Piece::Word(word) => self.in_words(left, &word, least),
            _ => Err(left),
        }
    }

    /// What stands before or between operators.
    fn operand(&mut self) -> Node {
        let Some(piece) = self.peek(0).cloned() else { return Node::Parts(Vec::new()) };
        match piece {
            Piece::Text(text) => {
                self.at += 1;
                Node::Text(text)
            }
            Piece::Number(number) => {
                self.at += 1;
                Node::Number(number)
            }
            Piece::Operator(sign) => {
                self.at += 1;
                // The `*` of `count(*)` and of `select *`.
                if sign == "*" {
                    return Node::word("*");
                }
                let level = if matches!(sign.as_str(), "-" | "+") { 11 } else { 7 };
                match (sign.as_str(), self.expression(level)) {
                    ("-", Node::Number(number)) => Node::Number(format!("-{number}")),
                    ("+", it) => it,
                    (_, it) => Node::Operator(sign, vec![it]),
                }
            }
            Piece::Sign('(') => {
                self.at += 1;
                let parts = self.inside(')');
                let is_list = parts.iter().any(|it| matches!(it, Node::Word(_)));
                let is_plain = parts
                    .iter()
                    .all(|it| matches!(it, Node::Word(word) if word == ",") || !matches!(it, Node::Word(_)));
                if is_list && is_plain {
                    let items = parts.into_iter().filter(|it| !matches!(it, Node::Word(_))).collect();
                    return Node::Call(vec!["row".into()], items);
                }
                single(parts)
            }
            Piece::Sign(sign) => {
                self.at += 1;
                Node::Word(sign.to_string())
            }
            Piece::Quoted(_) => self.named(),
            Piece::Word(word) => self.worded(&word),
        }
    }

    /// An operand that begins with a word.
    fn worded(&mut self, word: &str) -> Node {
        match word {
            "not" => {
                self.at += 1;
                Node::Operator("not".into(), vec![self.expression(3)])
            }
            "case" => {
                self.at += 1;
                self.case()
            }
            "array" if self.is_sign(1, '[') => {
                self.at += 2;
                let items = self.arguments(']', &[]);
                Node::Call(vec!["array".into()], items)
            }
            "cast" if self.is_sign(1, '(') => {
                self.at += 2;
                let value = self.expression(0);
                self.take_word("as");
                let target = self.type_name();
                self.take_sign(')');
                Node::Cast(Box::new(value), target)
            }
            "position" if self.is_sign(1, '(') => {
                self.at += 2;
                let part = self.expression(7);
                self.take_word("in");
                let whole = self.expression(7);
                self.take_sign(')');
                Node::Call(vec!["position".into()], vec![whole, part])
            }
            "extract" | "substring" | "overlay" | "trim" if self.is_sign(1, '(') => {
                self.at += 2;
                let arguments = self.arguments(')', &["from", "for", "placing"]);
                spelled(word, arguments)
            }
            _ => self.typed_constant().unwrap_or_else(|| self.named()),
        }
    }

    /// A name, or a call of the function of that name.
    fn named(&mut self) -> Node {
        let path = self.path();
        if path.is_empty() {
            self.at += 1;
            return Node::Parts(Vec::new());
        }
        if !self.take_sign('(') {
            return Node::Name(path);
        }
        if matches!(path.as_slice(), [one] if one == "xmltable") {
            let arguments = self.xml_table();
            return Node::Call(path, arguments);
        }
        if let Some(columns) = self.defined_columns() {
            return Node::Call(path, columns);
        }
        let arguments = self.arguments(')', &[]);
        let call = match (path.as_slice(), arguments.as_slice()) {
            ([word], [it @ Node::Call(inner, _)])
                if word == "any" && matches!(inner.as_slice(), [one] if one == "array") =>
            {
                Node::Call(vec!["any".into()], vec![it.clone()])
            }
            ([word], _) if word == "some" => Node::Call(vec!["any".into()], arguments),
            _ => Node::Call(path, arguments),
        };
        self.narrowed(call)
    }

    pub fn path(&mut self) -> Vec<String> {
        let mut path = Vec::new();
        while let Some(name) = self.name(0).map(str::to_owned) {
            path.push(name);
            self.at += 1;
            match (self.is_sign(0, '.'), self.peek(1)) {
                (true, Some(Piece::Operator(star))) if star == "*" => {
                    path.push("*".to_owned());
                    self.at += 2;
                    break;
                }
                (true, Some(Piece::Word(_) | Piece::Quoted(_))) => self.at += 1,
                _ => break,
            }
        }
        path
    }
}

fn is_join(parts: &[Node]) -> bool {
    let is = |it: &Node, word: &str| matches!(it, Node::Word(found) if found == word);
    parts.iter().any(|it| is(it, "join"))
        && !parts.first().is_some_and(|it| is(it, "select") || is(it, "with"))
}

/// Reserved words that stand between expressions (manual, "SQL Key Words").
fn is_clause(word: &str) -> bool {
    matches!(
        word,
        "all"
            | "as"
            | "asc"
            | "both"
            | "cross"
            | "desc"
            | "distinct"
            | "else"
            | "end"
            | "except"
            | "fetch"
            | "for"
            | "from"
            | "full"
            | "group"
            | "having"
            | "inner"
            | "intersect"
            | "into"
            | "join"
            | "lateral"
            | "leading"
            | "left"
            | "limit"
            | "natural"
            | "offset"
            | "on"
            | "only"
            | "order"
            | "outer"
            | "returning"
            | "right"
            | "select"
            | "set"
            | "then"
            | "to"
            | "trailing"
            | "union"
            | "using"
            | "values"
            | "variadic"
            | "when"
            | "where"
            | "window"
            | "with"
    )
}

/// How tightly an operator binds.
fn level(sign: &str) -> u8 {
    match sign {
        "^" => 10,
        "*" | "/" | "%" => 9,
        "+" | "-" => 8,
        "<" | ">" | "=" | "<=" | ">=" | "<>" | "!=" => 5,
        _ => 7,
    }
}
