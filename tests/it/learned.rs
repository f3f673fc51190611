//! The network of the reader against the library that taught it.

use relata::brief;
use serde_json::Value;

/// Each text with what `PyTorch` makes of its lesson, with numbers and inputs rounded in the same way: points of each key,
/// of each compound points that it is another thing than its last word, of each word how likely it names a property, and of each pair of things, by their numbers, how likely each kind of tie is.
const TOLD: &str = include_str!("../data/brief/learned.json");

#[test]
fn the_network_says_what_the_library_that_taught_it_says() {
    let cases: Vec<Value> = serde_json::from_str(TOLD).expect("JSON");
    assert!(!cases.is_empty());
    for case in &cases {
        let lesson = brief::lesson(case["text"].as_str().expect("a text"));
        for what in ["points", "apart", "likely", "ties"] {
            let numbers = |it: &Value| {
                it[what].as_array().expect(what).iter().filter_map(Value::as_f64).collect::<Vec<f64>>()
            };
            let (found, wanted) = (numbers(&lesson), numbers(case));
            assert_eq!(found.len(), wanted.len(), "{what}");
            let apart = || found.iter().zip(&wanted).map(|(one, other)| (one - other).abs());
            // An input that is rounded the other way, by 1/2048, moves the points that rest on it, which go up to 12, by some
            // thousandth; what is counted otherwise moves all.
            let most = apart().fold(0.0, f64::max);
            assert!(most < 4e-3, "{what} differ by {most}");
            let far = apart().filter(|it| *it > 2e-4).count();
            assert!(far * 5 <= found.len(), "{far} of {} {what} differ", found.len());
        }
    }
}
