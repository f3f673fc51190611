//! What conventions add, in a real PostgreSQL: updates that come too late are refused, tenants do not see each other.

use ::postgres::Client;
use relata::design::convention::{applied, switched};
use relata::design::{BriefId, Conventions, Design, Edit, TableId};
use relata::{brief, sql};

use crate::postgres;

/// Tables `team` and `task`, with these conventions.
fn design(conventions: Conventions) -> Design {
    let mut design = Design::new();
    let text = "## Entities\n- Team: name\n- Task: title\n";
    let proposal = brief::propose(&design, &brief::read(text), BriefId::default());
    apply(&mut design, |design| proposal.accept_all(design).expect("a proposal fits its design"));
    apply(&mut design, |design| {
        switched(design, &conventions).accept_all(design).expect("parts fit one after the other")
    });
    let tables: Vec<TableId> = design.tables().map(|it| it.id).collect();
    assert!(applied(&design, Edit::default(), &tables).is_empty(), "a switch reaches every table");
    design
}

fn apply(design: &mut Design, edit: impl FnOnce(&Design) -> Edit) {
    let edit = edit(design);
    design.apply(&edit).expect("a valid design");
    assert_eq!(design.violations(), []);
}

/// The code of the error, or how many rows it concerned.
fn outcome(client: &mut Client, statement: &str) -> Result<u64, String> {
    client
        .execute(statement, &[])
        .map_err(|it| it.code().map_or_else(|| it.to_string(), |it| it.code().to_owned()))
}

#[test]
fn an_update_that_names_an_older_version_is_refused() {
    let design = design(Conventions { version: true, ..Conventions::default() });
    for server in postgres::servers() {
        let target = server.version() as u8;
        let database = server.database("row_version");
        database
            .load(&sql::ddl(&design, &sql::Options { target, ..sql::Options::default() }).text)
            .expect("loads");
        let mut client = database.client();
        assert_eq!(outcome(&mut client, "INSERT INTO task (title) VALUES ('one')"), Ok(1));
        assert_eq!(outcome(&mut client, "UPDATE task SET title = 'two', version = 1"), Ok(1));
        assert_eq!(outcome(&mut client, "UPDATE task SET title = 'late', version = 1"), Err("40001".into()));
        assert_eq!(outcome(&mut client, "UPDATE task SET title = 'three' WHERE version = 2"), Ok(1));
        let version: i32 = client.query_one("SELECT version FROM task", &[]).expect("a row").get(0);
        assert_eq!(version, 3);
    }
}

#[test]
fn tenants_see_and_write_their_own_rows_alone() {
    let design = design(Conventions { tenancy: Some("team".into()), ..Conventions::default() });
    for server in postgres::servers() {
        let target = server.version() as u8;
        let database = server.database("tenancy");
        database
            .load(&sql::ddl(&design, &sql::Options { target, ..sql::Options::default() }).text)
            .expect("loads");
        let mut client = database.client();
        let [one, two] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
        let rows = format!(
            "INSERT INTO team (id, name) VALUES ('{one}', 'one'), ('{two}', 'two');
             INSERT INTO task (title, team_id) VALUES ('a', '{one}'), ('b', '{two}'), ('c', '{two}');
             DO $$ BEGIN CREATE ROLE relata_tenant; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
             GRANT ALL ON ALL TABLES IN SCHEMA public TO relata_tenant;
             SET ROLE relata_tenant;"
        );
        client.batch_execute(&rows).expect("rows and a role that owns nothing");
        assert_eq!(outcome(&mut client, "UPDATE task SET title = 'seen'"), Ok(0), "nobody has said for whom");
        client.batch_execute(&format!("SET app.tenant_id = '{two}'")).expect("a setting");
        assert_eq!(outcome(&mut client, "UPDATE task SET title = 'seen'"), Ok(2));
        assert_eq!(
            outcome(&mut client, &format!("INSERT INTO task (title, team_id) VALUES ('d', '{two}')")),
            Ok(1)
        );
        let stolen = format!("INSERT INTO task (title, team_id) VALUES ('d', '{one}')");
        assert_eq!(outcome(&mut client, &stolen), Err("42501".into()));
        assert_eq!(outcome(&mut client, &format!("UPDATE task SET team_id = '{one}'")), Err("42501".into()));
    }
}
