//! Numbers, texts, choices and references as bytes on a wire, with a limit on each.

use super::LinkError;
use super::coder::{Kind, Place, Wire};

/// Ends a text.
const END: u8 = 0;
/// Stands before one of these three within a text, which is then written one higher.
const ESCAPE: u8 = 1;
/// Stands in the place of a text that follows from something else.
const SIGN: u8 = 2;

/// What records are made of. Each method takes the value to write and gives the value that stands in the stream,
/// so one description of a record serves both directions.
pub trait Values {
    /// A number, seven bits a byte, lowest first.
    fn number(&mut self, place: Place, it: u64) -> Result<u64, LinkError>;
    /// A text of any characters, or nothing where a sign stands for one.
    fn text_or_sign(&mut self, place: Place, it: Option<&str>) -> Result<Option<String>, LinkError>;
    /// One of `count` cases.
    fn choice(&mut self, place: Place, it: usize, count: usize) -> Result<usize, LinkError>;

    /// A text of any characters.
    fn text(&mut self, place: Place, it: &str) -> Result<String, LinkError> {
        self.text_or_sign(place, Some(it))?.ok_or(LinkError::Malformed("a text"))
    }

    /// A number that may be negative; near zero is short.
    fn signed(&mut self, place: Place, it: i64) -> Result<i64, LinkError> {
        let zigzag = self.number(place, ((it << 1) ^ (it >> 63)) as u64)?;
        Ok((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))
    }

    /// A number that must fit 32 bits.
    fn number32(&mut self, place: Place, it: u32) -> Result<u32, LinkError> {
        u32::try_from(self.number(place, it.into())?).map_err(|_| LinkError::Malformed("a number"))
    }

    /// How many things follow: at most as many bytes as a link may hold, so it can be trusted no further than that.
    fn count(&mut self, place: Place, it: usize) -> Result<usize, LinkError> {
        let count = self.number(place, it as u64)?;
        usize::try_from(count)
            .ok()
            .filter(|it| *it <= super::MOST_BYTES)
            .ok_or(LinkError::Malformed("a count"))
    }

    /// Which of `count` things is meant.
    fn index(&mut self, place: Place, it: usize, count: usize) -> Result<usize, LinkError> {
        let index = self.number(place, it as u64)?;
        usize::try_from(index).ok().filter(|it| *it < count).ok_or(LinkError::Malformed("a reference"))
    }

    /// Up to eight statements that hold or do not.
    fn flags<const N: usize>(&mut self, place: Place, it: [bool; N]) -> Result<[bool; N], LinkError> {
        let bits = it.iter().rev().fold(0, |bits, it| bits << 1 | usize::from(*it));
        let bits = self.choice(place, bits, 1 << N)?;
        Ok(std::array::from_fn(|at| bits >> at & 1 == 1))
    }

    /// A statement that holds or does not.
    fn flag(&mut self, place: Place, it: bool) -> Result<bool, LinkError> {
        Ok(self.choice(place, it.into(), 2)? == 1)
    }
}

impl<W: Wire + ?Sized> Values for W {
    fn number(&mut self, place: Place, mut it: u64) -> Result<u64, LinkError> {
        let mut read = 0u64;
        for shift in (0..64).step_by(7) {
            let more = u8::from(it > 127) << 7;
            let byte = self.byte(place, (it & 127) as u8 | more)?;
            it >>= 7;
            let bits = u64::from(byte & 127);
            if shift == 63 && bits > 1 {
                break;
            }
            read |= bits << shift;
            if byte < 128 {
                return Ok(read);
            }
        }
        Err(LinkError::Malformed("a number"))
    }

    fn text_or_sign(&mut self, place: Place, it: Option<&str>) -> Result<Option<String>, LinkError> {
        let mut given = it.unwrap_or("").bytes();
        let mut read = Vec::new();
        loop {
            let next = given.next();
            let written = match next {
                None if it.is_none() => SIGN,
                None => END,
                Some(END..=SIGN) => ESCAPE,
                Some(byte) => byte,
            };
            match self.byte(place, written)? {
                END => break,
                ESCAPE => match self.byte(place, next.unwrap_or(END).saturating_add(1))? {
                    byte @ 1..=3 => read.push(byte - 1),
                    _ => return Err(LinkError::Malformed("a text")),
                },
                SIGN if read.is_empty() => return Ok(None),
                SIGN => return Err(LinkError::Malformed("a text")),
                byte => read.push(byte),
            }
        }
        String::from_utf8(read).map(Some).map_err(|_| LinkError::Malformed("a text"))
    }

    fn choice(&mut self, place: Place, it: usize, count: usize) -> Result<usize, LinkError> {
        debug_assert!(
            it < count && count <= 256 && matches!(place.kind, Kind::Choice | Kind::Start),
            "{it} of {count} at {place:?}"
        );
        let read = usize::from(self.byte(place, it as u8)?);
        if read < count { Ok(read) } else { Err(LinkError::Malformed("a choice")) }
    }
}
