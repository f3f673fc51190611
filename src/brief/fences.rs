//! Which fenced blocks hold code, and which hold words: people fence requirements and stories as well.

use crate::base::{Clip, Gather, SortedSet, Span, one_of};

/// Languages of code, as they are named behind the ticks. A fence of `text` or `markdown`, or of `python`, in which generators of documents
/// write their lists of wishes, tells what it holds by its lines.
const LANGUAGES: &str = "bash c console cpp cs csharp css dart dbml diff dockerfile dotenv env go gql graphql html http ini \
                      java javascript js json json5 jsonc jsx kotlin mermaid mmd nginx php plantuml powershell prisma \
                      proto ps1 puml ruby rust scss sh shell sql svelte swift toml ts tsx typescript vue xml yaml yml zsh";

/// The fences whose lines are code, of all fences of a text.
pub fn of_code(text: &str, fences: &[Span]) -> SortedSet<Span> {
    fences.iter().filter(|it| is_code(it.of(text))).copied().gather()
}

/// The language behind the ticks of a fence, in lower case.
fn language(fence: &str) -> String {
    let opening = fence.split('\n').next().unwrap_or("").trim_start_matches(['`', '~']).trim();
    opening.split([' ', '{', ',', ':']).next().unwrap_or("").to_ascii_lowercase()
}

fn is_code(fence: &str) -> bool {
    if one_of(language(fence).as_str(), LANGUAGES) {
        return true;
    }
    let lines =
        || fence.split('\n').skip(1).map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("```"));
    let coded = lines().filter(|it| is_code_line(it)).count();
    // Words hardly ever end like that, so a few of many lines tell enough.
    coded > 0 && coded * 4 >= lines().count()
}

/// Whether a line can hardly be one of words: a brace or semicolon at its end, a tree of folders, a call of an endpoint.
fn is_code_line(line: &str) -> bool {
    let drawn = line.contains(['├', '└', '│', '┌', '─', '▼', '═']);
    let ends = line.ends_with(['{', ';']) || line == "}" || line.ends_with("=>");
    let called = ["GET /", "POST /", "PUT /", "PATCH /", "DELETE /", "$ ", "npm ", "curl "]
        .iter()
        .any(|it| line.starts_with(it));
    let path = line.split_whitespace().next().unwrap_or("");
    let folder = path.clip(1..).contains('/') && path.ends_with('/') || path.ends_with('/') && path == line;
    drawn || ends || called || folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_fence_stay_words() {
        for (fence, code) in [
            ("```ts\nconst a = 1;\n```", true),
            ("```\nAs a guest I want to book a berth.\n```", false),
            ("```python\n[\n  \"As a guest I want to book a berth\",\n]\n```", false),
            ("```text\napps/\n  web/\n```", true),
            ("```\nGET /berths\n```", true),
            ("```text\nBerth: number, width\nGuest: name\n```", false),
        ] {
            assert_eq!(is_code(fence), code, "{fence}");
        }
    }
}
