//! A design in a URL fragment, and back: `#d=`, a version character, and the design as base64url.
//!
//! The design is written as compact [records], which a [context-mixing coder](coder) shortens. docs/link.md
//! describes the format. Opening is bounded in time and memory, and gives a valid design or an error.

mod base64;
pub mod coder;
mod fields;
mod lighter;
mod names;
mod primer;
mod qr;
mod records;
mod signs;
mod wire;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::design::{Design, Edit};
use coder::{Reader, Stop, Writer};

pub use qr::qr;

/// Stands before the version character and the payload in the address of the page.
pub const PREFIX: &str = "#d=";

/// The version that is written. Lists, limits, the model and its primer belong to it for ever.
const VERSION: char = '1';

/// Most bytes that the records of a link may have. Each costs the same time, so this bounds opening.
const MOST_BYTES: usize = 512 * 1024;

/// Most characters of a link: no stream of so many bytes is needed for [`MOST_BYTES`] of records.
const MOST_CHARACTERS: usize = MOST_BYTES * 2;

/// What a link may go without, to be shorter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Comments on everything.
    pub leave_out_comments: bool,
    /// Briefs; what came from their words is then a person's.
    pub leave_out_briefs: bool,
    /// Statements kept verbatim, and functions that no trigger, view or other function of the design uses.
    pub leave_out_statements: bool,
}

/// A design as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What follows the page's address, [`PREFIX`] included.
    pub fragment: String,
    /// How many bytes the records had before they were coded.
    pub record_bytes: usize,
}

/// Why there is no link, or no design in one. The messages say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// The text has no `#d=`.
    NotALink,
    /// A version of the format that this program does not know.
    UnknownVersion(char),
    /// Letters are missing or changed.
    Damaged,
    /// More than a link may hold.
    TooLong,
    /// The records are not what any program writes: what is wrong with them.
    Malformed(&'static str),
    /// The records do not make a valid design: why.
    Invalid(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => {
                f.write_str("this is no link to a design: copy the whole address, with `#d=` and all that follows")
            }
            Self::UnknownVersion(version) => {
                write!(f, "the link has version `{version}`, which a newer Relata wrote: reload the page or update the command")
            }
            Self::Damaged => f.write_str(
                "the link is damaged or cut short, as some programs do with long links: ask for it again, or for the design as a file",
            ),
            Self::TooLong => {
                f.write_str("the design is too large for a link: leave out comments or the brief, or save it as a file")
            }
            Self::Malformed(what) => {
                write!(f, "the link holds no design ({what} makes no sense): ask for it again, or for the design as a file")
            }
            Self::Invalid(why) => {
                write!(f, "the link holds a design that is not valid ({why}): ask for the design as a file")
            }
        }
    }
}

impl std::error::Error for LinkError {}

impl From<Stop> for LinkError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::CutShort => Self::Damaged,
            Stop::TooLong => Self::TooLong,
        }
    }
}

/// The link of a design. Identities are renumbered, named versions, former texts of briefs and the line numbers of imports stay behind; all
/// else comes back equal from [`decode`].
///
/// # Errors
/// When the design is too large for a link.
pub fn encode(design: &Design, options: &Options) -> Result<Link, LinkError> {
    let lighter = lighter::without(design, *options);
    let mut writer = Writer::new(primer::model(), MOST_BYTES);
    records::write(&mut writer, &lighter)?;
    let record_bytes = writer.count();
    let stream = writer.finish();
    let mut bytes = checksum(&stream).to_vec();
    bytes.extend(stream);
    Ok(Link { fragment: format!("{PREFIX}{VERSION}{}", base64::encode(&bytes)), record_bytes })
}

/// The design of a link: a whole address, or a fragment with or without its `#`.
///
/// # Errors
/// When the text is no link, or what it holds is no valid design.
pub fn decode(link: &str) -> Result<Design, LinkError> {
    let link = link.trim();
    let after = link.split_once(PREFIX).map(|it| it.1).or_else(|| link.strip_prefix(&PREFIX[1..]));
    let mut payload = after.ok_or(LinkError::NotALink)?.chars();
    let version = payload.next().ok_or(LinkError::Damaged)?;
    if version != VERSION {
        return Err(LinkError::UnknownVersion(version));
    }
    if payload.as_str().len() > MOST_CHARACTERS {
        return Err(LinkError::TooLong);
    }
    let bytes = base64::decode(payload.as_str()).ok_or(LinkError::Damaged)?;
    let (sum, stream) = bytes.split_first_chunk().ok_or(LinkError::Damaged)?;
    if *sum != checksum(stream) {
        return Err(LinkError::Damaged);
    }
    let mut reader = Reader::new(primer::model(), stream, MOST_BYTES);
    let records = records::read(&mut reader)?;
    if !reader.is_at_end() {
        return Err(LinkError::Malformed("what follows its end"));
    }
    let mut design = Design::new();
    design.apply(&Edit::adding(records)).map_err(|refused| LinkError::Invalid(refused.to_string()))?;
    Ok(design)
}

/// Tells a damaged link from a whole one before anything is made of it: FNV-1a, folded to 16 bits.
fn checksum(bytes: &[u8]) -> [u8; 2] {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(16_777_619);
    let hash = bytes.iter().fold(2_166_136_261, step);
    ((hash >> 16) as u16 ^ hash as u16).to_be_bytes()
}

#[cfg(test)]
mod tests;
