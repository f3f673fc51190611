//! Bytes as the letters that a URL fragment may hold: base64url without padding (RFC 4648, section 5).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Four letters for each three bytes; two or three for what is left.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..=chunk.len() {
            out.push(char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
    out
}

/// The bytes, or nothing when a letter is not of the alphabet or bits are left over.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for at in 0..4 {
            let value = chunk.get(at).map_or(Some(0), |it| value(*it))?;
            bits = bits << 6 | value;
        }
        let count = (chunk.len() * 6) / 8;
        let [_, bytes @ ..] = bits.to_be_bytes();
        let (taken, rest) = bytes.split_at(count);
        if chunk.len() == 1 || rest.iter().any(|it| *it != 0) {
            return None;
        }
        out.extend(taken);
    }
    Some(out)
}

fn value(letter: u8) -> Option<u32> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_texts_have_their_letters() {
        // RFC 4648, section 10, without padding.
        for (text, letters) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode(text.as_bytes()), letters);
            assert_eq!(decode(letters).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(encode(&[251, 255]), "-_8");
    }

    #[test]
    fn what_no_encoder_writes_is_refused() {
        for text in ["A", "Zh", "Zm9=", "Z m8", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
