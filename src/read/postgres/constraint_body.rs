//! The words of constraints, for those that a design cannot hold in the end.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use super::builder::Builder;
use super::constraint::Pending;
use super::syntax;
use crate::base::Span;
use crate::design::TableId;

/// What a constraint is, as it stands behind `ADD`.
#[derive(Debug)]
pub enum Body {
    /// There in the text: in a large one, copies of all constraints would take a third as much again.
    Written(Span),
    /// In these words, which are not in the text.
    Made(Box<str>),
}

impl Body {
    /// Of a constraint that is being read.
    pub fn of(b: &Builder, table: TableId, pending: &Pending) -> Self {
        let made = written(b, table, pending);
        let first = syntax::tokens(pending.node.syntax()).next();
        let start = first.map_or(0, |it| usize::from(it.text_range().start()));
        let start = start + b.statement().start as usize;
        let span = Span::new(start, start + made.len());
        if span.of(b.text) == made { Self::Written(span) } else { Self::Made(made.into()) }
    }

    /// The constraint as a statement of its own.
    pub fn as_statement(&self, b: &Builder, table: TableId) -> String {
        let body = match self {
            Self::Written(span) => span.of(b.text),
            Self::Made(body) => body,
        };
        format!("ALTER TABLE {} ADD {body}", b.table_name(table))
    }
}

fn written(b: &Builder, table: TableId, pending: &Pending) -> String {
    let node = &pending.node;
    let column = pending.column.and_then(|id| b.tables.get(&table)?.column(id));
    let column = column.map(|it| crate::sql::ident(&it.name)).unwrap_or_default();
    let whole = b.sql(node);
    let clause = node.syntax().children().find(|it| it.kind() == SyntaxKind::CONSTRAINT_NAME_CLAUSE);
    // The name is a part of the node, or stands before it.
    let named = clause.map(|it| syntax::text_of(&it)).filter(|it| whole.starts_with(it.as_str()));
    let rest = named.as_ref().and_then(|it| whole.get(it.len()..)).unwrap_or(&whole).trim_start();
    let is_whole = named.is_some();
    let before = node.constraint_name().map(|it| format!("CONSTRAINT {}", syntax::text(&it)));
    let name = named.or(before).map(|it| it + " ").unwrap_or_default();
    match (node, pending.column) {
        (ast::Constraint::ReferencesConstraint(_), Some(_)) => format!("{name}FOREIGN KEY ({column}) {rest}"),
        (ast::Constraint::UniqueConstraint(_), Some(_)) => format!("{name}UNIQUE ({column})"),
        (ast::Constraint::PrimaryKeyConstraint(_), Some(_)) => format!("{name}PRIMARY KEY ({column})"),
        _ if is_whole => whole,
        _ => format!("{name}{whole}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, postgres};

    #[test]
    fn a_constraint_that_a_design_cannot_hold_is_kept_in_its_words() {
        let sql = "create table a (id int primary key, b int, constraint u  unique (b, b));
            create table c (a text[] references a, b int, foreign key (b, b) references a (id, id));
            alter table a rename to d;
            alter table d add constraint k unique (b, b, b);";
        let design = postgres(sql, &Options::default()).tree.design;
        let kept: Vec<&str> = design.verbatims().map(|it| it.sql.as_str()).collect();
        assert_eq!(
            kept,
            [
                "ALTER TABLE d ADD constraint u  unique (b, b)",
                "ALTER TABLE d ADD constraint k unique (b, b, b)",
                "ALTER TABLE c ADD FOREIGN KEY (a) references a",
                "ALTER TABLE c ADD foreign key (b, b) references a (id, id)",
            ]
        );
    }
}
