//! A server that records one payment, loses or damages the response, and lists payments as it pleases.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use revio_api::ids::{CustomerId, PaymentId};
use revio_api::payments::Checked;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{Client, Credentials, Error};
use revio_test_server::{Action, Request, Server, reply};

use crate::support::SkippingClock;

pub(crate) const CUSTOMER: i32 = 7;
pub(crate) const AMOUNT: &str = "120.50";
/// 40 characters.
pub(crate) const REFERENCE: &str = "000acme-2026-07-31-invoice-4711-of-july.";
/// The id of the payment whose response is lost.
pub(crate) const LOST: i32 = 5000;

/// A payment as the list shows it.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: i32,
    /// JSON, or nothing where the field is missing.
    pub(crate) customer: Option<String>,
    pub(crate) amount: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) created: Created,
}

#[derive(Debug, Clone)]
pub(crate) struct Created {
    /// How long before the send, in hours of the server's clock.
    pub(crate) hours_before: i64,
    pub(crate) form: DateForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateForm {
    /// In a zone that the text doesn't name, this many hours ahead of UTC.
    Zone(i8),
    /// With its offset.
    Offset(i8),
    /// The date alone, in such a zone.
    Day(i8),
    Null,
    Missing,
    Unreadable,
}

/// What becomes of the response to the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Closed,
    GatewayTimeout,
    /// 200, from something in front of the server.
    Html,
    /// 201, and nothing that tells the id.
    CutOff,
    Empty,
    IdZero,
}

impl Ending {
    pub(crate) const ALL: [Self; 6] = [
        Self::Closed,
        Self::GatewayTimeout,
        Self::Html,
        Self::CutOff,
        Self::Empty,
        Self::IdZero,
    ];

    /// Whether the status says that the payment was recorded.
    pub(crate) fn is_created(self) -> bool {
        matches!(self, Self::CutOff | Self::Empty | Self::IdZero)
    }
}

/// What goes wrong with one request of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Forbidden,
    NoPage,
    CutOff,
    Html,
    UnreadableRecord,
    /// The server counts one record more than it sends.
    Miscounted,
    /// The same, and what it doesn't send is the last one of the page.
    LeftOut,
}

/// The server.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    pub(crate) ending: Ending,
    /// In the order of the list, where the server doesn't sort.
    pub(crate) payments: Vec<Shown>,
    /// Hours that the server's clock is ahead.
    pub(crate) clock: i64,
    /// Hours that it loses with every request of the list.
    pub(crate) loses: i64,
    /// Whether responses have a `Date`.
    pub(crate) dated: bool,
    pub(crate) filters: bool,
    pub(crate) sorts: bool,
    pub(crate) page_size: usize,
    /// Which request of the list, counted from 0.
    pub(crate) trouble: Option<(usize, Trouble)>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            ending: Ending::Closed,
            payments: Vec::new(),
            clock: 0,
            loses: 0,
            dated: true,
            filters: true,
            sorts: true,
            page_size: 500,
            trouble: None,
        }
    }
}

/// What came of it: the result, and how often the payment and the list were asked for.
pub(crate) struct Seen {
    pub(crate) result: Result<Checked, Error>,
    pub(crate) posts: usize,
    pub(crate) lists: usize,
}

impl Seen {
    /// The ids of the payments that could be it, the one that was found among them.
    pub(crate) fn candidates(&self) -> Vec<i32> {
        match &self.result {
            Ok(Checked::Found(payment)) => vec![payment.payment_id.0],
            Ok(Checked::Ambiguous(payments, _) | Checked::Executed(payments, _)) => payments
                .iter()
                .map(|payment| payment.payment_id.0)
                .collect(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn found(&self) -> Option<PaymentId> {
        match &self.result {
            Ok(Checked::Found(payment)) => Some(payment.payment_id),
            _ => None,
        }
    }

    pub(crate) fn is_not_seen(&self) -> bool {
        matches!(&self.result, Ok(Checked::NotSeen(_)))
    }
}

pub(crate) fn body() -> PaymentCreate {
    PaymentCreate::new()
        .customer_id(CustomerId(CUSTOMER))
        .amount(AMOUNT.parse().expect("an amount"))
        .reference_number(REFERENCE)
}

impl Ledger {
    /// Records a payment, loses the response, and says what the look-up made of it.
    pub(crate) async fn look_up(self, body: PaymentCreate) -> Seen {
        let sent = there(self.clock);
        let listed = AtomicUsize::new(0);
        let server = Server::start(move |request| match request.method.as_str() {
            "POST" => self.lose(),
            _ => self.list(request, sent, listed.fetch_add(1, Ordering::Relaxed)),
        })
        .await;
        let client = Client::builder(Credentials::new("user", "code", "password"))
            .base_url(server.url())
            .clock(Arc::new(SkippingClock::default()))
            .build()
            .expect("a client");
        let result = client.payments().create_checked(body).await;
        let captured = server.captured();
        let posts = captured.iter().filter(|it| it.method == "POST").count();
        Seen {
            result,
            posts,
            lists: captured.len() - posts,
        }
    }

    fn lose(&self) -> Action {
        match self.ending {
            Ending::Closed => Action::SendAndClose(Vec::new()),
            Ending::GatewayTimeout => self.answer(0, "504 Gateway Timeout", ""),
            Ending::Html => self.answer(0, "200 OK", "<html><body>Please log in</body></html>"),
            Ending::CutOff => cut_off(self.answer(0, "201 Created", r#"{"ok":true,"id":5000}"#)),
            Ending::Empty => self.answer(0, "201 Created", ""),
            Ending::IdZero => self.answer(0, "201 Created", r#"{"ok":true,"id":0}"#),
        }
    }

    fn answer(&self, number: i64, status: &str, body: &str) -> Action {
        let date = there(self.clock - number * self.loses);
        let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let headers = self.dated.then_some(("Date", date.as_str()));
        reply(status, headers.as_slice(), body)
    }

    fn list(&self, request: &Request, sent: NaiveDateTime, number: usize) -> Action {
        let answer = |status: &str, body: &str| {
            let number = i64::try_from(number).expect("few requests");
            self.answer(number, status, body)
        };
        let query = |name: &str| {
            let (_, query) = request.target.split_once('?')?;
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .into_iter()
                .find_map(|(key, value)| (key == name).then_some(value))
        };
        let since = query("search.created_date_start").map(|date| {
            let date: NaiveDate = date.parse().expect("a date");
            date.and_time(chrono::NaiveTime::MIN)
        });
        let since = since.filter(|_| self.filters).unwrap_or(NaiveDateTime::MIN);
        let mut payments: Vec<&Shown> = self
            .payments
            .iter()
            .filter(|payment| payment.created.kept(sent) >= since)
            .collect();
        if self.sorts {
            payments.sort_by_key(|payment| payment.id);
        }
        let page: usize = query("page").map_or(1, |page| page.parse().expect("a number"));
        let asked: usize = query("page_size").map_or(10, |size| size.parse().expect("a number"));
        let size = self.page_size.min(asked);
        let start = (page - 1) * size;
        let has_more = payments.len() > start + size;
        let mut records: Vec<String> = payments
            .into_iter()
            .skip(start)
            .take(size)
            .map(|payment| payment.json(sent))
            .collect();
        let mut count = records.len();
        let trouble = self.trouble.filter(|(at, _)| *at == number);
        let trouble = trouble.map(|(_, trouble)| trouble);
        match trouble {
            Some(Trouble::Forbidden) => return answer("403 Forbidden", "no"),
            Some(Trouble::NoPage) => return answer("200 OK", "{}"),
            Some(Trouble::Html) => return answer("200 OK", "<html></html>"),
            Some(Trouble::UnreadableRecord) => records.push(r#"{"payment_id":"none"}"#.to_owned()),
            Some(Trouble::Miscounted) => count += 1,
            Some(Trouble::LeftOut) => {
                records.pop();
                count = count.max(1);
            }
            Some(Trouble::CutOff) | None => {}
        }
        let records = records.join(",");
        let text = format!(
            r#"{{"ok":true,"has_more":{has_more},"record_count":{count},"records":[{records}]}}"#
        );
        let whole = answer("200 OK", &text);
        if trouble == Some(Trouble::CutOff) {
            cut_off(whole)
        } else {
            whole
        }
    }
}

/// What time it is for a server whose clock is ahead by this many hours.
fn there(ahead: i64) -> NaiveDateTime {
    DateTime::<Utc>::from(SystemTime::now()).naive_utc() + TimeDelta::hours(ahead)
}

/// The response without its last bytes, at the end of the connection.
fn cut_off(answer: Action) -> Action {
    match answer {
        Action::Send(mut bytes) => {
            bytes.truncate(bytes.len() - 4);
            Action::SendAndClose(bytes)
        }
        other => other,
    }
}

impl Created {
    /// The date that the server has, which filters go by.
    fn kept(&self, sent: NaiveDateTime) -> NaiveDateTime {
        let utc = sent - TimeDelta::hours(self.hours_before);
        match self.form {
            DateForm::Zone(hours) | DateForm::Offset(hours) | DateForm::Day(hours) => {
                utc + TimeDelta::hours(hours.into())
            }
            DateForm::Null | DateForm::Missing | DateForm::Unreadable => utc,
        }
    }
}

impl Shown {
    /// The payment that was sent, as it was sent.
    pub(crate) fn lost() -> Self {
        Self {
            id: LOST,
            customer: Some(CUSTOMER.to_string()),
            amount: Some(AMOUNT.to_owned()),
            reference: Some(format!("{REFERENCE:?}")),
            created: Created {
                hours_before: 0,
                form: DateForm::Zone(0),
            },
        }
    }

    fn json(&self, sent: NaiveDateTime) -> String {
        let written = self
            .created
            .kept(sent)
            .format("%Y-%m-%dT%H:%M:%S")
            .to_string();
        let created = match self.created.form {
            DateForm::Zone(_) => Some(format!("{written:?}")),
            DateForm::Day(_) => Some(format!("{:?}", &written[..10])),
            DateForm::Offset(hours) => Some(format!(r#""{written}{hours:+03}:00""#)),
            DateForm::Null => Some("null".to_owned()),
            DateForm::Unreadable => Some(r#""the day before""#.to_owned()),
            DateForm::Missing => None,
        };
        let id = Some(self.id.to_string());
        let fields: Vec<String> = [
            ("payment_id", &id),
            ("customer_id", &self.customer),
            ("amount", &self.amount),
            ("reference_number", &self.reference),
            ("created_date", &created),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(format!(r#""{name}":{}"#, value.as_ref()?)))
        .collect();
        format!("{{{}}}", fields.join(","))
    }
}
