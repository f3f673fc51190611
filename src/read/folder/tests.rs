//! A folder of each layout.

use super::*;

#[track_caller]
fn check(files: &[(&str, &str)], layout: Layout, applied: &[&str], columns: &[&str]) {
    let migrations: Vec<Migration> = files.iter().map(|it| Migration { path: it.0, text: it.1 }).collect();
    let read = folder(&migrations, &Options::default());
    assert_eq!(read.errors, []);
    assert_eq!(read.tree.layout, layout);
    let paths: Vec<&str> = read.tree.applied.iter().map(|it| migrations[*it].path).collect();
    assert_eq!(paths, applied);
    let design = &read.tree.reading.design;
    let table = design.tables().next().expect("a table");
    let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, columns);
}

const CREATE: &str = "create table task (id int primary key);";
const TITLE: &str = "alter table task add column title text;";
const STATE: &str = "alter table task add column state text;";
const DROP: &str = "drop table task;";

#[test]
fn flyway_goes_by_version_then_repeats() {
    let files = [
        ("sql/V10__state.sql", STATE),
        ("sql/R__view.sql", "create or replace view open_task as select * from task;"),
        ("sql/V1.1__title.sql", TITLE),
        ("sql/U10__state.sql", DROP),
        ("sql/V1__create.sql", CREATE),
    ];
    let order = ["sql/V1__create.sql", "sql/V1.1__title.sql", "sql/V10__state.sql", "sql/R__view.sql"];
    check(&files, Layout::Flyway, &order, &["id", "title", "state"]);
    let baseline = [("B2__all.sql", CREATE), ("V1__old.sql", DROP), ("V3__title.sql", TITLE)];
    check(&baseline, Layout::Flyway, &["B2__all.sql", "V3__title.sql"], &["id", "title"]);
}

#[test]
fn only_the_way_up_is_applied() {
    let files = [
        ("10_title.up.sql", TITLE),
        ("10_title.down.sql", DROP),
        ("2_create.up.sql", CREATE),
        ("2_create.down.sql", DROP),
    ];
    check(&files, Layout::UpAndDown, &["2_create.up.sql", "10_title.up.sql"], &["id", "title"]);
    let files = [
        ("migrations/2024-01-02-000000_title/up.sql", TITLE),
        ("migrations/2024-01-02-000000_title/down.sql", DROP),
        ("migrations/2024-01-01-000000_task/up.sql", CREATE),
    ];
    let order = ["migrations/2024-01-01-000000_task/up.sql", "migrations/2024-01-02-000000_title/up.sql"];
    check(&files, Layout::Diesel, &order, &["id", "title"]);
    let files = [("2017-01-02-000000_title/up.sql", TITLE), ("20161231000000_task/up.sql", CREATE)];
    check(&files, Layout::Diesel, &[files[1].0, files[0].0], &["id", "title"]);
}

#[test]
fn numbers_of_folders_come_before_those_of_files() {
    let files = [("2/01_title.up.sql", TITLE), ("10/01_state.up.sql", STATE), ("1/02_task.up.sql", CREATE)];
    let order = ["1/02_task.up.sql", "2/01_title.up.sql", "10/01_state.up.sql"];
    check(&files, Layout::UpAndDown, &order, &["id", "title", "state"]);
    let files = [("core/2_title.sql", TITLE), ("base/3_state.sql", STATE), ("core/1_task.sql", CREATE)];
    check(&files, Layout::Plain, &[files[2].0, files[0].0, files[1].0], &["id", "title", "state"]);
}

#[test]
fn files_divided_by_comments_are_cut() {
    let marks = [
        ("-- migrate:up", "-- migrate:down"),
        ("-- +goose Up", "-- +goose Down"),
        ("-- +migrate Up", "-- +migrate Down"),
        ("-- Up Migration", "-- Down Migration"),
    ];
    for (up, down) in marks {
        let first = format!("{up}\n{CREATE}\n\n{down}\n{DROP}\n");
        let second = format!("{up}\n{TITLE}\n{down}\nalter table task drop column title;\n");
        let files = [("2_b.sql", second.as_str()), ("1_a.sql", first.as_str())];
        check(&files, Layout::Divided, &["1_a.sql", "2_b.sql"], &["id", "title"]);
    }
}

#[test]
fn prisma_goes_by_folder_and_drizzle_by_journal() {
    let files = [
        ("20240202_title/migration.sql", TITLE),
        ("migration_lock.toml", "provider = \"postgresql\""),
        ("20240101_init/migration.sql", CREATE),
    ];
    let order = ["20240101_init/migration.sql", "20240202_title/migration.sql"];
    check(&files, Layout::Prisma, &order, &["id", "title"]);
    let files = [("20250625_title/migration.sql", TITLE), ("20250520101112_task/migration.sql", CREATE)];
    check(&files, Layout::Prisma, &[files[1].0, files[0].0], &["id", "title"]);
    let journal = r#"{"entries": [{"idx": 0, "tag": "0000_zebra"}, {"idx": 1, "tag": "0001_ant"}]}"#;
    let both = format!("{TITLE}\n--> statement-breakpoint\n{STATE}");
    let files =
        [("0001_ant.sql", both.as_str()), ("0000_zebra.sql", CREATE), ("meta/_journal.json", journal)];
    check(&files, Layout::Drizzle, &["0000_zebra.sql", "0001_ant.sql"], &["id", "title", "state"]);
}

#[test]
fn a_journal_that_names_none_of_the_files_is_left_out() {
    let journal = r#"{"dialect": "sqlite", "entries": [{"idx": 0, "tag": "0000_gone"}]}"#;
    let files = [("0002_title.sql", TITLE), ("meta/_journal.json", journal), ("0001_task.sql", CREATE)];
    let said = check_dialect(&files, None, &["id", "title"]);
    assert_eq!(said, ["meta/_journal.json: the journal, which names none of these files, left out"]);
    let journal = r#"{"entries": [{"idx": 0, "tag": "0001_task"}]}"#;
    let files = [("0002_title.sql", TITLE), ("meta/_journal.json", journal), ("0001_task.sql", CREATE)];
    let said = check_dialect(&files, None, &["id"]);
    assert_eq!(said, ["0002_title.sql: this and other files that the journal does not name left out"]);
}

#[test]
fn plain_names_go_by_number() {
    let files = [
        ("supabase/migrations/20240201000000_title.sql", TITLE),
        ("supabase/migrations/20240101000000_task.sql", CREATE),
        ("supabase/migrations/20240301000000_down.sql", DROP),
    ];
    check(&files, Layout::Plain, &[files[1].0, files[0].0], &["id", "title"]);
}

#[test]
fn any_mixture_of_names_has_one_order() {
    let names: Vec<String> = (0..60)
        .map(|it| match it % 3 {
            0 => format!("{}/{}.sql", ["a", "b", "aa"][it / 3 % 3], 90 - it),
            1 => format!("aa{it}.sql"),
            _ => format!("b/x{it}.sql"),
        })
        .collect();
    let files: Vec<Migration> = names.iter().map(|it| Migration { path: it, text: "" }).collect();
    let order = Layout::Plain.in_order(&files);
    let mut reversed = files.clone();
    reversed.reverse();
    let again = Layout::Plain.in_order(&reversed);
    let paths = |files: &[Migration], order: &[usize]| {
        order.iter().map(|it| files[*it].path.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&files, &order), paths(&reversed, &again));
}

#[test]
fn problems_name_file_and_place() {
    let files = [
        Migration { path: "2.sql", text: "-- two\n\ncreate cast nonsense;" },
        Migration { path: "1.sql", text: "create table a (id int);\nselect 'never closed" },
    ];
    let read = folder(&files, &Options::default());
    let places: Vec<(usize, &str)> =
        read.errors.iter().map(|it| (it.file, it.diagnostic.span.of(files[it.file].text))).collect();
    assert_eq!(places, [(1, "'never closed"), (0, "nonsense;")]);
    let table = read.tree.reading.design.tables().next().expect("a table");
    assert_eq!(table.origin, crate::design::Origin::Import { line: 1 });
}

/// Whose SQL a folder is found to hold, and the columns that its first table ends with.
#[track_caller]
fn check_dialect(files: &[(&str, &str)], dialect: Option<Dialect>, columns: &[&str]) -> Vec<String> {
    let migrations: Vec<Migration> = files.iter().map(|it| Migration { path: it.0, text: it.1 }).collect();
    let read = folder(&migrations, &Options::default());
    assert_eq!(read.tree.dialect, dialect);
    let tables: Vec<_> = read.tree.reading.design.tables().collect();
    let names: Vec<&str> =
        tables.iter().flat_map(|it| it.columns.iter().map(|it| it.name.as_str())).collect();
    assert_eq!(names, columns);
    let told = |it: &FolderDiagnostic| format!("{}: {}", migrations[it.file].path, it.diagnostic);
    read.errors.iter().map(told).collect()
}

#[test]
fn migrations_of_other_databases_are_read_in_their_language() {
    let files = [
        ("1_task.up.sql", "CREATE TABLE task (id INT AUTO_INCREMENT PRIMARY KEY, made DATETIME);"),
        ("2_title.up.sql", "ALTER TABLE task ADD COLUMN title TINYTEXT AFTER id, DROP COLUMN made;"),
        ("2_title.down.sql", "ALTER TABLE task DROP COLUMN title;"),
    ];
    assert!(check_dialect(&files, Some(Dialect::MySql), &["id", "title"]).is_empty());
    let files = [
        ("1.sql", "CREATE TABLE `task` (`id` text PRIMARY KEY NOT NULL);"),
        ("2.sql", "ALTER TABLE `task` ADD `made` integer DEFAULT (strftime('%s', 'now'));"),
    ];
    check_dialect(&files, Some(Dialect::Sqlite), &["id", "made"]);
}

#[test]
fn sqitch_goes_by_its_plan_or_by_what_changes_require() {
    let plan = "%project=tasks\n\ntask 2020-01-01T00:00:00Z A <a@b.c> # The task\ntitle [task] 2020-01-02T00:00:00Z A <a@b.c>\n\
                @v1 2020-01-03T00:00:00Z A <a@b.c>\n+ title [title@v1] 2020-01-04T00:00:00Z A <a@b.c>\n- gone\n";
    let files = [
        ("db/deploy/title.sql", "ALTER TABLE task ADD state text;"),
        ("db/deploy/title@v1.sql", TITLE),
        ("db/deploy/task.sql", CREATE),
        ("db/revert/task.sql", "DROP TABLE task;"),
        ("db/verify/task.sql", "SELECT id FROM task;"),
        ("db/sqitch.plan", plan),
    ];
    let order = ["db/deploy/task.sql", "db/deploy/title@v1.sql", "db/deploy/title.sql"];
    check(&files, Layout::Sqitch, &order, &["id", "title", "state"]);
    let title = format!("-- Deploy a\n-- requires: task\nBEGIN;\n{TITLE}\nCOMMIT;");
    let files = [
        ("deploy/a.sql", title.as_str()),
        ("deploy/task.sql", CREATE),
        ("revert/task.sql", "DROP TABLE task;"),
    ];
    check(&files, Layout::Sqitch, &["deploy/task.sql", "deploy/a.sql"], &["id", "title"]);
}

#[test]
fn a_tool_tells_whose_migrations_it_has() {
    let drizzle =
        |dialect: &str| format!(r#"{{"dialect": "{dialect}", "entries": [{{"idx": 0, "tag": "0000_a"}}]}}"#);
    let (sqlite, mysql) = (drizzle("sqlite"), drizzle("mysql"));
    let create = "CREATE TABLE `task` (`id` int PRIMARY KEY);";
    let files = [("0000_a.sql", create), ("meta/_journal.json", sqlite.as_str())];
    check_dialect(&files, Some(Dialect::Sqlite), &["id"]);
    let files = [("0000_a.sql", create), ("meta/_journal.json", mysql.as_str())];
    check_dialect(&files, Some(Dialect::MySql), &["id"]);
    let files = [("1/migration.sql", CREATE), ("migration_lock.toml", "# x\nprovider = \"sqlite\"\n")];
    check_dialect(&files, Some(Dialect::Sqlite), &["id"]);
}

#[test]
fn of_folders_for_several_databases_one_is_read() {
    let files = [
        ("db/mysql/1.sql", "CREATE TABLE `task` (`id` int, `old` int);"),
        ("db/postgres/1.sql", CREATE),
        ("db/db_sqlite/1.sql", "CREATE TABLE task (id INTEGER PRIMARY KEY AUTOINCREMENT);"),
        ("db/postgres/2.sql", TITLE),
    ];
    let said = check_dialect(&files, None, &["id", "title"]);
    assert_eq!(said, ["db/mysql/1.sql: this and other folders for another database left out"]);
}
