//! Strings, by the name of their field.

use super::Seeder;
use super::people::{Person, phone};
use super::random::Random;
use super::value::Location;
use super::words;
use crate::schema::Property;

impl Seeder {
    pub(super) fn text(&self, location: &Location<'_>, property: &Property) -> String {
        let mut random = location.random("");
        if !property.values.is_empty() {
            let mut values: Vec<&str> = property.values.iter().map(String::as_str).collect();
            // Where only one unusual status is known, most records are ACTIVE.
            if !property.closed && property.name == "status" && values.len() == 1 {
                values.extend(["ACTIVE"; 5]);
            }
            return random.pick(&values).to_owned();
        }
        // The vendor writes some strings as empty instead of null.
        let filled = property.label || property.name == "label" || property.name.contains("date");
        let optional = property.nullable && !filled && !location.is_body();
        if optional && random.once_in(12) {
            return String::new();
        }
        let text = named(location, property, &mut random, self.seed)
            .unwrap_or_else(|| labelled(location, property, &mut random));
        match property.max_length {
            Some(length) => text.chars().take(length).collect(),
            None => text,
        }
    }
}

/// The string of a field whose name is known.
fn named(
    location: &Location<'_>,
    property: &Property,
    random: &mut Random,
    seed: u64,
) -> Option<String> {
    let name = property.name.as_str();
    let person = || Person::of(seed, location.record, location.index);
    let n = location.index + 1;
    let text = match name {
        "first_name" | "name_first" => person().first.to_owned(),
        "last_name" | "name_last" => person().last.to_owned(),
        "middle_initial" => random.pick(&["A", "J", "M", ""]).to_owned(),
        "contact_name" | "account_name" => person().name(),
        "name" if matches!(location.record, "Contact" | "Agent") => person().name(),
        "company" | "company_name" => person().company,
        "login_name" => person().login(),
        "line_1" => format!("{} {}", 1 + random.below(998), random.pick(words::STREET)),
        "line_2" => random.pick(&["", "Suite 4", "Floor 2"]).to_owned(),
        "city" => person().city().0.to_owned(),
        "state_or_province" => person().city().1.to_owned(),
        "postal_code" => person().city().2.to_owned(),
        "postal_code_extension" | "last_4" | "security_pin" => {
            format!("{:04}", random.below(10_000))
        }
        "title" if property.label => random.pick(words::TASK).to_owned(),
        "title" => random.pick(&["Mr", "Ms", "Dr"]).to_owned(),
        "position" => random
            .pick(&["Owner", "Office Manager", "IT Lead"])
            .to_owned(),
        "language" => "en-US".to_owned(),
        "number" | "number2" | "hunt_group" => format!("512555{n:04}"),
        "identifier" => format!("8901{n:08}"),
        "account_number" => format!("SBX-{n:06}"),
        "provider_account_number" | "pon" | "reference_number" => format!("REF{n:06}"),
        "NPA" => "512".to_owned(),
        "NXX" => "555".to_owned(),
        "routing_number" => "000000000".to_owned(),
        "token" | "registration_code" | "authorization_code" => {
            format!("sandbox{:08x}", random.below(1 << 32))
        }
        "tax_id" | "tax_identification_number" => "00-0000000".to_owned(),
        "url" => format!("https://hooks.example.com/{n}"),
        "subject" => random.pick(words::TASK).to_owned(),
        "external_id" => format!("SANDBOX{n:08}"),
        "event_type" => "INVENTORY_UNASSIGNED".to_owned(),
        "status" => "ACTIVE".to_owned(),
        "path" => "/description".to_owned(),
        "label" => words::FIELD
            [usize::try_from(location.position).unwrap_or(0) % words::FIELD.len()]
        .to_owned(),
        // A date with the type of a plain string in the schema.
        "created_date" => format!(
            "2024-{:02}-{:02}T09:00:00",
            1 + random.below(12),
            1 + random.below(28)
        ),
        _ if name.contains("email") => person().email(),
        _ if name.contains("phone") || name == "mobile" || name == "fax" => phone(random),
        // Ticket texts are known to contain HTML.
        "description" | "resolution" if location.record == "Ticket" => {
            random.pick(words::HTML).to_owned()
        }
        _ if name.contains("html") => random.pick(words::HTML).to_owned(),
        _ if name.contains("code") => format!(
            "{}-{:03}",
            property.name.to_uppercase(),
            random.below(1_000)
        ),
        _ if name.contains("note")
            || name.contains("comment")
            || matches!(name, "body" | "message") =>
        {
            random.pick(words::NOTE).to_owned()
        }
        _ => return None,
    };
    Some(text)
}

/// Names, descriptions, and all other strings.
fn labelled(location: &Location<'_>, property: &Property, random: &mut Random) -> String {
    let thing = title(location.record);
    match property.name.as_str() {
        "description" | "long_description" | "wholesale_description" | "description_on_bill"
            if location.record.contains("Product") || location.record.contains("Charge") =>
        {
            random.pick(words::PLAN).to_owned()
        }
        "name" | "description" => format!("{thing} {}", location.index + 1),
        name => format!("{} {}", title(name), 1 + random.below(20)),
    }
}

/// `BillProfile` or `bill_profile` as words.
fn title(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if letter == '_' {
            out.push(' ');
        } else {
            if letter.is_uppercase() && index > 0 && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn names_are_split_into_words() {
        assert_eq!(title("BillProfile"), "Bill Profile");
        assert_eq!(title("usage_file_format"), "usage file format");
    }
}
