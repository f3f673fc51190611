//! A document of headings, texts, tables and lists, as Markdown and as one HTML page.

use crate::write::markup::{HTML_FOOT, html_head, in_html, in_markdown};

/// How the page looks: as the browser's own, in the width that its tables need, and on paper.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}\
h2{margin-top:2.5rem;overflow-wrap:anywhere}h3{margin:1.5rem 0 .5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;min-width:40rem}\
th,td{border:1px solid #8886;padding:.3rem .6rem;text-align:start;vertical-align:top}th,td:nth-child(-n+2){white-space:nowrap}\
code{overflow-wrap:anywhere}nav ul{columns:20rem;padding-inline-start:1.2rem}@media print{nav{display:none}h2{break-after:avoid}tr{break-inside:avoid}}";

/// A piece of a line.
pub enum Piece {
    /// Words.
    Text(String),
    /// Something written as the database has it.
    Code(String),
    /// The same, leading to the section of this name.
    Link(String),
}

/// A line of pieces.
pub type Line = Vec<Piece>;

/// A line of words alone.
pub fn words(text: impl Into<String>) -> Line {
    vec![Piece::Text(text.into())]
}

/// A part of the document.
pub enum Block {
    /// Begins a group of sections.
    Group(&'static str),
    /// Begins the section of something, to which links lead; it is listed at the front.
    Section(String),
    /// Begins a part of a section.
    Part(&'static str),
    /// A paragraph.
    Text(Line),
    /// A table: its head, and rows of as many cells.
    Rows(Vec<String>, Vec<Vec<Line>>),
    /// A list.
    List(Vec<Line>),
}

/// As Markdown with tables, as GitHub reads it.
pub fn markdown(title: &str, blocks: &[Block]) -> String {
    let line = |it: &Line| it.iter().map(piece_in_markdown).collect::<String>();
    let mut out = format!("# {}\n", in_markdown(title));
    for block in blocks {
        out.push('\n');
        match block {
            Block::Group(name) => out.push_str(&format!("# {name}\n")),
            Block::Section(name) => {
                out.push_str(&format!(
                    "<a id=\"{}\"></a>\n\n## {}\n",
                    in_html(&anchor(name)),
                    code_in_markdown(name)
                ));
            }
            Block::Part(name) => out.push_str(&format!("### {name}\n")),
            Block::Text(it) => out.push_str(&format!("{}\n", line(it))),
            Block::Rows(head, rows) => {
                let head: Vec<String> = head.iter().map(|it| in_markdown(it)).collect();
                out.push_str(&format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len())));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(line).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
            }
            Block::List(items) => items.iter().for_each(|it| out.push_str(&format!("- {}\n", line(it)))),
        }
    }
    out
}

/// As one HTML page that needs nothing else, with a list of its sections at the front.
pub fn html(title: &str, blocks: &[Block]) -> String {
    let line = |it: &Line| it.iter().map(piece_in_html).collect::<String>();
    let mut out = html_head(title, STYLE);
    let sections = blocks.iter().filter_map(|it| match it {
        Block::Section(name) => Some(format!("<li>{}</li>\n", piece_in_html(&Piece::Link(name.clone())))),
        _ => None,
    });
    out.push_str(&format!(
        "<nav aria-label=\"Contents\"><ul>\n{}</ul></nav>\n",
        sections.collect::<String>()
    ));
    for block in blocks {
        match block {
            Block::Group(name) => out.push_str(&format!("<h2>{name}</h2>\n")),
            Block::Section(name) => {
                let id = in_html(&anchor(name));
                out.push_str(&format!("<h2 id=\"{id}\"><code>{}</code></h2>\n", in_html(name)));
            }
            Block::Part(name) => out.push_str(&format!("<h3>{name}</h3>\n")),
            Block::Text(it) => out.push_str(&format!("<p>{}</p>\n", line(it))),
            Block::Rows(head, rows) => {
                let head: Vec<String> =
                    head.iter().map(|it| format!("<th scope=\"col\">{}</th>", in_html(it))).collect();
                let head = head.concat();
                out.push_str(&format!(
                    "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
                ));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|it| format!("<td>{}</td>", line(it))).collect();
                    out.push_str(&format!("<tr>{}</tr>\n", cells.concat()));
                }
                out.push_str("</tbody>\n</table></div>\n");
            }
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|it| format!("<li>{}</li>\n", line(it))).collect();
                out.push_str(&format!("<ul>\n{}</ul>\n", items.concat()));
            }
        }
    }
    out.push_str(HTML_FOOT);
    out
}

fn piece_in_markdown(it: &Piece) -> String {
    match it {
        Piece::Text(text) => {
            // Blanks at the ends part it from its neighbours.
            let ends = |blank: bool| if blank { " " } else { "" };
            let (before, after) = (text.starts_with(' '), text.ends_with(' '));
            format!("{}{}{}", ends(before), in_markdown(text), ends(after))
        }
        Piece::Code(text) => code_in_markdown(text),
        Piece::Link(name) => format!("[{}](#{})", code_in_markdown(name), anchor(name)),
    }
}

/// Between more backticks than the text has beside each other; a bar would end a cell of a table even there.
fn code_in_markdown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").replace('|', "\\|");
    let most = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(most + 1);
    if most > 0 { format!("{fence} {text} {fence}") } else { format!("`{text}`") }
}

fn piece_in_html(it: &Piece) -> String {
    match it {
        Piece::Text(text) => in_html(text),
        Piece::Code(text) => format!("<code>{}</code>", in_html(text)),
        Piece::Link(name) => {
            format!("<a href=\"#{}\"><code>{}</code></a>", in_html(&anchor(name)), in_html(name))
        }
    }
}

/// A section's name as the part of an address behind `#`: other signs than letters and digits by their numbers, so that no two are alike.
fn anchor(name: &str) -> String {
    let mut out = String::new();
    for sign in name.chars() {
        if sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.') {
            out.push(sign);
        } else {
            out.push_str(&format!("-{:x}-", u32::from(sign)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks() -> Vec<Block> {
        let cell = |it: &str| vec![Piece::Code(it.to_owned())];
        vec![
            Block::Section("a b".to_owned()),
            Block::Text(vec![Piece::Text("What <it> is, see ".to_owned()), Piece::Link("a b".to_owned())]),
            Block::Rows(vec!["One".to_owned(), "T|wo".to_owned()], vec![vec![cell("x | y"), words("*")]]),
            Block::List(vec![cell("``")]),
        ]
    }

    #[test]
    fn markdown_has_no_signs_but_its_own() {
        let expected = "# T\\_1\n\n<a id=\"a-20-b\"></a>\n\n## `a b`\n\nWhat \\<it\\> is, see [`a b`](#a-20-b)\n\n\
            | One | T\\|wo |\n| --- | --- |\n| `x \\| y` | \\* |\n\n- ``` `` ```\n";
        assert_eq!(markdown("T_1", &blocks()), expected);
    }

    #[test]
    fn html_has_no_markup_but_its_own() {
        let page = html("<T>", &blocks());
        assert!(page.contains("<h1>&lt;T&gt;</h1>") && page.contains("What &lt;it&gt; is"), "{page}");
        assert!(
            page.contains("<a href=\"#a-20-b\"><code>a b</code></a>") && page.contains("<h2 id=\"a-20-b\">"),
            "{page}"
        );
    }
}
