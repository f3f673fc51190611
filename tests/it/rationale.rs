//! What is told of tables: every query of it is taken by real PostgreSQL servers, finds rows by the index that it names, and gives what
//! it says.

use std::path::Path;

use ::postgres::{Client, SimpleQueryMessage};
use relata::advise::{Query, QueryKind, rationale};
use relata::design::{Brief, BriefId, Design, Edit};
use relata::sql::{self, ddl};
use relata::{brief, random, read};

use crate::postgres::{self, Server};

/// How many designs by chance.
const DESIGNS: u64 = 150;

fn of_brief(text: &str) -> Design {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    let kept = Brief { id, title: String::new(), text: text.to_owned(), accepted: None };
    design.apply(&Edit::adding([kept])).expect("a brief is a record");
    let proposal = brief::propose(&design, &brief::read(text), id);
    let edit = proposal.accept_all(&design).expect("a proposal fits its design");
    design.apply(&edit).expect("a valid design");
    design
}

fn of_sql(text: &str) -> Design {
    read::postgres(text, &read::Options::default()).tree.design
}

/// The queries of a design, each with the table's name.
fn queries(design: &Design) -> Vec<(String, Query)> {
    let of = |it: &relata::design::Table| {
        let told = rationale(design, it.id).expect("a table of the design");
        let name = it.name.clone();
        told.queries.into_iter().map(move |query| (name.clone(), query)).collect::<Vec<_>>()
    };
    design.tables().flat_map(of).collect()
}

/// The design for a server's version, in a database of its own; none where the server does not take all of it.
fn loaded(client: &mut Client, server: &Server, design: &Design) -> bool {
    let target = server.version().min(18) as u8;
    let text = ddl(design, &sql::Options { target, ..sql::Options::default() }).text;
    client.batch_execute(&text).is_ok()
}

/// Prepares each query with the types that it tells; gives those that a server refuses.
fn refused(client: &mut Client, name: &str, design: &Design) -> (usize, Vec<String>) {
    let all = queries(design);
    let mut wrong = Vec::new();
    for (table, query) in &all {
        let types: Vec<&str> = query.parameters.iter().map(|it| it.type_name.as_str()).collect();
        let types = if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) };
        let prepared = format!("savepoint q; prepare q{types} as {}; deallocate q", query.sql);
        if let Err(error) = client.batch_execute(&prepared) {
            client.batch_execute("rollback to q").expect("a savepoint can be gone back to");
            wrong.push(format!("{name}, {table}, {}: {error:?}\n{}", query.gives, query.sql));
        }
    }
    (all.len(), wrong)
}

/// Every design that is at hand: our own briefs and scripts, and the open corpora.
fn at_hand() -> Vec<(String, Design)> {
    let mut all = Vec::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for folder in ["brief/fresh", "brief/tracker", "brief/access", "brief/bullets", "brief/voices"] {
        let folder = data.join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in
            entries.flatten().map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "md"))
        {
            let text = std::fs::read_to_string(&path).expect("a brief");
            all.push((path.display().to_string(), of_brief(&text)));
        }
    }
    for path in ["read/everything.in.sql", "read/loops.in.sql", "read/unusual.in.sql"] {
        let text = std::fs::read_to_string(data.join(path)).expect("a script");
        all.push((path.to_owned(), of_sql(&text)));
    }
    all.extend(crate::read::sql_files("schemas").into_iter().map(|(name, text)| (name, of_sql(&text))));
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn every_query_is_taken_by_every_server() {
    let all = at_hand();
    for server in postgres::servers() {
        let (mut asked, mut wrong, mut taken) = (0, Vec::new(), 0);
        for (name, design) in &all {
            let database = server.database("asked");
            let mut client = database.client();
            if !loaded(&mut client, server, design) {
                continue;
            }
            taken += 1;
            client.batch_execute("begin").expect("a transaction begins");
            let (count, refused) = refused(&mut client, name, design);
            asked += count;
            wrong.extend(refused);
        }
        eprintln!("PostgreSQL {}: {asked} queries of {taken} of {} designs", server.version(), all.len());
        assert!(
            wrong.is_empty(),
            "{} of {asked} are refused:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(5)].join("\n\n")
        );
        assert!(taken > 20 && asked > 200, "{asked} queries of {taken} designs are too few to tell");
    }
}

#[test]
fn queries_of_designs_by_chance_are_taken() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("askedbychance");
    let mut client = database.client();
    let (mut asked, mut wrong) = (0, Vec::new());
    for seed in 0..DESIGNS {
        let design = random::design(seed, &random::Options::default());
        client.batch_execute("begin").expect("a transaction begins");
        assert!(loaded(&mut client, server, &design), "seed {seed} loads, as another test tells");
        let (count, refused) = refused(&mut client, &format!("seed {seed}"), &design);
        client.batch_execute("rollback").expect("a transaction ends");
        asked += count;
        wrong.extend(refused);
    }
    assert!(
        wrong.is_empty(),
        "{} of {asked} are refused:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
}

const SHOP: &str = "
    create table customer (id int primary key, name text not null, email text not null unique);
    create table category (id int primary key, parent_id int references category (id), name text not null);
    create table customer_order (id int primary key, customer_id int not null references customer (id) on delete cascade,
        status text not null, ordered_at timestamptz not null);
    create table remark (id int primary key, order_id int not null references customer_order (id) on delete cascade,
        author_id int not null references customer (id), body text not null, created_at timestamptz not null);
    create table picture (id int primary key, order_id int not null references customer_order (id) on delete cascade,
        uploader_id int not null references customer (id), file_name text not null, created_at timestamptz not null);
    create table part (id int primary key, name text not null);
    create table part_of_part (whole_id int references part (id), part_id int references part (id), quantity int not null,
        primary key (whole_id, part_id));
    create index on category (parent_id);
    create index on customer_order (customer_id);
    create index on remark (order_id);
    create index on picture (order_id);
";

const ROWS: &str = "
    insert into customer values (1, 'Ada', 'ada@example.org'), (2, 'Bo', 'bo@example.org');
    insert into category values (1, null, 'all'), (2, 1, 'toys'), (3, 2, 'kites'), (4, 1, 'books'), (5, null, 'other'), (6, 7, 'left'), (7, null, 'right');
    update category set parent_id = 6 where id = 7;
    insert into customer_order values (1, 1, 'open', '2026-01-01'), (2, 1, 'paid', '2026-01-02'), (3, 1, 'paid', '2026-01-03'), (4, 2, 'open', '2026-01-04');
    insert into remark values (1, 1, 2, 'first', '2026-02-01'), (2, 1, 1, 'second', '2026-02-03'), (3, 2, 1, 'elsewhere', '2026-02-04');
    insert into picture values (1, 1, 2, 'kite.png', '2026-02-02');
    insert into part values (1, 'bike'), (2, 'wheel'), (3, 'spoke'), (4, 'nut');
    insert into part_of_part values (1, 2, 2), (2, 3, 36), (1, 4, 12), (2, 4, 1), (3, 4, 1);
";

/// What a query gives for these parameters: its rows, with `|` between columns.
fn rows(client: &mut Client, query: &Query, parameters: &str) -> Vec<String> {
    client.batch_execute(&format!("prepare q as {}", query.sql)).expect("a server takes it");
    let messages = client.simple_query(&format!("execute q{parameters}")).expect("it runs");
    client.batch_execute("deallocate q").expect("it was prepared");
    let row = |it: SimpleQueryMessage| match it {
        SimpleQueryMessage::Row(row) => {
            let all = (0..row.len()).map(|at| row.get(at).unwrap_or("null").to_owned());
            Some(all.collect::<Vec<_>>().join("|"))
        }
        _ => None,
    };
    messages.into_iter().filter_map(row).collect()
}

fn of_kind(design: &Design, table: &str, kind: QueryKind) -> Query {
    let id = design.table_named(None, table).expect("a table").id;
    let told = rationale(design, id).expect("it is told of");
    told.queries.into_iter().find(|it| it.kind == kind).unwrap_or_else(|| panic!("{table} has {kind:?}"))
}

#[test]
fn queries_give_what_they_say() {
    let design = of_sql(SHOP);
    for server in postgres::servers() {
        let database = server.database("told");
        let mut client = database.client();
        client.batch_execute(SHOP).expect("a schema");
        client.batch_execute(ROWS).expect("rows");
        let mut given = |table: &str, kind: QueryKind, parameters: &str| {
            rows(&mut client, &of_kind(&design, table, kind), parameters)
        };
        assert_eq!(given("customer", QueryKind::Commonest, "('ada@example.org')"), ["1|Ada|ada@example.org"]);
        assert_eq!(
            given("category", QueryKind::Below, "(1)"),
            ["1|all|0", "4|books|1", "2|toys|1", "3|kites|2"],
            "children stand behind their parents, siblings by name"
        );
        assert_eq!(given("category", QueryKind::Above, "(3)"), ["1|all", "2|toys", "3|kites"]);
        assert_eq!(given("category", QueryKind::Below, "(6)").len(), 2, "a circle ends");
        assert_eq!(
            given("part_of_part", QueryKind::Below, "(1)"),
            ["4|nut|1", "2|wheel|1", "3|spoke|2"],
            "what is reached in several ways is told once"
        );
        let overview = given("customer", QueryKind::Overview, "(1)").concat();
        assert!(overview.starts_with("1|Ada|ada@example.org|3|{\"open\": 1, \"paid\": 2}|[{"), "{overview}");
        assert_eq!(
            given("customer_order", QueryKind::Feed, "(1, '2026-02-03')"),
            ["picture|1|2026-02-02 00:00:00+00|Bo", "remark|1|2026-02-01 00:00:00+00|Bo"].map(str::to_owned),
            "what is older than the last one shown, the latest first"
        );
    }
}

#[test]
fn the_index_that_a_query_names_finds_its_rows() {
    let text = "A project has a name and tasks. A task has a title and a status: open or done. Tasks have comments. A comment has a text. \
                A task can have many labels; a label has a name and belongs to a project.";
    let design = of_brief(text);
    let Some(server) = postgres::newest() else { return };
    let database = server.database("found");
    let mut client = database.client();
    assert!(loaded(&mut client, server, &design));
    client
        .batch_execute("set plan_cache_mode = force_generic_plan; set enable_seqscan = off")
        .expect("settings");
    let mut seen = 0;
    for (table, query) in queries(&design) {
        let Some(index) = query.index.as_ref().filter(|_| query.kind != QueryKind::Below) else { continue };
        client.batch_execute(&format!("prepare q as {}", query.sql)).expect("a server takes it");
        let nulls = vec!["null"; query.parameters.len()].join(", ");
        let plan = client.simple_query(&format!("explain execute q({nulls})")).expect("a plan");
        let plan: Vec<String> = plan
            .into_iter()
            .filter_map(|it| {
                if let SimpleQueryMessage::Row(row) = it { row.get(0).map(str::to_owned) } else { None }
            })
            .collect();
        client.batch_execute("deallocate q").expect("it was prepared");
        assert!(
            plan.concat().contains(index.as_str()),
            "{table}, {}: not by {index}\n{}",
            query.gives,
            plan.join("\n")
        );
        seen += 1;
    }
    assert!(seen >= 6, "{seen} queries name an index");
}
