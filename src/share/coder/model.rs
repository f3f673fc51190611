//! The probability of the next bit: ten contexts and a match, mixed by two small networks, then corrected.
//!
//! Method: context mixing as in Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression"
//! (Florida Tech, CS-2005-16), with contexts for short named records. Every number here belongs to the
//! format: changing one needs a new version character.

/// What sort of byte stands at a place; each sort has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A letter of the name that begins a record. A zero byte ends it; a two stands for a name that is not written.
    Name,
    /// A letter of any other text.
    Text,
    /// A choice that begins a record without a name.
    Start,
    /// One of a small set: a type, a default, flags.
    Choice,
    /// A count, a reference or a coordinate.
    Number,
}

/// Where in its record a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which field of which record, below 256.
    pub field: u8,
    /// What sort of value that field has.
    pub kind: Kind,
}

const CONTEXTS: usize = 10;
/// log₂ of the slots of one context.
const SLOT_BITS: u32 = 17;
/// Two for each context, two for the match, and a constant.
const INPUTS: usize = 2 * CONTEXTS + 3;
/// A slot holds a probability of 22 bits above a count of 10.
const FRESH_SLOT: u32 = 1 << 31;
/// How many bits a slot remembers: the two lowest contexts see many, so they may settle.
const LIMITS: [u32; 2] = [24, 10];
/// Learning rate of the mixers, in 1/32768.
const RATE: i32 = 6;
const FIRST_WEIGHT: i32 = 1 << 12;
/// A match is looked for once this many bytes agree.
const SHORTEST_MATCH: usize = 4;
const LONGEST_MATCH: usize = 31;
const MATCH_BITS: u32 = 16;
/// Steps between the points of the curve in [`squash`] and of the correction.
const CURVE_POINTS: usize = 33;

/// What has been seen, and from it the probability of the next bit.
pub struct Model {
    curves: Curves,
    slots: Vec<u32>,
    /// The slot of each context for the bit at hand.
    chosen: [usize; CONTEXTS],
    /// The hash of each context for the byte at hand.
    hashes: [u32; CONTEXTS],
    inputs: [i32; INPUTS],
    mixers: [Mixer; 2],
    correction: Vec<u16>,
    corrected: usize,
    probability: i32,
    /// The bits of the byte so far, behind a leading one.
    partial: u32,
    place: Place,
    history: History,
    matched: Match,
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// A model that has seen nothing.
    pub fn new() -> Model {
        let row = (0..CURVE_POINTS as i32).map(|it| (squash((it - 16) * 128) * 16) as u16);
        Model {
            curves: Curves::new(),
            slots: vec![FRESH_SLOT; CONTEXTS << SLOT_BITS],
            chosen: [0; CONTEXTS],
            hashes: [0; CONTEXTS],
            inputs: [0; INPUTS],
            mixers: [Mixer::new(4 * 256), Mixer::new(256)],
            correction: row.cycle().take(5 * 256 * CURVE_POINTS).collect(),
            corrected: 0,
            probability: 1 << 15,
            partial: 1,
            place: Place { field: 0, kind: Kind::Number },
            history: History::default(),
            matched: Match::new(),
        }
    }

    /// The probability that the next bit is a one, in 1/65536: at least 16, at most 65520.
    pub fn probability(&self) -> u32 {
        self.probability as u32
    }

    /// Before the first bit of a byte: where it stands.
    pub fn begin(&mut self, place: Place) {
        self.place = place;
        self.history.begin(place);
        self.hashes = self.history.contexts(place);
        self.matched.expect(&self.history.bytes);
        self.partial = 1;
        self.predict();
    }

    /// After each bit: what it was.
    pub fn update(&mut self, bit: u32) {
        let target = (bit as i32) << 12;
        for mixer in &mut self.mixers {
            mixer.learn(&self.inputs, target);
        }
        for (context, slot) in self.chosen.iter().enumerate() {
            let slot = &mut self.slots[*slot];
            let count = (*slot & 1023) as usize;
            let probability = i64::from(*slot >> 10);
            let goal = if bit == 1 { (1 << 22) - 1 } else { 0 };
            let step = ((goal - probability) * self.curves.reciprocal[count]) >> 16;
            let limit = LIMITS[usize::from(context >= 2)];
            *slot = ((probability + step) as u32) << 10 | (count as u32 + 1).min(limit);
        }
        let corrected = &mut self.correction[self.corrected];
        if bit == 1 {
            *corrected += (u16::MAX - *corrected) >> 5;
        } else {
            *corrected -= *corrected >> 5;
        }
        self.matched.learn(self.partial, bit);
        self.partial = self.partial << 1 | bit;
        if self.partial < 256 {
            self.predict();
        }
    }

    /// After the last bit of a byte: which it was.
    pub fn end(&mut self, byte: u8) {
        self.history.end(self.place, byte);
        self.matched.follow(&self.history.bytes);
    }

    fn predict(&mut self) {
        for context in 0..CONTEXTS {
            let hash = self.hashes[context].wrapping_add(self.partial.wrapping_mul(0x2F0B_4C47));
            let hash = hash.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS);
            let slot = (context << SLOT_BITS) + hash as usize;
            self.chosen[context] = slot;
            let probability = (self.slots[slot] >> 20) as i32;
            let count = (self.slots[slot] & 1023) as i32;
            let certainty = match count {
                0 => 0,
                1..4 => count,
                4..32 => 4 + count / 8,
                _ => 8,
            };
            self.inputs[2 * context] = if count == 0 { 0 } else { self.curves.stretch(probability) };
            self.inputs[2 * context + 1] = (probability - 2048) * certainty / 4;
        }
        let (stretched, length) = self.matched.says(self.partial, &self.curves);
        self.inputs[2 * CONTEXTS] = stretched;
        self.inputs[2 * CONTEXTS + 1] = length * 32;
        self.inputs[2 * CONTEXTS + 2] = 256;

        let situation = usize::from(self.place.field) * 4 + self.matched.strength();
        let first = self.mixers[0].mix(&self.inputs, situation);
        let second = self.mixers[1].mix(&self.inputs, self.partial as usize);
        let mixed = i32::midpoint(first, second);

        let row = (self.partial as usize | (self.place.kind as usize) << 8) * CURVE_POINTS;
        let position = (mixed + 2048) * 32;
        let (low, weight) = ((position >> 12) as usize, position & 4095);
        let (left, right) = (self.correction[row + low], self.correction[row + low + 1]);
        self.corrected = row + low + usize::from(weight > 2048);
        let corrected = (i32::from(left) * (4096 - weight) + i32::from(right) * weight) >> 12;
        self.probability = i32::midpoint(squash(mixed) * 16, corrected).clamp(16, 65_520);
    }
}

/// A weighted sum of the inputs, in the logistic domain, with weights for each of several situations.
struct Mixer {
    weights: Vec<i32>,
    chosen: usize,
    probability: i32,
}

impl Mixer {
    fn new(situations: usize) -> Mixer {
        Mixer { weights: vec![FIRST_WEIGHT; situations * INPUTS], chosen: 0, probability: 2048 }
    }

    fn mix(&mut self, inputs: &[i32; INPUTS], situation: usize) -> i32 {
        self.chosen = situation * INPUTS;
        let weights = &self.weights[self.chosen..self.chosen + INPUTS];
        let sum: i64 =
            inputs.iter().zip(weights).map(|(it, weight)| i64::from(*it) * i64::from(*weight)).sum();
        let mixed = (sum >> 16).clamp(-2047, 2047) as i32;
        self.probability = squash(mixed);
        mixed
    }

    fn learn(&mut self, inputs: &[i32; INPUTS], target: i32) {
        let error = (target - self.probability) * RATE;
        let weights = &mut self.weights[self.chosen..self.chosen + INPUTS];
        for (weight, input) in weights.iter_mut().zip(inputs) {
            // The bound is far outside what learning reaches; it keeps any input from overflowing.
            *weight = (*weight + ((input * error + 0x4000) >> 15)).clamp(-(1 << 24), 1 << 24);
        }
    }
}

/// All bytes so far, and what of them the contexts look at.
#[derive(Default)]
struct History {
    bytes: Vec<u8>,
    word: u32,
    word_before: u32,
    name: u32,
    name_before: u32,
    /// The name and everything after it in its record.
    record: u32,
    /// The text or number at hand so far.
    value: u32,
    within_name: bool,
    last_field: u8,
}

impl History {
    fn begin(&mut self, place: Place) {
        if place.kind == Kind::Name && !self.within_name {
            self.name_before = self.name;
            self.name = 0;
            self.record = 0;
            self.word = 0;
            self.within_name = true;
        }
        if place.kind == Kind::Start {
            self.name = u32::from(place.field);
            self.record = 0;
        }
        if place.field != self.last_field {
            self.last_field = place.field;
            self.value = 0;
        }
    }

    fn end(&mut self, place: Place, byte: u8) {
        self.bytes.push(byte);
        self.record = fold(self.record, byte);
        self.value = fold(self.value, byte);
        if place.kind == Kind::Name {
            self.name = fold(self.name, byte);
            self.within_name = byte != 0 && byte != 2;
        }
        if byte.is_ascii_alphanumeric() || byte >= 128 {
            self.word = fold(self.word, byte);
        } else if self.word != 0 {
            self.word_before = self.word;
            self.word = 0;
        }
    }

    fn contexts(&self, place: Place) -> [u32; CONTEXTS] {
        let back = |it: usize| self.bytes.len().checked_sub(it).map_or(0, |at| u32::from(self.bytes[at]));
        let field = u32::from(place.field) + 1;
        let order1 = back(1);
        let order2 = order1 | back(2) << 8;
        let order3 = order2 | back(3) << 16;
        let order4 = order3 | back(4) << 24;
        let order6 = hash(order4, back(5) | back(6) << 8);
        let (eighth, ninth) = match place.kind {
            Kind::Text => (hash(self.word_before, self.word), hash(self.value, field)),
            // Without the field: columns are named after tables.
            Kind::Name => (hash(self.record, 0), hash(self.name_before, self.record)),
            Kind::Start | Kind::Choice | Kind::Number => {
                (hash(self.record, field), hash(self.name_before, self.record))
            }
        };
        [
            hash(field, 1),
            hash(order1 | field << 8, 2),
            hash(order2 | field << 16, 3),
            hash(order2 >> 8 | field << 24, 4),
            hash(order4, 5),
            hash(order6, 6),
            hash(self.word.wrapping_add(field), 7),
            hash(eighth, 8),
            hash(ninth.wrapping_add(field), 9),
            hash(hash(self.name, field), 10),
        ]
    }
}

/// The last place where the newest bytes stood before, and what followed there.
struct Match {
    at: usize,
    length: usize,
    expected: Option<u32>,
    /// Where each hash of [`SHORTEST_MATCH`] bytes ended last.
    ends: Vec<u32>,
    /// How often a match of each length was right, in 1/4096.
    right: [u16; LONGEST_MATCH + 1],
}

impl Match {
    fn new() -> Match {
        Match {
            at: 0,
            length: 0,
            expected: None,
            ends: vec![0; 1 << MATCH_BITS],
            right: [2048; LONGEST_MATCH + 1],
        }
    }

    fn expect(&mut self, bytes: &[u8]) {
        self.expected = if self.length > 0 { bytes.get(self.at).map(|it| u32::from(*it)) } else { None };
    }

    /// The bit that the match expects after the bits of `partial`, if those agree with it.
    fn bit(&self, partial: u32) -> Option<u32> {
        let expected = self.expected? | 256;
        let known = partial.ilog2();
        (expected >> (8 - known) == partial).then_some((expected >> (7 - known)) & 1)
    }

    /// How strongly the match expects a one, and its length, negative for a zero.
    fn says(&self, partial: u32, curves: &Curves) -> (i32, i32) {
        let length = self.length.min(LONGEST_MATCH);
        let stretched = curves.stretch(i32::from(self.right[length]));
        match self.bit(partial) {
            Some(1) => (stretched, length as i32),
            Some(_) => (-stretched, -(length as i32)),
            None => (0, 0),
        }
    }

    fn strength(&self) -> usize {
        match self.length {
            0 => 0,
            1..8 => 1,
            8..20 => 2,
            _ => 3,
        }
    }

    fn learn(&mut self, partial: u32, bit: u32) {
        let Some(expected) = self.bit(partial) else { return };
        let right = &mut self.right[self.length.min(LONGEST_MATCH)];
        if expected == bit {
            *right += (4095 - *right) >> 5;
        } else {
            *right -= *right >> 5;
            self.length = 0;
            self.expected = None;
        }
    }

    /// Goes on with the match at hand, or looks for a new one.
    fn follow(&mut self, bytes: &[u8]) {
        if self.length > 0 {
            self.at += 1;
            self.length += 1;
        }
        let Some(recent) = bytes.last_chunk::<SHORTEST_MATCH>() else { return };
        let key = recent.iter().fold(0, |it, byte| fold(it, *byte)) >> (32 - MATCH_BITS);
        let end = &mut self.ends[key as usize];
        if self.length == 0 {
            let before = &bytes[..*end as usize];
            let pairs = before.iter().rev().zip(bytes.iter().rev());
            let length = pairs.take(LONGEST_MATCH).take_while(|(old, new)| old == new).count();
            if length >= SHORTEST_MATCH {
                self.length = length;
                self.at = *end as usize;
            }
        }
        *end = bytes.len() as u32;
    }
}

/// The logistic curve's inverse and the reciprocals, as tables.
struct Curves {
    stretch: Vec<i16>,
    /// 65536 / (count + 1.05): the weight of one more bit after `count`. Records say the same thing again so often
    /// that the first bit seen is nearly believed.
    reciprocal: [i64; 64],
}

impl Curves {
    fn new() -> Curves {
        let mut stretch = vec![2047; 4096];
        let mut next = 0;
        for it in -2047..=2047 {
            let reached = squash(it) as usize;
            if reached >= next {
                stretch[next..=reached].fill(it as i16);
                next = reached + 1;
            }
        }
        Curves { stretch, reciprocal: std::array::from_fn(|it| 65_536 * 20 / (20 * it as i64 + 21)) }
    }

    fn stretch(&self, probability: i32) -> i32 {
        i32::from(self.stretch[probability as usize])
    }
}

/// 4096 / (1 + e^(−it/256)), by straight lines between 33 points, so that it is the same everywhere.
fn squash(it: i32) -> i32 {
    const POINTS: [i32; CURVE_POINTS] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607,
        3785, 3901, 3975, 4024, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let it = it.clamp(-2047, 2047) + 2048;
    let (point, weight) = ((it >> 7) as usize, it & 127);
    (POINTS[point] * (128 - weight) + POINTS[point + 1] * weight + 64) >> 7
}

fn hash(it: u32, other: u32) -> u32 {
    it.wrapping_add(other.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B) ^ (it >> 13)
}

fn fold(it: u32, byte: u8) -> u32 {
    it.wrapping_add(u32::from(byte) + 1).wrapping_mul(0x2F0B_4C47)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretch_undoes_squash() {
        let curves = Curves::new();
        for it in (-1500..1500).step_by(50) {
            let back = curves.stretch(squash(it));
            assert!((back - it).abs() < 80, "{it} came back as {back}");
        }
    }

    #[test]
    fn probability_follows_what_is_seen() {
        let mut model = Model::new();
        for _ in 0..200 {
            model.begin(Place { field: 1, kind: Kind::Choice });
            for bit in [0, 0, 0, 0, 0, 0, 0, 1] {
                model.update(bit);
            }
            model.end(1);
        }
        model.begin(Place { field: 1, kind: Kind::Choice });
        assert!(model.probability() < 1_000, "{}", model.probability());
    }
}
