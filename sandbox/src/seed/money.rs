//! Consistent amounts.
//!
//! Charges and credits are lines: the product amount is rate times quantity, prorated or not; the
//! amount is that plus tax, negative for credits. A bill is the sum of its lines, its payment is all
//! or half of it, and the balance of a customer is the sum of the lines minus the payments that
//! weren't refunded and didn't bounce. It is inferred from the names which amounts belong together.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::random::Random;
use super::value::{Location, number};
use super::{Seeder, Size};

/// Tables whose amounts depend on each other.
const TABLES: [&str; 5] = ["Customer", "Bill", "Charge", "Credit", "Payment"];

/// A charge or credit.
struct Line {
    rate: Decimal,
    quantity: Decimal,
    /// Less than 1 where the line is prorated.
    proration: Decimal,
    product: Decimal,
    tax: Decimal,
}

impl Line {
    fn new(rate: Decimal, quantity: Decimal, proration: Decimal, tax_rate: Decimal) -> Self {
        let product = cents(rate * quantity * proration);
        Self {
            rate,
            quantity,
            proration,
            product,
            tax: cents(product * tax_rate),
        }
    }

    /// The same line as a credit.
    fn credited(self) -> Self {
        Self {
            product: -self.product,
            tax: -self.tax,
            ..self
        }
    }

    fn amount(&self) -> Decimal {
        self.product + self.tax
    }
}

/// The sums of a bill.
struct Total {
    charges: Decimal,
    credits: Decimal,
}

/// Whether all tables exist and belong to customers.
pub(super) fn adds_up(sizes: &BTreeMap<String, Size>) -> bool {
    TABLES.iter().all(|table| {
        let size = sizes.get(*table);
        size.is_some_and(|size| size.owned && size.count > 0)
    })
}

impl Seeder {
    /// A field whose value depends on other amounts.
    pub(super) fn money(&self, location: &Location<'_>) -> Option<Value> {
        let together = TABLES.contains(&location.record) && !location.is_body() && self.adds_up;
        if !together {
            return None;
        }
        let index = location.index;
        let amount = match (location.record, location.parent, location.field) {
            ("Charge", "", _) => return of_line(&self.charge(index), location.field),
            ("Credit" | "Payment", "", "balance") => Decimal::ZERO,
            ("Credit", "", _) => return of_line(&self.credit(index), location.field),
            ("Payment", "", "amount") => self.payment(index),
            ("Bill", "", "invoice_amount") => self.bill(index).charges,
            ("Bill", "", "credit_memo_amount") => self.bill(index).credits,
            ("Bill", "", "amount_due") => self.bill_due(index),
            ("Customer", "finance", "balance") => self.owed(index),
            ("Customer", "finance", "amount_due") => self.owed(index).max(Decimal::ZERO),
            ("Customer", "finance", "amount_overdue") if location.random("late").once_in(4) => {
                self.owed(index).max(Decimal::ZERO)
            }
            ("Customer", "finance", "amount_overdue") => Decimal::ZERO,
            _ => return None,
        };
        Some(value(amount, 2))
    }

    fn charge(&self, index: u64) -> Line {
        let mut random = Random::at(self.seed, "Charge", index, "line");
        let rate = match random.below(4) {
            0 => Decimal::new(whole(random.below(30_000)), 4),
            1 => Decimal::new(whole(random.below(90_000)), 3),
            _ => Decimal::new(whole(random.below(20_000)), 2),
        };
        let quantity = match random.below(6) {
            0 => Decimal::new(15, 1),
            _ => Decimal::from(1 + random.below(10)),
        };
        let proration = match random.below(4) {
            0 => Decimal::new(whole(1 + random.below(9_999)), 4),
            _ => Decimal::ONE,
        };
        Line::new(rate, quantity, proration, tax_rate(&mut random))
    }

    /// One unit of the charge at the same position.
    fn credit(&self, index: u64) -> Line {
        let mut random = Random::at(self.seed, "Credit", index, "line");
        let rate = self.charge(index % self.size("Charge").count).rate;
        Line::new(rate, Decimal::ONE, Decimal::ONE, tax_rate(&mut random)).credited()
    }

    fn bill(&self, index: u64) -> Total {
        let bills = self.size("Bill").count;
        let charges = self.sum(bills, index, "Charge", |at| self.charge(at).amount());
        let credits = self.sum(bills, index, "Credit", |at| self.credit(at).amount());
        Total { charges, credits }
    }

    fn bill_due(&self, index: u64) -> Decimal {
        let total = self.bill(index);
        total.charges + total.credits
    }

    fn payment(&self, index: u64) -> Decimal {
        let due = self.bill_due(index % self.size("Bill").count);
        let mut random = Random::at(self.seed, "Payment", index, "part");
        if due <= Decimal::ZERO {
            Decimal::new(whole(500 + random.below(2_000)), 2)
        } else if random.once_in(3) {
            cents(due / Decimal::TWO)
        } else {
            due
        }
    }

    /// The amount that a payment subtracts from the balance.
    fn paid(&self, index: u64) -> Decimal {
        let is_set = |field: &str| {
            let payment = self.api.record("Payment");
            let property = payment.and_then(|payment| payment.property(field));
            let location = self.location("Payment", index);
            property.is_some_and(|property| self.value(&location, property) == Value::Bool(true))
        };
        if is_set("refund_flag") || is_set("bounced") {
            Decimal::ZERO
        } else {
            self.payment(index)
        }
    }

    fn owed(&self, index: u64) -> Decimal {
        let customers = self.size("Customer").count;
        self.sum(customers, index, "Charge", |at| self.charge(at).amount())
            + self.sum(customers, index, "Credit", |at| self.credit(at).amount())
            - self.sum(customers, index, "Payment", |at| self.paid(at))
    }

    /// The sum over the records of a table that belong to one of `owners`.
    fn sum(
        &self,
        owners: u64,
        index: u64,
        table: &str,
        amount: impl Fn(u64) -> Decimal,
    ) -> Decimal {
        let step = usize::try_from(owners).unwrap_or(usize::MAX);
        let positions = (index..self.size(table).count).step_by(step);
        positions.map(amount).sum()
    }
}

/// A field of a charge or credit, if it is part of the line.
fn of_line(line: &Line, field: &str) -> Option<Value> {
    let is_prorated = line.proration < Decimal::ONE;
    Some(match field {
        "amount" => value(line.amount(), 2),
        "product_amount" => value(line.product, 2),
        "tax_amount" => value(line.tax, 2),
        "rate" => value(line.rate, 0),
        "quantity" => value(line.quantity, 0),
        "is_prorated" => is_prorated.into(),
        "proration" if is_prorated => value(line.proration, 0),
        "proration" => 1.into(),
        _ => return None,
    })
}

fn tax_rate(random: &mut Random) -> Decimal {
    match random.below(3) {
        0 => Decimal::ZERO,
        1 => Decimal::new(625, 4),
        _ => Decimal::new(825, 4),
    }
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

/// A JSON number with at least this many decimal places.
fn value(mut amount: Decimal, decimals: u32) -> Value {
    if amount.scale() < decimals {
        amount.rescale(decimals);
    }
    number(&amount.to_string())
}
