//! One payment, and everything that a server may make of it.

use revio_api::Outcome;
use revio_api::ids::PaymentId;
use revio_api::payments::Checked;
use revio_api::types::RevioDateTime;

use crate::ledger::{
    AMOUNT, CUSTOMER, Created, DateForm, Ending, LOST, Ledger, REFERENCE, Shown, body,
};

/// What the list shows in the place of the reference number, in JSON.
pub(crate) fn references() -> Vec<Option<String>> {
    let first: String = REFERENCE.chars().take(20).collect();
    let x4 = first.to_uppercase().trim_start_matches('0').to_owned();
    let as_sent = [REFERENCE.to_owned(), format!(" {REFERENCE} ")];
    let changed = [
        first,
        REFERENCE.to_uppercase(),
        REFERENCE.trim_start_matches('0').to_owned(),
        x4,
        "ch_3MmlLrLkdIwHu7ix".to_owned(),
        String::new(),
    ];
    let texts = as_sent.into_iter().chain(changed);
    texts
        .map(|text| Some(format!("{text:?}")))
        .chain([Some("null".to_owned()), None])
        .collect()
}

pub(crate) fn customers() -> Vec<Option<String>> {
    let texts = [&CUSTOMER.to_string(), "null", "0"].map(|text| Some(text.to_owned()));
    texts.into_iter().chain([None]).collect()
}

pub(crate) fn amounts() -> Vec<Option<String>> {
    let texts = [AMOUNT, "120.5", r#""120.50""#, "-120.50", "null"];
    let texts = texts.map(|text| Some(text.to_owned()));
    texts.into_iter().chain([None]).collect()
}

pub(crate) const DATES: [DateForm; 10] = [
    DateForm::Zone(0),
    DateForm::Zone(-12),
    DateForm::Zone(14),
    DateForm::Offset(-12),
    DateForm::Offset(14),
    DateForm::Day(0),
    DateForm::Day(-12),
    DateForm::Null,
    DateForm::Missing,
    DateForm::Unreadable,
];

/// Whether a record in this form identifies the payment: its reference number, customer, amount, and a date.
pub(crate) fn is_certain(shown: &Shown) -> bool {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let reference = text(&shown.reference);
    reference.trim_matches(['"', ' ']) == REFERENCE
        && text(&shown.customer) == CUSTOMER.to_string()
        && ["120.50", "120.5", r#""120.50""#].contains(&&*text(&shown.amount))
        && matches!(
            shown.created.form,
            DateForm::Zone(_) | DateForm::Offset(_) | DateForm::Day(_)
        )
}

#[tokio::test]
async fn a_payment_that_is_there_is_never_not_seen() {
    let mut endings = Ending::ALL.into_iter().cycle();
    let mut certain = 0;
    for reference in references() {
        for customer in customers() {
            for amount in amounts() {
                for form in DATES {
                    let shown = Shown {
                        customer: customer.clone(),
                        amount: amount.clone(),
                        reference: reference.clone(),
                        created: Created {
                            hours_before: 0,
                            form,
                        },
                        ..Shown::lost()
                    };
                    let ending = endings.next().expect("endless");
                    let is_certain = is_certain(&shown);
                    certain += u32::from(is_certain);
                    let ledger = Ledger {
                        ending,
                        payments: vec![shown.clone()],
                        ..Ledger::default()
                    };
                    let seen = ledger.look_up(body()).await;
                    let context = format!("{shown:?} after {ending:?}: {:?}", seen.result);
                    assert_eq!(seen.candidates(), [LOST], "{context}");
                    assert_eq!(seen.found().is_some(), is_certain, "{context}");
                    assert_eq!((seen.posts, seen.lists), (1, 1), "{context}");
                }
            }
        }
    }
    assert_eq!(certain, 2 * 3 * 7);
}

/// A reference number of 40 characters, of which the list shows the first 20 in capitals and without the zeros at its
/// beginning, with the other sign and an hour off; and one that the gateway has overwritten.
#[tokio::test]
async fn a_payment_that_was_changed_in_every_way_is_ambiguous() {
    assert_eq!(REFERENCE.len(), 40);
    for reference in ["ACME-2026-07-31-I", "ch_3MmlLrLkdIwHu7ix"] {
        for zone in [-1, 1] {
            let shown = Shown {
                reference: Some(format!("{reference:?}")),
                amount: Some("-120.50".to_owned()),
                created: Created {
                    hours_before: 0,
                    form: DateForm::Zone(zone),
                },
                ..Shown::lost()
            };
            let ledger = Ledger {
                payments: vec![shown],
                ..Ledger::default()
            };
            let seen = ledger.look_up(body()).await;
            let Ok(Checked::Ambiguous(candidates, error)) = &seen.result else {
                panic!("{:?}", seen.result)
            };
            assert_eq!(candidates[0].payment_id, PaymentId(LOST));
            assert_eq!((candidates.len(), seen.posts), (1, 1));
            assert_eq!(error.outcome(), Outcome::Unknown);
        }
    }
}

/// Cents are all that many ledgers have a place for.
#[tokio::test]
async fn an_amount_that_was_rounded_is_a_candidate() {
    for (sent, shown, expected) in [
        ("120.505", "120.51", vec![LOST]),
        ("120.505", "120.50", vec![LOST]),
        ("120.505", "-120.5", vec![LOST]),
        ("120.505", "120.52", vec![]),
        ("120.50", "120.51", vec![]),
        ("120.500", "120.501", vec![]),
        ("120", "120.01", vec![]),
    ] {
        let ledger = Ledger {
            payments: vec![Shown {
                amount: Some(shown.to_owned()),
                ..Shown::lost()
            }],
            ..Ledger::default()
        };
        let body = body().amount(sent.parse().expect("an amount"));
        let seen = ledger.look_up(body).await;
        assert_eq!(seen.candidates(), expected, "{sent} and {shown}");
        assert_eq!(
            seen.is_not_seen(),
            expected.is_empty(),
            "{sent} and {shown}"
        );
        assert_eq!(seen.found(), None);
    }
}

/// The server may keep a date of creation that the body brings.
#[tokio::test]
async fn a_payment_that_was_dated_back_is_looked_for_from_its_date() {
    let date = |days: u64| {
        let now = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now());
        let day = now.date_naive() - chrono::Days::new(days);
        day.and_time(chrono::NaiveTime::MIN)
    };
    let kept = |days: i64| Ledger {
        payments: vec![Shown {
            created: Created {
                hours_before: days * 24,
                form: DateForm::Zone(0),
            },
            ..Shown::lost()
        }],
        ..Ledger::default()
    };
    let seen = kept(90).look_up(body().created_date(date(90))).await;
    assert_eq!(seen.found(), Some(PaymentId(LOST)));
    let seen = kept(0).look_up(body().created_date(date(90))).await;
    assert_eq!(seen.found(), Some(PaymentId(LOST)));
    // A date that nobody can read rules nothing out.
    let unreadable: RevioDateTime = serde_json::from_str(r#""end of May""#).expect("any text");
    let seen = kept(900).look_up(body().created_date(unreadable)).await;
    assert_eq!((seen.found(), seen.candidates()), (None, vec![LOST]));
}
