//! Any bytes as a file under each of the names that choose a reader.

#![no_main]

use relata::input::{self, File};

const NAMES: [&str; 8] =
    ["a.sql", "a.relata.json", "a.json", "a.dbml", "a.prisma", "a.md", "<stdin>", "<link>"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let file = File { name: name.to_owned(), bytes: bytes.to_vec() };
    match input::open(std::slice::from_ref(&file)) {
        Ok(opened) => assert_eq!(opened.design.violations(), []),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
    // The same bytes as the second migration of a folder.
    let first = File { name: "1.up.sql".to_owned(), bytes: b"create table a (id int primary key);".to_vec() };
    let second = File { name: "2.up.sql".to_owned(), ..file };
    let _ = input::open(&[first, second]);
});
