//! Folders of migrations of each tool: what `relata sql FOLDER` makes is what the tool would have made.

use std::path::{Path, PathBuf};

use relata::design::{Design, Matching, diff};
use relata::read;

use crate::broken;
use crate::catalog;
use crate::postgres::{Database, newest};

/// Applies the ups of a folder in the order in which its tool does, which is written down here, and holds the database
/// against what the command writes for the folder.
#[track_caller]
fn check(tool: &str, ups: &[&str]) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/folders")).join(tool);
    let (code, written, told) = broken::sql(&folder.to_string_lossy());
    assert_eq!((code, told.as_str()), (0, ""), "{tool}");
    let Some(server) = newest() else { return };
    let (applied, ours) = (server.database("applied"), server.database("written"));
    for up in ups {
        if let Err(errors) = applied.load(&way_up(&folder.join(up))) {
            panic!("{tool}: {up}: {}", errors[0]);
        }
    }
    if let Err(errors) = ours.load(&written) {
        panic!("{tool}: {}\n{written}", errors[0]);
    }
    let (applied, ours) = (design(&applied), design(&ours));
    let changes: Vec<String> =
        diff(&applied, &ours, Matching::ByName).iter().map(ToString::to_string).collect();
    assert_eq!(changes, [""; 0], "{tool}\n{written}");
    assert!(ours.tables().len() > 0, "{tool}");
}

fn design(database: &Database) -> Design {
    read::catalog(&catalog::json(database), &read::Options::default()).tree.design
}

/// The part of a file before the comment that begins the way down.
fn way_up(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    let is_down = |it: &str| ["-- migrate:down", "-- +goose Down", "-- Down Migration"].contains(&it);
    let lines: Vec<&str> = text.lines().take_while(|it| !is_down(it)).collect();
    lines.join("\n") + "\n"
}

#[test]
fn flyway() {
    let ups = ["V1__create_books.sql", "V1.1__index_books.sql", "V10__lend_books.sql", "R__open_loans.sql"];
    check("flyway", &ups);
}

#[test]
fn golang_migrate() {
    let ups = ["000001_create_sensors.up.sql", "000002_create_readings.up.sql", "000010_label_length.up.sql"];
    check("golang-migrate", &ups);
}

#[test]
fn dbmate() {
    let ups =
        ["db/migrations/20240105090000_create_members.sql", "db/migrations/20240212100000_add_plan.sql"];
    check("dbmate", &ups);
}

#[test]
fn goose() {
    check("goose", &["00001_create_orders.sql", "00002_touch_orders.sql"]);
}

#[test]
fn sqlx() {
    check("sqlx", &["migrations/20230101000000_tickets.up.sql", "migrations/20230202000000_comments.up.sql"]);
}

#[test]
fn diesel() {
    let ups = [
        "migrations/00000000000000_diesel_initial_setup/up.sql",
        "migrations/2024-03-01-101500_create_notes/up.sql",
    ];
    check("diesel", &ups);
}

#[test]
fn prisma() {
    let ups = [
        "prisma/migrations/20240110120000_init/migration.sql",
        "prisma/migrations/20240220120000_posts/migration.sql",
    ];
    check("prisma", &ups);
}

#[test]
fn drizzle() {
    check("drizzle", &["0000_stale_wolf.sql", "0001_brave_ant.sql"]);
}

#[test]
fn rails() {
    check(
        "rails",
        &["db/migrate/20240301000001_create_shops.sql", "db/migrate/20240302000002_index_shops.sql"],
    );
}

#[test]
fn node_pg_migrate() {
    check("node-pg-migrate", &["migrations/1700000000000_init.sql", "migrations/1700000900000_source.sql"]);
}

#[test]
fn supabase() {
    let ups = [
        "supabase/migrations/20240101000000_profiles.sql",
        "supabase/migrations/20240102000000_bio.sql",
        "supabase/seed.sql",
    ];
    check("supabase", &ups);
}
