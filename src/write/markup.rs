//! Texts within Markdown and HTML, where no sign of them means anything.

/// One line of Markdown.
pub fn in_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        for sign in word.chars() {
            if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
                out.push('\\');
            }
            out.push(sign);
        }
    }
    out
}

/// A text or a value of an attribute of HTML.
pub fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The begin of an HTML page that needs nothing else, as far as its heading; `title` is plain text.
pub fn html_head(title: &str, style: &str) -> String {
    let title = in_html(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
}

/// The end of such a page.
pub const HTML_FOOT: &str = "</main>\n</body>\n</html>\n";
