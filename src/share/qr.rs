//! A text as a QR code.

use qrcodegen::{QrCode, QrCodeEcc};

/// Most bytes that a QR code holds, in version 40 at the lowest level of correction (ISO/IEC 18004, table 7).
const MOST: usize = 2953;

/// Light modules around a code, so that it is found (ISO/IEC 18004, 9.1).
const QUIET: i32 = 4;

/// An SVG document of the code, dark on white whatever the theme, since cameras expect that; nothing for a text that is too long.
pub fn qr(text: &str) -> Option<String> {
    if text.len() > MOST {
        return None;
    }
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|it| code.get_module(*it, y)).count() as i32;
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_large_as_its_text_needs_and_has_its_three_corners() {
        let svg = qr("https://example.org/#d=1abc").expect("short");
        assert!(svg.contains("viewBox=\"0 0 33 33\""), "version 2 has 25 modules: {svg}");
        // The outer edge of a finder pattern is seven dark modules, at the top on the left and on the right.
        assert!(
            svg.contains("M4 4h7v1h-7z") && svg.contains("M22 4h7v1h-7z") && svg.contains("M4 22h7v1h-7z")
        );
    }

    #[test]
    fn a_text_that_no_code_holds_gives_none() {
        assert!(qr(&"x".repeat(MOST)).is_some());
        assert!(qr(&"x".repeat(MOST + 1)).is_none());
    }
}
