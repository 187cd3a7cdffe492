//! People and companies: all names in one record belong to one person.

use super::random::Random;
use super::words;

/// A made-up person at a made-up company.
pub(super) struct Person {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) company: String,
    /// Index into the list of cities.
    city: usize,
}

impl Person {
    /// The person of a record.
    pub(super) fn of(seed: u64, record: &str, index: u64) -> Self {
        let mut random = Random::at(seed, record, index, "person");
        Self {
            first: random.pick(words::FIRST),
            last: random.pick(words::LAST),
            company: format!(
                "{} {}",
                random.pick(words::COMPANY),
                random.pick(words::TRADE)
            ),
            city: usize::try_from(random.below(words::CITIES.len() as u64)).unwrap_or(0),
        }
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(super) fn login(&self) -> String {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphabetic)
                .map(|letter| letter.to_ascii_lowercase())
                .collect()
        };
        format!("{}.{}", letters(self.first), letters(self.last))
    }

    pub(super) fn email(&self) -> String {
        format!("{}@example.com", self.login())
    }

    /// City, state and postal code.
    pub(super) fn city(&self) -> (&'static str, &'static str, &'static str) {
        words::CITIES
            .get(self.city)
            .copied()
            .unwrap_or(("", "", ""))
    }
}

/// A number in the range that is reserved for fiction.
pub(super) fn phone(random: &mut Random) -> String {
    let area = random.pick(&["202", "312", "415", "512", "646", "713"]);
    format!("{area}-555-01{:02}", random.below(100))
}
