//! What the reader's network is taught from: `cargo run --release --example lesson -- FOLDER FILE…` writes for each text
//! `FOLDER/NAME.lesson.json`, its words with what can be told of each. `training/` reads them.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("usage: lesson FOLDER FILE…")?;
    fs::create_dir_all(&folder)?;
    for file in arguments {
        let text = fs::read_to_string(&file)?;
        let name = file.file_stem().map(Path::new).ok_or("a file without a name")?;
        let lesson = relata::brief::lesson(&text).to_string();
        fs::write(folder.join(name).with_extension("lesson.json"), lesson)?;
    }
    Ok(())
}
