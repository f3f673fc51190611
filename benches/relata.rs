//! `make bench`: how long the engine's main acts take, beside the bars of docs/benchmarks.md.
//!
//! `cargo bench --bench relata -- schema 1000` and `… -- brief 5000` print what is measured instead;
//! `… -- lint` measures the critic alone, at three sizes; `… -- link` links alone.

mod material;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use relata::design::{BriefId, Design};
use relata::layout::diagram::{self, Diagram};
use relata::layout::route::Route;
use relata::layout::{Rect, bounds};
use relata::{brief, job, lint, read, share, sql};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let size = arguments.get(1).and_then(|it| it.parse().ok()).unwrap_or(100);
    match arguments.first().map(String::as_str) {
        Some("schema") => print!("{}", material::schema(size)),
        Some("brief") => print!("{}", material::brief(size)),
        Some("lint") => [1_000, 2_000, 5_000].into_iter().for_each(|it| critic(&design(it), it)),
        Some("link") => links(),
        _ => measure_all(),
    }
}

fn measure_all() {
    println!("\n{:<44}{:>10}{:>10}{:>12}", "engine, on this machine", "median", "best", "bar");
    let text = material::brief(5_000);
    brief::warm_up();
    time("brief of 5,000 words → proposal", Some(100.0), || {
        brief::propose(&Design::new(), &job::read_brief(&text), BriefId::default())
    });

    let small = measure_design(1_000, [None, Some(50.0), Some(1_000.0)]);
    let large = measure_design(2_000, [None; 3]);
    for ((name, small), (_, large)) in small.iter().zip(&large) {
        println!("  {:<42}{:>7.2} ×{:>22}", format!("{name}, when tables double"), large / small, "< 2.30 ×");
    }

    println!("\n{:<44}{:>10}{:>10}{:>14}{:>13}", "layout", "crossings", "overlaps", "box ÷ tables", "lines");
    [100, 200, 500, 1_000, 2_000].into_iter().for_each(picture);
    changes();
    links();
}

/// How long links are, and how long they take: of made-up schemas, and of the real ones in `schemas` of `RELATA_CORPORA`, where that is set.
fn links() {
    println!(
        "\n{:<44}{:>10}{:>10}{:>12}{:>10}",
        "links, with the layout", "letters", "bar", "made", "opened"
    );
    for (tables, bar) in [(10, ""), (100, "< 3072"), (500, "")] {
        link(&format!("{tables} tables"), &design(tables), bar);
    }
    let folder = std::env::var_os("RELATA_CORPORA").map(|it| PathBuf::from(it).join("schemas"));
    let files = folder.and_then(|it| it.read_dir().ok()).into_iter().flatten().flatten().map(|it| it.path());
    let mut files: Vec<PathBuf> = files.filter(|it| it.extension().is_some_and(|it| it == "sql")).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let design = read::postgres(&text, &read::Options::default()).tree.design;
        let bar = if name == "danbooru" { "< 5632" } else { "" };
        link(&format!("{name}, {} tables", design.tables().len()), &design, bar);
    }
}

/// One line: the better of two rounds.
fn link(name: &str, design: &Design, bar: &str) {
    let design = arranged(design);
    let rounds = |work: &dyn Fn()| {
        let round = |()| {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        [(), ()].map(round).into_iter().min().unwrap_or_default().as_secs_f64() * 1e3
    };
    match share::encode(&design, &share::Options::default()) {
        Ok(link) => {
            let made = rounds(&|| drop(black_box(share::encode(&design, &share::Options::default()))));
            let opened = rounds(&|| drop(black_box(share::decode(&link.fragment))));
            println!("  {name:<42}{:>10}{bar:>10}{made:>9.1} ms{opened:>7.1} ms", link.fragment.len());
        }
        Err(problem) => println!("  {name:<42}{problem}"),
    }
}

/// Milliseconds of import, DDL and layout, by name.
fn measure_design(tables: usize, bars: [Option<f64>; 3]) -> Vec<(&'static str, f64)> {
    let text = material::schema(tables);
    let design = design(tables);
    let named = |what: &str| format!("{what}, {tables} tables");
    critic(&design, tables);
    vec![
        ("import", time(&named("import"), bars[0], || read::postgres(&text, &read::Options::default()))),
        ("DDL", time(&named("DDL"), bars[1], || sql::ddl(&design, &sql::Options::default()))),
        ("layout and routing", time(&named("layout and routing"), bars[2], || Diagram::of(&design).routes())),
    ]
}

/// How good the picture is: crossings of straight lines between middles of tables, tables that cover each other, the page's area over
/// that of its tables, and how long all lines are, in thousands of units.
fn picture(tables: usize) {
    let diagram = Diagram::of(&design(tables));
    let routes = diagram.routes();
    let way = |it: &Route| it.points.windows(2).map(|it| it[0].distance(it[1])).sum::<f64>();
    let long: f64 = routes.iter().map(way).sum();
    let Diagram { boxes, edges, .. } = diagram;
    let lines: Vec<[usize; 2]> = edges.iter().map(|it| [it.ends.from.node, it.ends.to.node]).collect();
    let side = |[a, b]: [usize; 2], c: usize| {
        let (a, b, c) = (boxes[a].centre(), boxes[b].centre(), boxes[c].centre());
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0.0
    };
    let cross = |one: [usize; 2], other: [usize; 2]| {
        one.iter().all(|it| !other.contains(it))
            && side(one, other[0]) != side(one, other[1])
            && side(other, one[0]) != side(other, one[1])
    };
    let pairs = |at: usize| lines[at + 1..].iter().filter(|it| cross(lines[at], **it)).count();
    let crossings: usize = (0..lines.len()).map(pairs).sum();
    let covers = |at: usize| boxes[at + 1..].iter().filter(|it| it.overlaps(&boxes[at])).count();
    let overlaps: usize = (0..boxes.len()).map(covers).sum();
    let area = |it: &Rect| it.width() * it.height();
    let share = bounds(&boxes).map_or(0.0, |it| area(&it) / boxes.iter().map(area).sum::<f64>());
    println!(
        "  {:<42}{crossings:>10}{overlaps:>10}{share:>14.1}{:>13}",
        format!("{tables} tables, {} edges", lines.len()),
        format!("{:.0} k", long / 1e3),
    );
}

/// All rules over a design, and again after one edit: of what one column may hold, of a table's name, of its references.
fn critic(design: &Design, tables: usize) {
    use relata::design::{Edit, Table};
    use relata::lint::{Config, Linter};
    type Change = fn(&mut Table);
    let bars = if tables == 1_000 { [Some(30.0), Some(2.0)] } else { [None; 2] };
    time(&format!("lint, all rules, {tables} tables"), bars[0], || lint::lint(design, &Config::default()));
    let Some(table) = design.tables().nth(tables / 2) else { return };
    let edits: [(&str, Change); 3] = [
        ("a column", |it| it.columns[1].nullable = !it.columns[1].nullable),
        ("a name", |it| it.name.push_str("_anew")),
        ("a reference", |it| it.foreign_keys.clear()),
    ];
    for (what, change) in edits {
        let mut linter = Linter::new(design, Config::default());
        let mut changed = table.clone();
        change(&mut changed);
        let edit = Edit::default().put(design, changed);
        let back = edit.clone().inverse();
        let mut after = design.clone();
        after.apply(&edit).expect("the edit fits");
        let mut is_done = false;
        time(&format!("lint after {what} changed, {tables} tables"), bars[1], || {
            is_done = !is_done;
            let (design, edit) = if is_done { (&after, &edit) } else { (design, &back) };
            linter.update(design, edit);
            linter.findings().len()
        });
    }
}

fn design(tables: usize) -> Design {
    read::postgres(&material::schema(tables), &read::Options::default()).tree.design
}

fn arranged(design: &Design) -> Design {
    let mut design = design.clone();
    let places = diagram::places(&design, &diagram::cards(&design));
    let tables: Vec<_> = design.tables().map(|it| it.id).collect();
    let edit = diagram::placed(&design, tables.into_iter().zip(places));
    design.apply(&edit).expect("a table may stand anywhere");
    design
}

/// Two designs of 1,000 tables: one column added, and every table with a mark of deletion.
fn changes() {
    use relata::design::{Column, Conventions, DataType, Edit, Matching, convention, diff};
    use relata::pg::Builtin;
    let old = design(1_000);
    let mut near = old.clone();
    let mut table = old.tables().last().expect("a thousand tables").clone();
    table.columns.push(Column::new(old.ids().take(), "added", DataType::builtin(Builtin::Text)));
    near.apply(&Edit::default().put(&old, table)).expect("valid");
    time("diff of 1,000 tables, one changed", Some(50.0), || diff(&old, &near, Matching::ById));
    let mut far = old.clone();
    let soft = Conventions { soft_delete: true, ..old.conventions().clone() };
    time("deletion by mark for 1,000 tables", None, || convention::switched(&old, &soft));
    let edit = convention::switched(&old, &soft).accept_all(&old).expect("fits");
    far.apply(&edit).expect("valid");
    time("diff of 1,000 tables, all changed", Some(50.0), || diff(&old, &far, Matching::ById));
    time("the same by name", Some(50.0), || diff(&old, &far, Matching::ByName));
}

/// Runs `work` until two seconds or 50 rounds are over, at least five times, and prints a line of milliseconds.
/// Gives the best round, which other work on the machine disturbs least.
fn time<T>(name: &str, bar: Option<f64>, mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let mut rounds: Vec<Duration> = Vec::new();
    let begin = Instant::now();
    while rounds.len() < 5 || (rounds.len() < 50 && begin.elapsed() < Duration::from_secs(2)) {
        let start = Instant::now();
        black_box(work());
        rounds.push(start.elapsed());
    }
    rounds.sort();
    let [best, median] = [rounds[0], rounds[rounds.len() / 2]].map(|it| it.as_secs_f64() * 1e3);
    let bar = bar.map(|it| format!("< {it:.0} ms")).unwrap_or_default();
    println!("  {name:<42}{median:>7.1} ms{best:>7.1} ms{bar:>12}");
    best
}
