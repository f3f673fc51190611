//! INPUT: a file, a folder, standard input or a link, read from where it is.

use std::io::Read as _;
use std::path::Path;

use relata::brief::{self, Reading};
use relata::design::{Design, Matching, Refused};
use relata::input::{self, File, Format, Opened};
use relata::job::read_brief;

use super::Failure;

/// Endings of the files of a folder that are looked at.
const ENDINGS: [&str; 5] = ["sql", "prisma", "dbml", "ts", "json"];

/// Where Prisma says whose SQL its migrations are, and Sqitch their order.
const BESIDE: [&str; 2] = ["migration_lock.toml", "sqitch.plan"];

/// Folders that hold no schema of the project.
const ASIDE: &[&str] = &["node_modules", "target", "dist"];

/// The design of an input, with everything accepted that a brief proposes. What there is to know goes to standard error.
pub fn design(argument: &str) -> Result<Design, Failure> {
    accepted(open(argument)?, argument)
}

/// The design that was opened, with everything accepted that its brief proposes.
pub fn accepted(opened: Opened, argument: &str) -> Result<Design, Failure> {
    let mut design = opened.design;
    if opened.format != Format::Brief {
        return Ok(design);
    }
    let refused = |error: Refused| Failure::Input(format!("{argument}: {error}"));
    let Some((id, reading)) = design.briefs().next().map(|it| (it.id, reading(&it.text, argument))) else {
        return Ok(design);
    };
    let edit = brief::propose(&design, &reading, id).accept_all(&design).map_err(refused)?;
    design.apply(&edit).map_err(refused)?;
    Ok(design)
}

/// What is said of a brief in a language that is not read.
const OTHER_LANGUAGE: &str = "this text does not seem to be in English, which is the only language that is read: only models that it \
    writes down (SQL, Prisma, DBML, lists of fields) were taken; translate it to have all of it read";

/// What a brief says. Where it is in a language that is not read, that goes to standard error.
pub fn reading(text: &str, argument: &str) -> Reading {
    let reading = read_brief(text);
    if reading.other_language {
        eprintln!("{argument}: {OTHER_LANGUAGE}");
    }
    reading
}

/// Two designs that are compared, and what they were read from.
pub struct Two {
    /// The design as it was.
    pub old: Design,
    /// The design as it is.
    pub new: Design,
    formats: [Format; 2],
}

impl Two {
    /// Opens both, with everything accepted that a brief proposes.
    pub fn open(old: &str, new: &str) -> Result<Self, Failure> {
        if old == "-" && new == "-" {
            return Err(Failure::Usage("only one of the two inputs can be standard input".to_owned()));
        }
        let (before, after) = (open(old)?, open(new)?);
        let formats = [before.format, after.format];
        Ok(Self { old: accepted(before, old)?, new: accepted(after, new)?, formats })
    }

    /// How things are told to be the same: two states of one document by identity, all else by name.
    pub fn matching(&self) -> Matching {
        let is_document = |it: &Format| matches!(it, Format::Design | Format::Link);
        if self.formats.iter().all(is_document) {
            Matching::of(&self.old, &self.new)
        } else {
            Matching::ByName
        }
    }

    /// Whether one of them was told by a server.
    pub fn is_live(&self) -> bool {
        self.formats.contains(&Format::Catalog)
    }
}

/// Opens an input and tells on standard error what there is to know, with file, line and column.
pub fn open(argument: &str) -> Result<Opened, Failure> {
    let opened = input::open(&files(argument)?).map_err(|error| Failure::Input(error.to_string()))?;
    for note in &opened.notes {
        eprintln!("{note}");
    }
    Ok(opened)
}

/// The text of an input that is one text, whatever its format.
pub fn text(argument: &str) -> Result<String, Failure> {
    let files = files(argument)?;
    let [file] = files.as_slice() else {
        return Err(Failure::Input(format!("{argument}: this is a folder; give one file")));
    };
    match input::text_of(&file.bytes) {
        Ok(text) => Ok(text.text.into_owned()),
        Err(error) => Err(Failure::Input(format!("{argument}: {error}"))),
    }
}

/// The files of an argument: `-`, a link, the path of a file or of a folder.
pub fn files(argument: &str) -> Result<Vec<File>, Failure> {
    if input::is_link(argument) {
        return Ok(vec![File { name: "<link>".into(), bytes: argument.into() }]);
    }
    if argument == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().read_to_end(&mut bytes);
        read.map_err(|error| Failure::Input(format!("<stdin>: cannot read: {error}")))?;
        return Ok(vec![File { name: "<stdin>".into(), bytes }]);
    }
    let path = Path::new(argument);
    if path.is_dir() {
        let mut found = Vec::new();
        walk(path, "", &mut found)?;
        if found.is_empty() {
            let endings = ENDINGS.map(|it| format!(".{it}")).join(", ");
            return Err(Failure::Input(format!(
                "{argument}: no schema in this folder: no file ends in {endings}"
            )));
        }
        return Ok(found);
    }
    Ok(vec![File { name: argument.to_owned(), bytes: bytes_of(path)? }])
}

/// Every file below a folder that may hold a part of a schema, by name.
fn walk(folder: &Path, above: &str, found: &mut Vec<File>) -> Result<(), Failure> {
    let fail = |error| Failure::Input(format!("{}: cannot read: {error}", folder.display()));
    let entries = std::fs::read_dir(folder).map_err(fail)?;
    let mut paths: Vec<_> =
        entries.map(|it| it.map(|it| it.path())).collect::<Result<_, _>>().map_err(fail)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
        if name.starts_with('.') || ASIDE.contains(&name.as_str()) {
            continue;
        }
        let full = format!("{above}{name}");
        if path.is_dir() {
            walk(&path, &format!("{full}/"), found)?;
        } else if BESIDE.contains(&name.as_str())
            || path.extension().and_then(|it| it.to_str()).is_some_and(|it| ENDINGS.contains(&it))
        {
            found.push(File { name: full, bytes: bytes_of(&path)? });
        }
    }
    Ok(())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Input(format!("{}: cannot read: {error}", path.display())))
}
