//! How the payments that the sandbox lists differ from those that were sent.

use serde_json::{Number, Value};

use crate::store::Fields;

/// What a server makes of the payments that are created: a client that looks one up has to recognise it all the same.
///
/// Nothing is changed by default. Payments of the first records stay as they are.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), revio_sandbox::StartError> {
/// use revio_sandbox::{PaymentSettings, ReferenceForm, Sandbox};
///
/// // "acme-2026-0731" is kept as "ACME-2026", with the sign turned in lists.
/// let settings = PaymentSettings::default()
///     .reference(ReferenceForm::First(9))
///     .reference(ReferenceForm::UpperCase)
///     .negative_amounts();
/// let sandbox = Sandbox::builder().payments(settings).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct PaymentSettings {
    references: Vec<ReferenceForm>,
    negative_amounts: bool,
}

/// What becomes of the reference number that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceForm {
    /// The gateway's own number takes its place, as the vendor documents for payments that are processed digitally.
    /// Here that is every payment that is created.
    Gateway,
    /// Only its first characters are kept, this many.
    First(usize),
    /// Its letters become capitals.
    UpperCase,
    /// Zeros at its beginning are dropped, as in a column of numbers.
    WithoutLeadingZeros,
}

impl PaymentSettings {
    /// Changes the reference numbers of payments that are created. Several forms are applied one after the other.
    pub fn reference(mut self, form: ReferenceForm) -> Self {
        self.references.push(form);
        self
    }

    /// Lists show amounts with the other sign, as a ledger of what a customer owes would.
    pub fn negative_amounts(mut self) -> Self {
        self.negative_amounts = true;
        self
    }

    /// Makes of a new payment what is kept of it.
    pub(crate) fn apply_to_stored(&self, fields: &mut Fields) {
        let id = fields.get("payment_id").and_then(Value::as_i64);
        let Some(reference) = fields.get_mut("reference_number") else {
            return;
        };
        for form in &self.references {
            if let Some(text) = form.of(reference.as_str(), id.unwrap_or_default()) {
                *reference = text.into();
            }
        }
    }

    /// Makes of a kept payment what a list shows of it.
    pub(crate) fn apply_to_listed(&self, payment: &mut Value) {
        if let (true, Some(Value::Number(amount))) =
            (self.negative_amounts, payment.get_mut("amount"))
        {
            *amount = negated(amount);
        }
    }
}

impl ReferenceForm {
    /// The reference number of the payment with this id, if it is another than the one sent.
    fn of(self, sent: Option<&str>, id: i64) -> Option<String> {
        match self {
            Self::Gateway => Some(format!("gw{id:010}")),
            Self::First(characters) => sent.map(|sent| sent.chars().take(characters).collect()),
            Self::UpperCase => sent.map(str::to_uppercase),
            Self::WithoutLeadingZeros => sent.map(|sent| sent.trim_start_matches('0').to_owned()),
        }
    }
}

/// The same digits with the other sign.
fn negated(number: &Number) -> Number {
    let text = number.to_string();
    let other = match text.strip_prefix('-') {
        Some(digits) => digits.to_owned(),
        None => format!("-{text}"),
    };
    other.parse().unwrap_or_else(|_| number.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(settings: &PaymentSettings, reference: Value) -> Value {
        let mut fields = Fields::new();
        fields.insert("payment_id".to_owned(), 7.into());
        fields.insert("reference_number".to_owned(), reference);
        settings.apply_to_stored(&mut fields);
        fields.remove("reference_number").expect("still there")
    }

    #[test]
    fn references_take_their_forms_in_order() {
        let none = PaymentSettings::default();
        assert_eq!(kept(&none, json!("00ab-é-1")), "00ab-é-1");
        let all = none
            .reference(ReferenceForm::First(6))
            .reference(ReferenceForm::UpperCase)
            .reference(ReferenceForm::WithoutLeadingZeros);
        assert_eq!(kept(&all, json!("00ab-é-1")), "AB-É");
        assert_eq!(kept(&all, Value::Null), Value::Null);
        let gateway = all.reference(ReferenceForm::Gateway);
        for sent in [json!("00ab-1"), Value::Null] {
            assert_eq!(kept(&gateway, sent), "gw0000000007");
        }
    }

    #[test]
    fn only_the_sign_turns() {
        let settings = PaymentSettings::default().negative_amounts();
        for (kept, shown) in [
            ("120.50", "-120.50"),
            ("-0.005", "0.005"),
            (
                "123456789012345678901234567890.10",
                "-123456789012345678901234567890.10",
            ),
        ] {
            let text = format!(r#"{{"amount":{kept}}}"#);
            let mut payment: Value = serde_json::from_str(&text).expect("JSON");
            settings.apply_to_listed(&mut payment);
            assert_eq!(payment["amount"].to_string(), shown);
        }
        let mut without = json!({"amount": null});
        settings.apply_to_listed(&mut without);
        assert_eq!(without, json!({"amount": null}));
    }
}
