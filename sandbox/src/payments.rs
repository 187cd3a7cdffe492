//! How stored and listed payments differ from those that were sent.

use serde_json::{Number, Value};

use crate::store::Fields;

/// How the server changes payments that are created. A client that looks up a payment has to
/// recognise it all the same.
///
/// By default nothing is changed. Payments of the seed data are never changed.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), revio_sandbox::StartError> {
/// use revio_sandbox::{PaymentSettings, ReferenceForm, Sandbox};
///
/// // "acme-2026-0731" is stored as "ACME-2026", and lists show the amount with the opposite sign.
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

/// How the reference number is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceForm {
    /// Replaced by a number of the gateway, as the vendor documents for payments that are processed
    /// digitally. Here that is every created payment.
    Gateway,
    /// Truncated to this many characters.
    First(usize),
    /// Converted to upper case.
    UpperCase,
    /// Without leading zeros, as in a column of numbers.
    WithoutLeadingZeros,
}

impl PaymentSettings {
    /// Changes the reference numbers of created payments. Several forms are applied in order.
    pub fn reference(mut self, form: ReferenceForm) -> Self {
        self.references.push(form);
        self
    }

    /// Lists show amounts with the opposite sign, as a ledger of the customer would.
    pub fn negative_amounts(mut self) -> Self {
        self.negative_amounts = true;
        self
    }

    /// Applies the settings to a new payment before it is stored.
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

    /// Applies the settings to a stored payment in a list.
    pub(crate) fn apply_to_listed(&self, payment: &mut Value) {
        if let (true, Some(Value::Number(amount))) =
            (self.negative_amounts, payment.get_mut("amount"))
        {
            *amount = negated(amount);
        }
    }
}

impl ReferenceForm {
    /// The changed reference number of the payment with this id, if it changes.
    fn of(self, sent: Option<&str>, id: i64) -> Option<String> {
        match self {
            Self::Gateway => Some(format!("gw{id:010}")),
            Self::First(characters) => sent.map(|sent| sent.chars().take(characters).collect()),
            Self::UpperCase => sent.map(str::to_uppercase),
            Self::WithoutLeadingZeros => sent.map(|sent| sent.trim_start_matches('0').to_owned()),
        }
    }
}

/// The same digits with the opposite sign.
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
    fn reference_forms_are_applied_in_order() {
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
    fn only_the_sign_changes() {
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
