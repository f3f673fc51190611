//! The design file: every version that there ever was still reads, and the published schema is that of the types.

use std::path::{Path, PathBuf};

use relata::design::{Design, json_schema};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_saved_version_still_reads() {
    let folder = std::fs::read_dir(root("tests/data/design")).expect("the samples are in the repository");
    let mut read = 0;
    for entry in folder {
        let path = entry.expect("readable folder").path();
        if !path.to_string_lossy().ends_with(".relata.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text file");
        let design = Design::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(design.violations(), [], "{}", path.display());
        assert!(design.tables().len() > 0, "{}", path.display());
        read += 1;
    }
    assert!(read > 0);
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published =
        std::fs::read_to_string(root("public/relata.schema.json")).expect("the schema is published");
    assert!(published == json_schema(), "run `relata schema -o public/relata.schema.json`");
}
