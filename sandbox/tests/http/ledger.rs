//! Charges, credits, payments, reversals and bills add up to the balance of a customer.

use std::str::FromStr;

use bigdecimal::BigDecimal;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use revio_test_server::cases;
use serde_json::{Number, Value, json};

use crate::support::{Client, shared};

/// An event of an account. Amounts are in ten-thousandths.
#[derive(Debug, Clone)]
enum Event {
    Charge(i64),
    /// Rate and quantity; the server works out the amount.
    Line(i64, i64),
    Credit(i64),
    Payment(i64),
    Card(i64),
    /// Of the payment at this position, counted from the latest.
    Reversal(usize),
    Bill,
    /// A change that doesn't affect money.
    Patch,
}

fn event() -> impl Strategy<Value = Event> {
    let amount = || prop_oneof![0..10_000_000_i64, any::<i64>()];
    prop_oneof![
        amount().prop_map(Event::Charge),
        (0..1_000_000_i64, 0..1_000_000_i64)
            .prop_map(|(rate, quantity)| Event::Line(rate, quantity)),
        amount().prop_map(Event::Credit),
        amount().prop_map(Event::Payment),
        amount().prop_map(Event::Card),
        (0..4_usize).prop_map(Event::Reversal),
        Just(Event::Bill),
        Just(Event::Patch),
    ]
}

fn decimal(value: &Value) -> BigDecimal {
    BigDecimal::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn amount(ten_thousandths: i64) -> BigDecimal {
    BigDecimal::new(ten_thousandths.into(), 4)
}

fn number(amount: &BigDecimal) -> Value {
    Value::Number(
        amount
            .to_plain_string()
            .parse::<Number>()
            .expect("a number"),
    )
}

/// A charge or credit without amounts.
fn line(customer: i64) -> Value {
    json!({"customer_id": customer, "description": "x", "is_tax_included": false, "cost": 0,
           "is_commission_exempted": false, "quantity": 0, "rate": 0, "is_prorated": false,
           "start_date": "2026-07-01", "end_date": "2026-07-31"})
}

async fn finance(client: &Client, customer: i64) -> Value {
    let path = format!("/Customers/{customer}");
    client.get(&path).await.expect(200).json()["finance"].clone()
}

/// The expected state of an account.
struct Account {
    customer: i64,
    balance: BigDecimal,
    /// Payments that can be reversed.
    payments: Vec<(i64, BigDecimal)>,
    unbilled: BigDecimal,
}

impl Account {
    async fn apply(&mut self, client: &Client, event: &Event) {
        match event {
            Event::Charge(units) => {
                let mut body = line(self.customer);
                body["amount"] = number(&amount(*units));
                client.create("/Charges", &body).await;
                self.charged(amount(*units));
            }
            Event::Line(rate, quantity) => {
                let mut body = line(self.customer);
                body["rate"] = number(&amount(*rate));
                body["quantity"] = number(&amount(*quantity));
                let id = client.create("/Charges", &body).await;
                let charge = client
                    .get(&format!("/Charges/{id}"))
                    .await
                    .expect(200)
                    .json();
                let product = amount(*rate) * amount(*quantity);
                let expected = product.with_scale_round(2, bigdecimal::RoundingMode::HalfUp);
                assert_eq!(decimal(&charge["amount"]), expected);
                assert_eq!(charge["amount"], charge["product_amount"]);
                self.charged(expected);
            }
            Event::Credit(units) => {
                let mut body = line(self.customer);
                body["amount"] = number(&amount(*units));
                client.create("/Credits", &body).await;
                self.charged(-amount(*units).abs());
            }
            Event::Payment(units) => self.paid(client, "/Payments", *units).await,
            Event::Card(units) => self.paid(client, "/Payments/card", *units).await,
            Event::Reversal(back) => {
                if let Some(at) = self.payments.len().checked_sub(back + 1) {
                    let (id, amount) = self.payments.remove(at);
                    let path = format!("/Payments/{id}/reverse");
                    client.post(&path, &json!({})).await.expect(200);
                    client.post(&path, &json!({})).await.expect(400);
                    self.balance += amount;
                }
            }
            Event::Bill => {
                let body = json!({"customer_id": self.customer});
                let id = client.create("/Bills", &body).await;
                let bill = client.get(&format!("/Bills/{id}")).await.expect(200).json();
                assert_eq!(decimal(&bill["amount_due"]), self.unbilled);
                let parts = decimal(&bill["invoice_amount"]) + decimal(&bill["credit_memo_amount"]);
                assert_eq!(parts, self.unbilled);
                self.unbilled = BigDecimal::default();
            }
            Event::Patch => {
                let change = json!([{"op": "replace", "path": "/email", "value": "a@example.com"}]);
                let path = format!("/Customers/{}", self.customer);
                client.patch(&path, &change).await.expect(200);
            }
        }
    }

    fn charged(&mut self, amount: BigDecimal) {
        self.balance += &amount;
        self.unbilled += amount;
    }

    async fn paid(&mut self, client: &Client, path: &str, units: i64) {
        let body = json!({"customer_id": self.customer, "amount": number(&amount(units))});
        let id = client.create(path, &body).await;
        self.payments.push((id, amount(units)));
        self.balance -= amount(units);
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: cases(32), ..Config::default() })]

    #[test]
    fn the_balance_is_the_sum_of_all_events(
        events in prop::collection::vec(event(), 0..12),
        is_new in any::<bool>(),
    ) {
        shared(async |client| -> Result<(), TestCaseError> {
            let customer = if is_new { client.create("/Customers", &json!({})).await } else { 1007 };
            let before = finance(client, customer).await;
            let mut account = Account {
                customer,
                balance: decimal(&before["balance"]),
                payments: Vec::new(),
                unbilled: BigDecimal::default(),
            };
            if !is_new {
                // Gets the lines of earlier sequences.
                client.create("/Bills", &json!({"customer_id": customer})).await;
            }
            for event in &events {
                account.apply(client, event).await;
                let finance = finance(client, customer).await;
                prop_assert_eq!(&decimal(&finance["balance"]), &account.balance, "after {:?}", event);
                let due = account.balance.clone().max(BigDecimal::default());
                prop_assert_eq!(&decimal(&finance["amount_due"]), &due);
                let overdue = decimal(&finance["amount_overdue"]);
                prop_assert!(overdue >= BigDecimal::default() && overdue <= due);
            }
            Ok(())
        })?;
    }
}

/// The balances of the initial customers are the sums of their records.
#[tokio::test]
async fn balances_of_seed_data_are_consistent() {
    let client = Client::with(revio_sandbox::Sandbox::builder().customers(200)).await;
    let of = |records: &[Value], field: &str, id: &Value, name: &str| -> BigDecimal {
        let mine = records.iter().filter(|record| record[field] == *id);
        mine.map(|record| decimal(&record[name])).sum()
    };
    let charges = client.all("/Charges").await;
    let credits = client.all("/Credits").await;
    let mut payments = client.all("/Payments").await;
    payments.retain(|payment| payment["refund_flag"] != true && payment["bounced"] != true);
    for line in charges.iter().chain(&credits) {
        let parts = decimal(&line["product_amount"]) + decimal(&line["tax_amount"]);
        assert_eq!(decimal(&line["amount"]), parts);
    }
    assert!(
        credits
            .iter()
            .all(|credit| decimal(&credit["amount"]) <= BigDecimal::default())
    );
    for bill in client.all("/Bills").await {
        let id = &bill["bill_id"];
        let (invoice, memo) = (
            of(&charges, "bill_id", id, "amount"),
            of(&credits, "bill_id", id, "amount"),
        );
        assert_eq!(decimal(&bill["invoice_amount"]), invoice);
        assert_eq!(decimal(&bill["credit_memo_amount"]), memo);
        assert_eq!(decimal(&bill["amount_due"]), invoice + memo);
    }
    let mut balances = std::collections::BTreeSet::new();
    for customer in client.all("/Customers").await {
        let id = &customer["customer_id"];
        let sum = |records: &[Value]| of(records, "customer_id", id, "amount");
        let balance = sum(&charges) + sum(&credits) - sum(&payments);
        assert_eq!(decimal(&customer["finance"]["balance"]), balance, "{id}");
        balances.insert(balance);
    }
    assert!(balances.len() > 100, "they differ");
}

#[tokio::test]
async fn refunded_and_bounced_payments_count_as_zero() {
    let client = Client::start().await;
    let before = finance(&client, 1003).await;
    for flag in ["refund_flag", "bounced"] {
        client
            .create(
                "/Payments",
                &json!({"customer_id": 1003, "amount": 5, flag: true}),
            )
            .await;
    }
    client
        .create("/Payments", &json!({"customer_id": 0, "amount": 5}))
        .await;
    client.create("/Payments", &json!({"amount": 5})).await;
    assert_eq!(finance(&client, 1003).await, before);
}

#[tokio::test]
async fn charges_of_unknown_customers_are_refused() {
    let client = Client::start().await;
    for path in [
        "/Payments",
        "/Charges",
        "/Credits",
        "/Bills",
        "/Payments/card",
    ] {
        let body = line(9_999);
        let refused = client.post(path, &body).await.expect(400);
        assert_eq!(
            refused.message(),
            "/customer_id names no Customer",
            "{path}"
        );
    }
    assert_eq!(client.all("/Payments").await.len(), 60);
}

#[tokio::test]
async fn amounts_with_too_many_digits_are_refused() {
    let client = Client::start().await;
    for amount in ["1e999999999", "1e-999999999", "1e101"] {
        let body = format!(r#"{{"customer_id": 1001, "amount": {amount}}}"#);
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let refused = client.post("/Payments", &body).await.expect(400);
        assert_eq!(
            refused.message(),
            "/amount has more than 100 digits; that is too many for an amount"
        );
    }
}
