//! What the search says is compared with a validator that tries every short text.

use jsonschema::{Validator, draft202012};
use serde_json::{Value, json};

use super::{Inclusion, Texts, within};

/// A small generator of numbers: the whole case follows from one seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn one<'o>(&mut self, of: &[&'o str]) -> &'o str {
        of[self.roll(of.len())]
    }
}

/// What texts are made of, as long as [`LONG`].
const CHARACTERS: [char; 5] = ['a', 'b', '1', ' ', 'é'];
const LONG: usize = 4;

fn pattern(dice: &mut Dice, depth: usize) -> String {
    let atoms = [
        "a", "b", "1", "é", ".", "[ab]", "[^a]", r"\d", r"\w", r"\s", r"\S", r"\D", "[0-9a]",
        r"[\w ]", "", r"\u0061", r"[\d\-b]",
    ];
    if depth == 0 {
        return dice.one(&atoms).to_owned();
    }
    let inner = pattern(dice, depth - 1);
    match dice.roll(9) {
        0 => format!("{inner}|{}", pattern(dice, depth - 1)),
        1 => format!(
            "({inner}){}",
            dice.one(&["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])
        ),
        2 => format!("^{inner}"),
        3 => format!("{inner}$"),
        4 | 5 => format!("^(?:{inner})$"),
        6 => format!("(?<n>{inner})"),
        _ => format!("{inner}{}", pattern(dice, depth - 1)),
    }
}

/// Random restrictions, and the schema that says the same.
fn texts(dice: &mut Dice, patterns: &[String]) -> (u32, Option<u32>, Value) {
    let mut parts: Vec<Value> = patterns.iter().map(|it| json!({ "pattern": it })).collect();
    let number = |dice: &mut Dice| u32::try_from(dice.roll(4)).expect("small");
    let least = if dice.roll(3) == 0 { number(dice) } else { 0 };
    let most = (dice.roll(3) == 0).then(|| number(dice));
    parts.push(json!({ "minLength": least }));
    if let Some(most) = most {
        parts.push(json!({ "maxLength": most }));
    }
    (least, most, json!({ "allOf": parts }))
}

fn all_texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut first = 0;
    for _ in 0..LONG {
        let last = all.len();
        for index in first..last {
            for character in CHARACTERS {
                all.push(format!("{}{character}", all[index]));
            }
        }
        first = last;
    }
    all
}

fn case(seed: u64, all: &[String]) -> Inclusion {
    let mut dice = Dice(seed);
    let patterns: Vec<String> = (0..3).map(|_| pattern(&mut dice, 3)).collect();
    let (small_patterns, large_patterns) = match dice.roll(4) {
        0 => (&patterns[..2], &patterns[2..]),
        1 => (&patterns[..1], &patterns[..2]),
        _ => (&patterns[..1], &patterns[1..2]),
    };
    let (least, most, small_schema) = texts(&mut dice, small_patterns);
    let small = Texts {
        listed: None,
        patterns: small_patterns.iter().map(String::as_str).collect(),
        least,
        most,
    };
    let (least, most, large_schema) = texts(&mut dice, large_patterns);
    let large = Texts {
        listed: None,
        patterns: large_patterns.iter().map(String::as_str).collect(),
        least,
        most,
    };
    let check = |schema: &Value| draft202012::new(schema);
    let (Ok(yes), Ok(no)) = (check(&small_schema), check(&large_schema)) else {
        return Inclusion::Unknown;
    };
    let tells = |yes: &Validator, no: &Validator, text: &str| {
        let value = json!(text);
        yes.is_valid(&value) && !no.is_valid(&value)
    };
    let shown = all.iter().find(|text| tells(&yes, &no, text));
    let answer = within(&small, &large, &mut 1_000_000);
    match (&answer, shown) {
        (Inclusion::Not(text), shown) => {
            assert!(tells(&yes, &no, text), "{small:?} in {large:?}: {text:?}");
            let length = text.chars().count();
            let shortest = shown.map_or(length, |shown| shown.chars().count());
            assert!(
                length <= shortest,
                "{small:?} in {large:?}: {text:?} {shown:?}"
            );
        }
        (Inclusion::All, shown) => {
            assert_eq!(shown, None, "{small:?} in {large:?}");
        }
        (Inclusion::Unknown, _) => {
            panic!("{small:?} in {large:?} isn't decided");
        }
    }
    answer
}

#[test]
fn what_it_says_is_what_a_validator_says_of_every_short_text() {
    let all = all_texts();
    let (mut within, mut not) = (0, 0);
    for seed in 0..1_200 {
        match case(seed * 7_919, &all) {
            Inclusion::All => within += 1,
            Inclusion::Not(_) => not += 1,
            Inclusion::Unknown => {}
        }
    }
    assert!(within > 100 && not > 300, "{within} {not}");
}
