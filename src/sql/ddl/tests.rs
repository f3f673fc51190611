//! What a written design looks like.

use super::*;
use crate::design::{BaseType, Record};
use crate::design::{
    Column, ColumnId, ColumnValue, Edit, EnumType, Function, FunctionBody, IdSource, Index, IndexElement,
    IndexKey, PrimaryKey, ReferentialAction, SeedRows, Trigger, TriggerEvent, TriggerFiring, TriggerFunction,
    TriggerTiming, Unique, View,
};
use crate::pg::Builtin;

/// Makes small designs.
struct Maker {
    ids: IdSource,
    records: Vec<Record>,
}

impl Maker {
    fn new() -> Self {
        Self { ids: Design::new().ids(), records: Vec::new() }
    }

    fn table(&mut self, name: &str) -> Table {
        let mut column = Column::new(self.ids.take(), "id", DataType::builtin(Builtin::Uuid));
        column.value = ColumnValue::Default("gen_random_uuid()".into());
        let key = PrimaryKey {
            id: self.ids.take(),
            name: format!("{name}_pkey"),
            columns: vec![column.id],
            ..PrimaryKey::default()
        };
        let id = self.ids.take();
        Table { id, name: name.into(), columns: vec![column], primary_key: Some(key), ..Table::default() }
    }

    fn column(&mut self, table: &mut Table, name: &str, builtin: Builtin) -> ColumnId {
        let column = Column::new(self.ids.take(), name, DataType::builtin(builtin));
        table.columns.push(column);
        table.columns[table.columns.len() - 1].id
    }

    fn foreign_key(&mut self, from: &mut Table, to: &Table, column: &str) {
        let id = self.column(from, column, Builtin::Uuid);
        from.foreign_keys.push(ForeignKey {
            id: self.ids.take(),
            name: format!("fk_{}_{column}", from.name),
            columns: vec![id],
            references: to.id,
            ref_columns: vec![to.columns[0].id],
            on_delete: ReferentialAction::Cascade,
            ..ForeignKey::default()
        });
    }

    fn add(&mut self, record: impl Into<Record>) {
        self.records.push(record.into());
    }

    fn design(self) -> Design {
        let mut design = Design::new();
        design.apply(&Edit::adding(self.records)).expect("a valid design");
        design
    }
}

#[track_caller]
fn check(design: &Design, expected: &str) {
    assert_eq!(ddl(design, &Options::default()).text, expected);
}

#[test]
fn a_table_is_written_with_its_keys_indexes_and_comments() {
    let mut make = Maker::new();
    let state = EnumType {
        id: make.ids.take(),
        name: "order_state".into(),
        values: vec!["pending".into(), "it's".into()],
        ..EnumType::default()
    };
    let user = make.table("user");
    let mut order = make.table("order");
    make.foreign_key(&mut order, &user, "user_id");
    let column = make.column(&mut order, "state", Builtin::Text);
    order.columns[2].data_type = DataType::new(BaseType::Enum(state.id));
    order.columns[2].value = ColumnValue::Default("'pending'".into());
    order.uniques.push(Unique {
        id: make.ids.take(),
        name: "uq_order".into(),
        columns: vec![order.columns[1].id, column],
        ..Unique::default()
    });
    order.checks.push(Check {
        id: make.ids.take(),
        name: "chk_order".into(),
        expression: "length(note) > 0 -- said".into(),
        ..Check::default()
    });
    let mut index = Index::over(make.ids.take(), "idx_order", &[column]);
    index.elements.push(IndexElement {
        key: IndexKey::Expression("lower(note)".into()),
        ..IndexElement::column(column)
    });
    index.predicate = Some("state <> 'pending'".into());
    order.indexes.push(index);
    order.comment = Some("What a customer's order is".into());
    for record in [Record::from(state), user.into(), order.into()] {
        make.add(record);
    }
    check(
        &make.design(),
        "\
CREATE TYPE order_state AS ENUM ('pending', 'it''s');

CREATE TABLE \"user\" (
    id uuid DEFAULT gen_random_uuid(),
    CONSTRAINT user_pkey PRIMARY KEY (id)
);

CREATE TABLE \"order\" (
    id uuid DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    state order_state NOT NULL DEFAULT 'pending',
    CONSTRAINT order_pkey PRIMARY KEY (id),
    CONSTRAINT uq_order UNIQUE (user_id, state),
    CONSTRAINT fk_order_user_id FOREIGN KEY (user_id) REFERENCES \"user\" (id) ON DELETE CASCADE,
    CONSTRAINT chk_order CHECK (length(note) > 0 -- said
)
);
COMMENT ON TABLE \"order\" IS 'What a customer''s order is';

CREATE INDEX idx_order ON \"order\" (state, lower(note)) WHERE state <> 'pending';
",
    );
}

#[test]
fn tables_come_after_what_they_refer_to_and_a_circle_is_closed_at_the_end() {
    let mut make = Maker::new();
    let (mut a, mut b, c) = (make.table("a"), make.table("b"), make.table("c"));
    make.foreign_key(&mut a, &b, "b_id");
    make.foreign_key(&mut a, &c, "c_id");
    make.foreign_key(&mut b, &a, "a_id");
    let itself = b.clone();
    make.foreign_key(&mut b, &itself, "b_id");
    for table in [a, b, c] {
        make.add(table);
    }
    let text = ddl(&make.design(), &Options::default()).text;
    let tables: Vec<&str> = text.lines().filter(|it| it.starts_with("CREATE TABLE")).collect();
    assert_eq!(tables, ["CREATE TABLE c (", "CREATE TABLE a (", "CREATE TABLE b ("]);
    let late =
        "ALTER TABLE a ADD CONSTRAINT fk_a_b_id FOREIGN KEY (b_id) REFERENCES b (id) ON DELETE CASCADE;\n";
    assert!(text.ends_with(late), "{text}");
}

#[test]
fn functions_stand_where_they_are_needed_and_views_after_what_they_read() {
    let mut make = Maker::new();
    let function = |make: &mut Maker, name: &str, body: &str, language: &str| Function {
        id: make.ids.take(),
        name: name.into(),
        returns: Some("trigger".into()),
        language: language.into(),
        body: FunctionBody::Text(body.into()),
        ..Function::default()
    };
    let touch = function(&mut make, "touch", "begin new.at := now(); return new; end", "plpgsql");
    let slug = function(&mut make, "slug", "select 'a'", "sql");
    let count = function(&mut make, "count_tasks", "select count(*) from task", "sql");
    let view = |make: &mut Maker, name: &str, query: &str| View {
        id: make.ids.take(),
        name: name.into(),
        query: query.into(),
        ..View::default()
    };
    let first = view(&mut make, "a_open", "select id from b_all");
    let second = view(&mut make, "b_all", "select id, count_tasks() from task");
    let mut task = make.table("task");
    task.columns[0].value = ColumnValue::Default("slug()".into());
    let events = vec![TriggerEvent::Insert, TriggerEvent::Update];
    let calls = TriggerFunction::Function(touch.id);
    task.triggers.push(Trigger {
        update_of: vec![task.columns[0].id],
        firing: TriggerFiring::Always,
        ..Trigger::of_row(make.ids.take(), "trg_touch".into(), TriggerTiming::Before, events, calls)
    });
    task.seed = Some(SeedRows { columns: vec![task.columns[0].id], rows: vec![vec!["slug()".into()]] });
    for record in [Record::from(touch), slug.into(), count.into(), first.into(), second.into(), task.into()] {
        make.add(record);
    }
    let text = ddl(&make.design(), &Options::default()).text;
    let starts: Vec<&str> = text
        .split("\n\n")
        .map(|it| it.lines().next().unwrap_or_default())
        .filter(|it| it.starts_with(['C', 'I']))
        .collect();
    assert_eq!(
        starts,
        [
            "CREATE FUNCTION slug() RETURNS trigger",
            "CREATE TABLE task (",
            "CREATE FUNCTION touch() RETURNS trigger",
            "CREATE FUNCTION count_tasks() RETURNS trigger",
            "CREATE VIEW b_all AS",
            "CREATE VIEW a_open AS",
            "CREATE TRIGGER trg_touch",
            "INSERT INTO task (id) VALUES",
        ]
    );
    assert!(text.contains(
        "CREATE TRIGGER trg_touch
    BEFORE INSERT OR UPDATE OF id ON task
    FOR EACH ROW
    EXECUTE FUNCTION touch();
ALTER TABLE task ENABLE ALWAYS TRIGGER trg_touch;"
    ));
}

#[test]
fn every_column_knows_its_bytes() {
    let mut make = Maker::new();
    let task = make.table("task");
    let (table, column) = (Id::from(task.id), Id::from(task.columns[0].id));
    make.add(task);
    let written = ddl(&make.design(), &Options::default());
    let of = |id: Id| written.map.iter().find(|it| it.1 == id).map(|it| it.0.of(&written.text));
    assert_eq!(of(column), Some("id uuid DEFAULT gen_random_uuid()"));
    assert_eq!(of(table), Some(written.text.as_str()));
}

#[test]
fn an_older_target_says_what_is_lost() {
    let mut make = Maker::new();
    let mut task = make.table("task");
    task.columns[0].value = ColumnValue::Default("uuidv7()".into());
    make.column(&mut task, "title", Builtin::Text);
    task.columns[1].value = ColumnValue::Generated { expression: "'a'".into(), stored: false };
    task.uniques.push(Unique {
        id: make.ids.take(),
        name: "uq".into(),
        columns: vec![task.columns[1].id],
        nulls_not_distinct: true,
        ..Unique::default()
    });
    make.add(task);
    let design = make.design();
    let written = ddl(&design, &Options { target: 14, ..Options::default() });
    assert!(written.text.contains("id uuid DEFAULT gen_random_uuid(),"));
    assert!(written.text.contains("title text NOT NULL GENERATED ALWAYS AS ('a') STORED,"));
    assert!(written.text.contains("UNIQUE (title)"));
    assert_eq!(written.lost.len(), 3);
    let new = ddl(&design, &Options::default());
    assert!(new.text.contains("VIRTUAL") && new.text.contains("uuidv7()") && new.lost.is_empty());
}

#[test]
fn tables_do_not_fall_with_one_that_needs_an_extension() {
    let mut make = Maker::new();
    let mut place = make.table("place");
    make.column(&mut place, "shape", Builtin::Text);
    let other = |name: &str| DataType::new(BaseType::Other { namespace: None, name: name.into() });
    place.columns[1].data_type = other("geometry");
    let mut visit = make.table("visit");
    make.foreign_key(&mut visit, &place, "place_id");
    let mut plain = place.clone();
    make.add(place);
    make.add(visit.clone());
    let text = ddl(&make.design(), &Options::default()).text;
    assert!(text.contains("ALTER TABLE visit ADD CONSTRAINT fk_visit_place_id"), "{text}");
    // PostgreSQL brings this one along.
    plain.columns[1].data_type = other("citext");
    let mut make = Maker::new();
    make.add(plain);
    make.add(visit);
    let text = ddl(&make.design(), &Options::default()).text;
    assert!(!text.contains("ALTER TABLE"), "{text}");
}
