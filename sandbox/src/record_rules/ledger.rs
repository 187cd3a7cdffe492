//! The balance of a customer: a charge adds its amount, a credit subtracts its absolute amount, a
//! payment subtracts its amount. A payment that bounced or was refunded counts as 0, so a reversal
//! adds its amount again.
//!
//! The fields are known (`balance`, `amount_due`, `amount_overdue` in a customer's `finance`), their
//! rules are made up: the balance changes at once, billed or not; the amount due is the balance, or 0
//! when it is negative; payments reduce the overdue amount first. Sums are exact. A charge, credit,
//! payment or bill of a customer that doesn't exist is refused.

use std::collections::BTreeMap;
use std::str::FromStr;

use bigdecimal::{BigDecimal, RoundingMode, Zero};
use serde_json::{Number, Value};

use crate::failure::Failure;
use crate::schema::Record;
use crate::store::{Fields, blank};
use crate::world::World;

const CUSTOMER: &str = "Customer";

/// Amounts with more digits than this, before or after the point, are refused: their sums would
/// need as much memory as they have digits.
const MAX_DIGITS: i64 = 100;

/// Checks a new record, and fills in missing amounts of a charge or credit: the product amount is
/// rate times quantity, rounded to cents; the amount is that plus tax.
pub(super) fn check(world: &World, record: &Record, fields: &mut Fields) -> Result<(), Failure> {
    let is_line = matches!(record.name.as_str(), "Charge" | "Credit");
    if !is_line && !matches!(record.name.as_str(), "Payment" | "Bill") {
        return Ok(());
    }
    if let Some(customer) = customer(fields)
        && !world.store.contains(CUSTOMER, customer)
    {
        return Err(Failure::field("/customer_id", "names no Customer"));
    }
    if is_line && fields.get("amount") == Some(&Value::Null) {
        let field = |name| Ok(amount(fields, name)?.unwrap_or_default());
        let product = if let Some(product) = amount(fields, "product_amount")? {
            product
        } else {
            let product: BigDecimal = field("rate")? * field("quantity")?;
            signed(record, product.with_scale_round(2, RoundingMode::HalfUp))
        };
        let tax = signed(record, field("tax_amount")?);
        fields.insert("amount".to_owned(), number(&(&product + tax)));
        fields.insert("product_amount".to_owned(), number(&product));
        // The product may have too many digits.
        amount(fields, "amount")?;
    }
    Ok(())
}

/// Credits are negative.
fn signed(record: &Record, amount: BigDecimal) -> BigDecimal {
    if record.name == "Credit" {
        -amount.abs()
    } else {
        amount
    }
}

/// Updates the balances of the customers whose record changed.
pub(super) fn post(
    world: &mut World,
    record: &Record,
    before: Option<&Fields>,
    after: Option<&Fields>,
) -> Result<(), Failure> {
    let mut changes: BTreeMap<i64, BigDecimal> = BTreeMap::new();
    for (fields, sign) in [(before, -1), (after, 1)] {
        let Some(fields) = fields else { continue };
        if let Some(customer) = customer(fields) {
            let change = effect(&record.name, fields)? * BigDecimal::from(sign);
            *changes.entry(customer).or_default() += change;
        }
    }
    changes.retain(|_, change| !change.is_zero());
    changes
        .into_iter()
        .try_for_each(|(customer, change)| add(world, customer, &change))
}

/// The amount that a record adds to the balance of its customer.
pub(super) fn effect(record: &str, fields: &Fields) -> Result<BigDecimal, Failure> {
    let amount = || Ok(amount(fields, "amount")?.unwrap_or_default());
    let is_set = |name: &str| fields.get(name) == Some(&Value::Bool(true));
    match record {
        "Charge" => amount(),
        "Credit" => Ok(-amount()?.abs()),
        "Payment" if !is_set("refund_flag") && !is_set("bounced") => Ok(-amount()?),
        _ => Ok(BigDecimal::zero()),
    }
}

fn add(world: &mut World, customer: i64, change: &BigDecimal) -> Result<(), Failure> {
    let api = world.api.clone();
    let Some(record) = api.record(CUSTOMER) else {
        return Ok(());
    };
    let Some(mut fields) = world.store.get(record, customer) else {
        // The customer was removed.
        return Ok(());
    };
    if !matches!(fields.get("finance"), Some(Value::Object(_))) {
        fields.insert(
            "finance".to_owned(),
            blank(record).remove("finance").unwrap_or_default(),
        );
    }
    let Some(Value::Object(finance)) = fields.get_mut("finance") else {
        return Ok(());
    };
    let balance = amount(finance, "balance")?.unwrap_or_default() + change;
    if !is_bounded(&balance) {
        return Err(Failure::bad(format!(
            "the balance of customer {customer} would have more than {MAX_DIGITS} digits"
        )));
    }
    let due = balance.clone().max(BigDecimal::zero());
    let overdue = amount(finance, "amount_overdue")?.unwrap_or_default();
    for (name, amount) in [
        ("amount_overdue", overdue.min(due.clone())),
        ("amount_due", due),
        ("balance", balance),
    ] {
        if let Some(field) = finance.get_mut(name) {
            *field = number(&amount);
        }
    }
    world.store.put(CUSTOMER, customer, fields);
    Ok(())
}

/// The customer of a record. The vendor writes 0 for none.
pub(super) fn customer(fields: &Fields) -> Option<i64> {
    let id = fields.get("customer_id")?.as_i64()?;
    (id != 0).then_some(id)
}

/// The amount in a field, none where it is null.
pub(super) fn amount(fields: &Fields, name: &str) -> Result<Option<BigDecimal>, Failure> {
    let Some(Value::Number(number)) = fields.get(name) else {
        return Ok(None);
    };
    let amount = BigDecimal::from_str(&number.to_string()).ok();
    amount.filter(is_bounded).map(Some).ok_or_else(|| {
        let reason = format!("has more than {MAX_DIGITS} digits; that is too many for an amount");
        Failure::field(&format!("/{name}"), &reason)
    })
}

fn is_bounded(amount: &BigDecimal) -> bool {
    let digits = i64::try_from(amount.digits()).unwrap_or(i64::MAX);
    digits <= MAX_DIGITS && amount.fractional_digit_count().abs() <= MAX_DIGITS
}

/// A JSON number with the digits of an amount.
pub(super) fn number(amount: &BigDecimal) -> Value {
    let text = amount.to_plain_string();
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}
