//! `make bench`: how long the engine's main acts take, beside the bars of docs/benchmarks.md.
//!
//! `cargo bench --bench relata -- schema 1000` and `… -- brief 5000` print what is measured instead.

mod material;

use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let size = arguments.get(1).and_then(|it| it.parse().ok()).unwrap_or(100);
    match arguments.first().map(String::as_str) {
        Some("schema") => print!("{}", material::schema(size)),
        Some("brief") => print!("{}", material::brief(size)),
        _ => measure_all(),
    }
}

fn measure_all() {
    println!("\n{:<44}{:>10}{:>10}{:>12}", "engine, on this machine", "median", "best", "bar");
    let brief = material::brief(5_000);
    relata::brief::warm_up();
    time("brief of 5,000 words → reading", Some(100.0), || relata::brief::read(&brief));
}

/// Runs `work` until two seconds or 50 rounds are over, at least five times, and prints a line of milliseconds.
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
    let median = rounds[rounds.len() / 2].as_secs_f64() * 1e3;
    let bar = bar.map(|it| format!("< {it:.0} ms")).unwrap_or_default();
    println!("  {name:<42}{median:>7.1} ms{:>7.1} ms{bar:>12}", rounds[0].as_secs_f64() * 1e3);
    median
}
