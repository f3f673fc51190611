//! How a verb ends, and writing its result.

use std::fmt;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use relata::design::Design;

/// How a verb that could do its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to tell: exit code 0.
    Fine,
    /// Findings or differences: exit code 1.
    Found,
}

/// Why a verb could not do its work: exit code 2.
#[derive(Debug)]
pub enum Failure {
    /// The input could not be read; the message names the file and, where there is one, the place.
    Input(String),
    /// The arguments do not go together.
    Usage(String),
    /// A result could not be written.
    Write {
        /// Where to.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(message) | Self::Usage(message) => f.write_str(message),
            Self::Write { path, error } => write!(f, "{}: cannot write: {error}", path.display()),
        }
    }
}

/// Writes a result to a file, or to standard output when no file is named.
pub fn write_result(path: Option<&Path>, text: &str) -> Result<(), Failure> {
    let Some(path) = path else {
        // A reader that closes the pipe early has what it wants.
        let _ = std::io::stdout().write_all(text.as_bytes());
        return Ok(());
    };
    std::fs::write(path, text).map_err(|error| Failure::Write { path: path.to_owned(), error })
}

/// Writes a design file, as it comes.
pub fn write_design(path: Option<&Path>, design: &Design) -> Result<(), Failure> {
    let Some(path) = path else {
        let mut out = BufWriter::new(io::stdout().lock());
        // A reader that closes the pipe early has what it wants.
        let _ = write_json(&mut out, design);
        return Ok(());
    };
    let written = std::fs::File::create(path).and_then(|file| write_json(BufWriter::new(file), design));
    written.map_err(|error| Failure::Write { path: path.to_owned(), error })
}

fn write_json(mut out: impl io::Write, design: &Design) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, &design.to_serialize())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Prints a value as JSON with a line break at its end.
pub fn print_json<T: serde::Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Usage(error.to_string()))?;
    write_result(None, &(text + "\n"))
}
