//! Sheets in, edits out.

use super::*;
use crate::design::{NamespaceId, Record};

fn column(design: &Design, name: &str, builtin: Builtin) -> Column {
    Column::new(design.ids().take(), name, DataType::builtin(builtin))
}

fn design() -> (Design, TableId) {
    let mut design = Design::new();
    let (id, edit) = operation::add_table(&design, None::<NamespaceId>, "book");
    design.apply(&edit).expect("valid");
    for (name, builtin) in [("title", Builtin::Text), ("pages", Builtin::Integer)] {
        let mut table = design.table(id).cloned().expect("there");
        table.columns.push(column(&design, name, builtin));
        let edit = Edit::default().put(&design, table);
        design.apply(&edit).expect("valid");
    }
    (design, id)
}

fn filled_with(of: SheetOf, change: impl FnOnce(&mut Vec<Line>)) -> (Design, Design, TableId, Vec<Problem>) {
    let (design, id) = design();
    let mut lines = sheet(&design, id, of).lines;
    change(&mut lines);
    let (edit, problems) = fill(&design, id, of, &lines, &|it| !it.contains("oops"));
    let mut after = design.clone();
    after.apply(&edit).expect("fits");
    (design, after, id, problems)
}

fn line(cells: &[&str]) -> Line {
    Line { of: None, cells: cells.iter().map(|it| (*it).to_owned()).collect() }
}

#[track_caller]
fn at<'l>(lines: &'l mut [Line], name: &str) -> &'l mut Line {
    lines.iter_mut().find(|it| it.cells[0] == name).expect("a column of this name")
}

#[test]
fn a_sheet_that_is_given_back_changes_nothing() {
    for of in [SheetOf::Columns, SheetOf::Rows] {
        let (before, after, _, problems) = filled_with(of, |_| ());
        assert_eq!((after, problems), (before, Vec::new()));
    }
    for seed in 0..30 {
        let design = crate::random::design(seed, &crate::random::Options::default());
        for table in design.tables() {
            for of in [SheetOf::Columns, SheetOf::Rows] {
                let lines = sheet(&design, table.id, of).lines;
                let (edit, problems) = fill(&design, table.id, of, &lines, &|_| true);
                assert!(edit.is_empty(), "seed {seed}, {}: {edit:?}", table.name);
                assert_eq!(problems, []);
            }
        }
    }
}

#[test]
fn lines_from_a_spreadsheet_become_columns() {
    let (before, after, id, problems) = filled_with(SheetOf::Columns, |lines| {
        lines.push(line(&["Published on", "date", "yes", "", "The first day in shops"]));
        lines.push(line(&["price", "numeric(8,2)", "no", "0", ""]));
        lines.push(line(&["", "", "", "", ""]));
    });
    assert_eq!(problems, []);
    let table = after.table(id).expect("there");
    let old = before.table(id).expect("there").columns.len();
    let [date, price] = table.columns.get(old..).and_then(|it| it.first_chunk()).expect("two more");
    assert_eq!((date.name.as_str(), date.nullable), ("published_on", true));
    assert_eq!(date.comment.as_deref(), Some("The first day in shops"));
    assert_eq!(price.value, ColumnValue::Default("0".into()));
    let changed: Vec<_> = before.differing(&after).into_iter().collect();
    assert_eq!(changed, [id.into()]);
}

#[test]
fn a_name_a_type_and_an_order_change_in_one_edit() {
    let (before, after, id, problems) = filled_with(SheetOf::Columns, |lines| {
        at(lines, "title").cells[0] = "name".into();
        at(lines, "pages").cells[1] = "smallint".into();
        lines.reverse();
    });
    assert_eq!(problems, []);
    let (old, new) = (before.table(id).expect("there"), after.table(id).expect("there"));
    assert_eq!(new.column_named("name").map(|it| it.id), old.column_named("title").map(|it| it.id));
    assert_eq!(new.columns.first().map(|it| it.name.as_str()), Some("pages"));
    assert_eq!(new.columns[0].data_type.as_builtin(), Some(Builtin::SmallInt));
}

#[test]
fn a_line_that_is_gone_takes_its_column_along() {
    let (before, after, id, _) =
        filled_with(SheetOf::Columns, |lines| lines.retain(|it| it.cells[0] != "pages"));
    let count = |design: &Design| design.table(id).map(|it| it.columns.len());
    assert_eq!(count(&after), count(&before).map(|it| it - 1));
}

#[test]
fn a_cell_in_error_leaves_its_column_as_it_was_and_the_rest_is_taken() {
    let (before, after, id, problems) = filled_with(SheetOf::Columns, |lines| {
        at(lines, "pages").cells[1] = "no such".into();
        at(lines, "pages").cells[3] = "oops(".into();
        at(lines, "title").cells[4] = "On the cover".into();
    });
    let cells: Vec<usize> = problems.iter().map(|it| it.cell).collect();
    assert_eq!(cells, [1, 3]);
    assert_eq!(problems[0].text, "no such");
    let pages = |design: &Design| design.table(id).and_then(|it| it.column_named("pages")).cloned();
    assert_eq!(pages(&after), pages(&before));
    let title = after.table(id).and_then(|it| it.column_named("title")).expect("there");
    assert_eq!(title.comment.as_deref(), Some("On the cover"));
}

#[test]
fn rows_are_plain_values_and_formulas() {
    let (design, id) = design();
    let headers = sheet(&design, id, SheetOf::Rows).headers;
    let place = |name: &str| headers.iter().position(|it| it == name).expect("a header");
    let mut cells = vec![String::new(); headers.len()];
    cells[place("title")] = "Ann's book".into();
    cells[place("pages")] = "312".into();
    let mut second = cells.clone();
    second[place("title")] = "=upper('x')".into();
    second[place("pages")] = "many".into();
    let lines = [Line { of: None, cells }, Line { of: None, cells: second }];
    let (edit, problems) = fill(&design, id, SheetOf::Rows, &lines, &|_| true);
    let mut after = design.clone();
    after.apply(&edit).expect("fits");
    let seed = after.table(id).and_then(|it| it.seed.clone()).expect("two rows");
    assert_eq!(seed.rows[0], ["'Ann''s book'", "312"]);
    assert_eq!(seed.rows[1], ["upper('x')", "NULL"]);
    assert_eq!(
        problems.iter().map(|it| (it.line, it.message.as_str())).collect::<Vec<_>>(),
        [(1, "this column holds numbers")]
    );
    let shown = sheet(&after, id, SheetOf::Rows);
    assert_eq!(shown.lines[0].cells[place("title")], "Ann's book");
    assert_eq!(shown.lines[1].cells[place("title")], "=upper('x')");
    assert!(edit.records.iter().all(|it| matches!(it.after, Some(Record::Table(_)))));
}
