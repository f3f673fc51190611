//! `relata link`: a share link from a design.

use relata::share::{self, Options};

use super::failure::write_result;
use super::input;
use super::{Failure, Outcome};

/// Print a share link that holds the whole design.
///
/// Named versions and the line numbers of imports stay behind; everything else is in the link itself.
#[derive(clap::Args)]
pub struct Arguments {
    /// The design: a file, `-` or a link.
    input: String,
    /// Leave out comments.
    #[arg(long)]
    no_comments: bool,
    /// Leave out the brief.
    #[arg(long)]
    no_brief: bool,
    /// Leave out statements kept verbatim, and functions that nothing in the design uses.
    #[arg(long)]
    no_statements: bool,
    /// The page that the link opens; without it, only what follows the address is printed.
    #[arg(long, value_name = "URL", default_value = "")]
    page: String,
    /// Also print the link's length to standard error.
    #[arg(long)]
    length: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let options = Options {
        leave_out_comments: arguments.no_comments,
        leave_out_briefs: arguments.no_brief,
        leave_out_statements: arguments.no_statements,
    };
    let link = share::encode(&design, &options)
        .map_err(|error| Failure::Input(format!("{}: {error}", arguments.input)))?;
    if arguments.length {
        eprintln!("{} characters for {} bytes of records", link.fragment.len(), link.record_bytes);
    }
    write_result(None, &format!("{}{}\n", arguments.page, link.fragment))?;
    Ok(Outcome::Fine)
}
