//! The data dictionary: every table with its columns, rules and what leads to it; types, views and functions.

mod page;

use std::collections::BTreeMap;

use crate::base::Span;
use crate::design::{Column, ColumnValue, Design, Function, Id, Table};
use crate::layout::card::type_text;
use crate::sql::{self, Written};
use page::{Block, Line, Piece, words};

/// Of a table with more rows than this only their number is told.
const MOST_ROWS: usize = 40;

/// The dictionary as Markdown.
pub fn dictionary_markdown(design: &Design) -> String {
    page::markdown(&title(design), &blocks(design))
}

/// The dictionary as one HTML page that needs nothing else.
pub fn dictionary_html(design: &Design) -> String {
    page::html(&title(design), &blocks(design))
}

fn title(design: &Design) -> String {
    match design.title() {
        "" => "Data dictionary".to_owned(),
        title => format!("{title}: data dictionary"),
    }
}

fn blocks(design: &Design) -> Vec<Block> {
    let written = sql::ddl(design, &sql::Options::of(design));
    let mut places = BTreeMap::new();
    for (span, id) in &written.map {
        places.entry(*id).or_insert(*span);
    }
    let mut referencing: BTreeMap<Id, Vec<Line>> = BTreeMap::new();
    for (table, fk) in design.foreign_keys() {
        let names: Vec<&str> = table.column_names(&fk.columns).collect();
        let line = vec![
            Piece::Link(design.relation_name(table.namespace, &table.name)),
            Piece::Text(" by ".to_owned()),
            Piece::Code(names.join(", ")),
        ];
        referencing.entry(fk.references.into()).or_default().push(line);
    }
    let mut dictionary = Dictionary { design, written: &written, places, out: Vec::new() };
    for table in design.tables() {
        dictionary.table(table, referencing.remove(&table.id.into()).unwrap_or_default());
    }
    dictionary.types();
    dictionary.views();
    dictionary.functions();
    dictionary.out
}

struct Dictionary<'d> {
    design: &'d Design,
    written: &'d Written,
    /// Where the SQL of each thing stands that makes it.
    places: BTreeMap<Id, Span>,
    out: Vec<Block>,
}

impl Dictionary<'_> {
    /// The SQL that makes a thing, with what is said of it.
    fn made(&self, id: impl Into<Id>, comment: Option<&str>) -> Option<Line> {
        let sql = self.places.get(&id.into())?.of(&self.written.text).trim();
        let mut line = vec![Piece::Code(sql.trim_end_matches([';', ',']).to_owned())];
        line.extend(comment.map(|it| Piece::Text(format!(" {it}"))));
        Some(line)
    }

    fn section(&mut self, name: String, comment: Option<&str>) {
        self.out.push(Block::Section(name));
        self.out.extend(comment.map(|it| Block::Text(words(it))));
    }

    fn list(&mut self, title: &'static str, items: Vec<Line>) {
        if !items.is_empty() {
            self.out.extend([Block::Part(title), Block::List(items)]);
        }
    }

    fn table(&mut self, table: &Table, referencing: Vec<Line>) {
        self.section(self.design.relation_name(table.namespace, &table.name), table.comment.as_deref());
        let head = ["Column", "Type", "May be null", "Value", "Key", "Meaning"].map(str::to_owned).to_vec();
        let rows = table.columns.iter().map(|it| self.column(table, it)).collect();
        self.out.push(Block::Rows(head, rows));
        let key = table.primary_key.as_ref().filter(|it| it.columns.len() > 1);
        let made = |id: Id, comment: &Option<String>| self.made(id, comment.as_deref());
        let rules = key.iter().filter_map(|it| made(it.id.into(), &it.comment));
        let rules = rules.chain(table.uniques.iter().filter_map(|it| made(it.id.into(), &it.comment)));
        let rules = rules.chain(table.foreign_keys.iter().filter_map(|it| made(it.id.into(), &it.comment)));
        let rules = rules.chain(table.checks.iter().filter_map(|it| made(it.id.into(), &it.comment)));
        let rules = rules.chain(table.exclusions.iter().filter_map(|it| made(it.id.into(), &it.comment)));
        let rules: Vec<Line> = rules.collect();
        let indexes = table.indexes.iter().filter_map(|it| made(it.id.into(), &it.comment)).collect();
        let triggers = table.triggers.iter().filter_map(|it| made(it.id.into(), &it.comment)).collect();
        let policies = table.policies.iter().filter_map(|it| made(it.id.into(), &it.comment)).collect();
        self.list("Rules", rules);
        self.list("Indexes", indexes);
        self.list("Triggers", triggers);
        self.list("Policies", policies);
        self.list("Referenced by", referencing);
        self.rows(table);
    }

    fn column(&self, table: &Table, column: &Column) -> Vec<Line> {
        let code = |it: &str| vec![Piece::Code(it.to_owned())];
        let value = match &column.value {
            ColumnValue::Given => Line::new(),
            ColumnValue::Default(sql) => code(sql),
            ColumnValue::Generated { expression, .. } => {
                vec![Piece::Text("always ".to_owned()), Piece::Code(expression.clone())]
            }
            ColumnValue::Identity { .. } => words("numbered"),
        };
        let mut key = Line::new();
        if table.is_key(column.id) {
            key.push(Piece::Text("primary key".to_owned()));
        } else if table.is_unique_over(&[column.id]) {
            key.push(Piece::Text("unique".to_owned()));
        }
        for fk in table.foreign_keys.iter().filter(|it| it.columns.contains(&column.id)) {
            if let Some(to) = self.design.table(fk.references) {
                key.push(Piece::Text(if key.is_empty() { "→ " } else { ", → " }.to_owned()));
                key.push(Piece::Link(self.design.relation_name(to.namespace, &to.name)));
            }
        }
        let null = if table.is_nullable(column.id) { "yes" } else { "no" };
        vec![
            code(&column.name),
            code(&type_text(self.design, &column.data_type)),
            words(null),
            value,
            key,
            words(column.comment.as_deref().unwrap_or_default()),
        ]
    }

    /// The rows that come with the table.
    fn rows(&mut self, table: &Table) {
        let Some(seed) = table.seed.as_ref().filter(|it| !it.rows.is_empty()) else { return };
        self.out.push(Block::Part("Rows"));
        if seed.rows.len() > MOST_ROWS {
            return self.out.push(Block::Text(words(format!("{} rows come with it.", seed.rows.len()))));
        }
        let head = table.column_names(&seed.columns).map(str::to_owned).collect();
        let code = |it: &String| vec![Piece::Code(it.clone())];
        let rows = seed.rows.iter().map(|it| it.iter().map(code).collect()).collect();
        self.out.push(Block::Rows(head, rows));
    }

    fn types(&mut self) {
        let design = self.design;
        for it in design.enums() {
            self.section(design.relation_name(it.namespace, &it.name), it.comment.as_deref());
            self.out.push(Block::List(it.values.iter().map(|it| vec![Piece::Code(it.clone())]).collect()));
        }
        let domains = design.domains().map(|it| (it.id.into(), (it.namespace, &it.name), &it.comment));
        let composites = design.composites().map(|it| (it.id.into(), (it.namespace, &it.name), &it.comment));
        let ranges = design.ranges().map(|it| (it.id.into(), (it.namespace, &it.name), &it.comment));
        let others: Vec<(Id, _, _)> = domains.chain(composites).chain(ranges).collect();
        for (id, (namespace, name), comment) in others {
            self.section(design.relation_name(namespace, name), comment.as_deref());
            self.out.extend(self.made(id, None).map(Block::Text));
        }
    }

    fn views(&mut self) {
        let design = self.design;
        for it in design.views() {
            self.section(design.relation_name(it.namespace, &it.name), it.comment.as_deref());
            self.out.extend(self.made(it.id, None).map(Block::Text));
        }
    }

    /// What can be called, without what it does.
    fn functions(&mut self) {
        let design = self.design;
        let line = |it: &Function| {
            let arguments = it.arguments.iter().map(|it| {
                let name = it.name.as_ref().map(|it| format!("{it} ")).unwrap_or_default();
                format!("{name}{}", it.data_type)
            });
            let arguments: Vec<String> = arguments.collect();
            let name = design.relation_name(it.namespace, &it.name);
            let mut line = vec![Piece::Code(format!("{name}({})", arguments.join(", ")))];
            if let Some(returns) = &it.returns {
                line.extend([Piece::Text(" gives ".to_owned()), Piece::Code(returns.clone())]);
            }
            line.extend(it.comment.as_ref().map(|it| Piece::Text(format!(": {it}"))));
            line
        };
        let functions: Vec<Line> = design.functions().map(line).collect();
        if !functions.is_empty() {
            self.out.extend([Block::Group("Functions"), Block::List(functions)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, postgres};

    const SQL: &str = "create type state as enum ('open', 'closed');
        create table customer (id bigint generated always as identity primary key, email text not null unique);
        comment on table customer is 'Who buys | pays';
        create table orders (
            id uuid primary key default gen_random_uuid(),
            customer_id bigint not null references customer on delete cascade,
            state state not null default 'open',
            total numeric(12,2) not null check (total >= 0),
            tax numeric(12,2) generated always as (total * 0.2) stored);
        comment on column orders.total is 'With tax';
        create index on orders (customer_id) where state = 'open';
        create view open_orders as select id from orders where state = 'open';
        create function count_orders(of bigint) returns bigint language sql as 'select count(*) from orders where customer_id = of';";

    #[test]
    fn each_table_tells_its_columns_rules_and_what_leads_to_it() {
        let text = dictionary_markdown(&postgres(SQL, &Options::default()).tree.design);
        for line in [
            "# Data dictionary",
            "## `customer`",
            "Who buys \\| pays",
            "| `id` | `bigint` | no | numbered | primary key |  |",
            "| `customer_id` | `bigint` | no |  | → [`customer`](#customer) |  |",
            "| `total` | `numeric(12,2)` | no |  |  | With tax |",
            "| `tax` | `numeric(12,2)` | yes | always `total * 0.2` |  |  |",
            "- [`orders`](#orders) by `customer_id`",
            "## `state`",
            "- `closed`",
            "- `count_orders(of bigint)` gives `bigint`",
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
        assert!(text.contains("ON DELETE CASCADE") && text.contains("CHECK (total >= 0)"), "{text}");
        assert!(text.contains("### Indexes") && text.contains("`CREATE VIEW open_orders AS"), "{text}");
    }

    #[test]
    fn every_link_of_the_page_leads_somewhere() {
        let page = dictionary_html(&postgres(SQL, &Options::default()).tree.design);
        let targets: Vec<&str> =
            page.split("href=\"#").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert!(targets.len() > 5);
        for it in targets {
            assert!(page.contains(&format!("id=\"{it}\"")), "{it}");
        }
        for tag in ["table", "ul", "li", "td", "p", "code", "nav"] {
            let (opened, closed) =
                (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
            let others = if tag == "p" { page.matches("<pre").count() } else { 0 };
            assert!(opened >= closed && opened - others <= closed + page.matches("<thead").count(), "{tag}");
        }
    }
}
