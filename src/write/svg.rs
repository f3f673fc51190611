//! SVG as text: elements that close themselves, and text that cannot break out.

use std::fmt::{Display, Write as _};

/// Attributes of an element: names are the program's own, values are escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// Writes one SVG document. Indented by depth, one element a line.
#[derive(Default)]
pub(super) struct SvgWriter {
    out: String,
    depth: usize,
}

impl SvgWriter {
    /// An element with what `inner` writes into it.
    pub(super) fn group(
        &mut self,
        name: &'static str,
        attributes: Attributes,
        inner: impl FnOnce(&mut Self),
    ) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.depth += 1;
        inner(self);
        self.depth -= 1;
        self.indent();
        self.end(name);
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with text.
    pub(super) fn text(&mut self, name: &'static str, attributes: Attributes, text: &str) {
        self.start(name, attributes);
        self.out.push('>');
        escape(&mut self.out, text);
        self.end(name);
    }

    /// The document so far.
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &'static str, attributes: Attributes) {
        self.indent();
        let _ = write!(self.out, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"");
            escape(&mut self.out, &value.to_string());
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &'static str) {
        let _ = writeln!(self.out, "</{name}>");
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.depth));
    }
}

/// Text as XML 1.0 takes it between tags and in attributes; what it does not allow becomes U+FFFD.
fn escape(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", it as u32);
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            it => out.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out() {
        let mut w = SvgWriter::default();
        w.group("g", &[("data-name", &"a\"b\n")], |w| w.text("text", &[], "</text><script>&\u{1}"));
        insta::assert_snapshot!(w.finish(), @r#"
        <g data-name="a&quot;b&#10;">
         <text>&lt;/text&gt;&lt;script&gt;&amp;�</text>
        </g>
        "#);
    }
}
