//! One payment among others, on servers of every kind.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use revio_api::ids::PaymentId;
use revio_api::payments::Checked;
use revio_api::{Error, Operation, Outcome};
use revio_test_server::cases;

use crate::forms::{DATES, amounts, customers, is_certain, references};
use crate::ledger::{
    AMOUNT, CUSTOMER, Created, DateForm, Ending, LOST, Ledger, REFERENCE, Seen, Shown, Trouble,
    body,
};

const MONTHS: i64 = 200 * 24;
/// The id of a payment under the same reference number.
const DOUBLE: i32 = 2 * LOST;

#[derive(Debug, Clone)]
struct Case {
    ledger: Ledger,
    /// Whether the payment was recorded.
    is_there: bool,
    /// Whether something else could be the payment.
    has_others: bool,
}

/// The payment itself, as the list shows it.
fn lost() -> impl Strategy<Value = Shown> {
    (
        prop_oneof![
            Just(Some(format!("{REFERENCE:?}"))),
            prop::sample::select(references())
        ],
        prop_oneof![
            Just(Some(CUSTOMER.to_string())),
            prop::sample::select(customers())
        ],
        prop_oneof![
            Just(Some(AMOUNT.to_owned())),
            prop::sample::select(amounts())
        ],
        prop::sample::select(DATES.to_vec()),
    )
        .prop_map(|(reference, customer, amount, form)| Shown {
            reference,
            customer,
            amount,
            created: Created {
                hours_before: 0,
                form,
            },
            ..Shown::lost()
        })
}

/// Another payment, and whether that can be told. `settled` is an age in hours at which the date alone tells.
fn other(settled: i64) -> impl Strategy<Value = (Shown, bool)> {
    let created = |ages: std::ops::Range<i64>| {
        (ages, prop::sample::select(DATES.to_vec()))
            .prop_map(|(hours_before, form)| Created { hours_before, form })
    };
    let reference = || prop::sample::select(references());
    let other_customer = (reference(), created(0..3 * MONTHS)).prop_map(|(reference, created)| {
        let shown = Shown {
            customer: Some((CUSTOMER + 1).to_string()),
            reference,
            created,
            ..Shown::lost()
        };
        (shown, false)
    });
    let amount = prop::sample::select(vec!["120.51", "-120.49", "0", "1000000"]);
    let other_amount =
        (amount, reference(), created(0..3 * MONTHS)).prop_map(|(amount, reference, created)| {
            let shown = Shown {
                amount: Some(amount.to_owned()),
                reference,
                created,
                ..Shown::lost()
            };
            (shown, false)
        });
    // The same payment as it was made before: under the same reference number, too.
    let old = (reference(), created(settled..settled + 3 * MONTHS)).prop_map(
        |(reference, mut created)| {
            // A date alone may be any time of its day.
            if matches!(created.form, DateForm::Day(_)) {
                created.hours_before += 26;
            }
            let tells = !matches!(
                created.form,
                DateForm::Null | DateForm::Missing | DateForm::Unreadable
            );
            let shown = Shown {
                reference,
                created,
                ..Shown::lost()
            };
            (shown, !tells)
        },
    );
    // Of the same day, and under a reference number of its own.
    let similar =
        (created(0..30), customers_and_amounts()).prop_map(|(created, (customer, amount))| {
            let shown = Shown {
                customer,
                amount,
                reference: Some(r#""acme-of-yesterday""#.to_owned()),
                created,
                ..Shown::lost()
            };
            (shown, true)
        });
    prop_oneof![3 => other_customer, 3 => other_amount, 2 => old, 1 => similar]
}

fn customers_and_amounts() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    (
        prop::sample::select(customers()),
        prop::sample::select(amounts()),
    )
}

fn trouble() -> impl Strategy<Value = Option<(usize, Trouble)>> {
    let troubles = prop::sample::select(vec![
        Trouble::Forbidden,
        Trouble::NoPage,
        Trouble::CutOff,
        Trouble::Html,
        Trouble::UnreadableRecord,
        Trouble::Miscounted,
        Trouble::LeftOut,
    ]);
    prop_oneof![2 => Just(None), 1 => (0..5_usize, troubles).prop_map(Some)]
}

fn case() -> impl Strategy<Value = Case> {
    let clocks = (
        prop_oneof![Just(0), -MONTHS..MONTHS],
        prop::bool::weighted(0.8),
    );
    clocks.prop_flat_map(|(clock, dated)| {
        // A zone at most, and as much as the server's clock is ahead; or what a server without a clock is granted.
        let settled = 41
            + if dated {
                clock.max(0)
            } else {
                MONTHS + 366 * 24
            };
        (
            (
                prop::option::weighted(0.6, lost()),
                prop::bool::weighted(0.1),
            ),
            prop::collection::vec(other(settled), 0..12),
            prop::sample::select(Ending::ALL.to_vec()),
            prop::sample::select(vec![1, 2, 3, 500]),
            (any::<bool>(), any::<bool>()),
            trouble(),
            any::<prop::sample::Index>(),
        )
            .prop_map(
                move |(
                    (lost, doubled),
                    others,
                    ending,
                    page_size,
                    (filters, sorts),
                    trouble,
                    place,
                )| {
                    let is_there = lost.is_some();
                    let has_others = others.iter().any(|(_, could_be)| *could_be);
                    let mut payments: Vec<Shown> =
                        others.into_iter().map(|(shown, _)| shown).collect();
                    for (id, payment) in (1..).zip(&mut payments) {
                        // Before and after the payment, if the server sorts.
                        payment.id = if id % 2 == 0 { id } else { LOST + id };
                    }
                    if doubled && lost.as_ref().is_some_and(is_certain) {
                        payments.push(Shown {
                            id: DOUBLE,
                            ..Shown::lost()
                        });
                    }
                    if let Some(lost) = lost {
                        payments.insert(place.index(payments.len() + 1), lost);
                    }
                    let ledger = Ledger {
                        ending,
                        payments,
                        clock,
                        loses: 0,
                        dated,
                        filters,
                        sorts,
                        page_size,
                        trouble,
                    };
                    Case {
                        ledger,
                        is_there,
                        has_others,
                    }
                },
            )
    })
}

fn check(case: &Case, seen: &Seen) -> Result<(), TestCaseError> {
    let Ledger {
        ending, trouble, ..
    } = case.ledger;
    let trouble = trouble
        .filter(|(at, _)| *at < seen.lists)
        .map(|(_, trouble)| trouble);
    let result = &seen.result;
    prop_assert_eq!(seen.posts, 1);

    // What must never be said.
    if seen.is_not_seen() {
        prop_assert!(!case.is_there && trouble.is_none_or(|it| it == Trouble::CutOff));
        prop_assert!(matches!(ending, Ending::Closed | Ending::GatewayTimeout));
    }
    if let Some(found) = seen.found() {
        prop_assert_eq!(found, PaymentId(LOST));
        prop_assert!(case.is_there);
    }
    let outcome = match result {
        Ok(Checked::Found(_)) => None,
        Ok(
            Checked::NotSeen(error) | Checked::Ambiguous(_, error) | Checked::Executed(_, error),
        )
        | Err(error) => Some(error.outcome()),
        other => return Err(TestCaseError::fail(format!("{other:?}"))),
    };
    let expected = if ending.is_created() {
        Outcome::Executed
    } else {
        Outcome::Unknown
    };
    prop_assert!(outcome.is_none_or(|outcome| outcome == expected));
    prop_assert_eq!(
        matches!(result, Ok(Checked::Executed(..))),
        ending.is_created() && seen.found().is_none()
    );

    // What has to be said where nothing stands against it.
    let is_clean = case.ledger.dated && trouble.is_none_or(|it| it == Trouble::CutOff);
    if is_clean && case.is_there {
        prop_assert!(seen.candidates().contains(&LOST));
    }
    let lost = case.ledger.payments.iter().find(|it| it.id == LOST);
    let has_double = case.ledger.payments.iter().any(|it| it.id == DOUBLE);
    if is_clean && !has_double && lost.is_some_and(is_certain) {
        prop_assert_eq!(seen.found(), Some(PaymentId(LOST)));
    }
    let is_lost = matches!(ending, Ending::Closed | Ending::GatewayTimeout);
    if is_clean && !case.is_there && !case.has_others && is_lost {
        prop_assert!(seen.is_not_seen());
    }
    Ok(())
}

#[test]
fn whatever_the_server_is_like() {
    let config = Config {
        cases: cases(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let test = |case: Case| {
        // Its end is the server's end.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let seen = runtime.block_on(case.ledger.clone().look_up(body()));
        check(&case, &seen).map_err(|error| match error {
            TestCaseError::Fail(reason) => {
                TestCaseError::fail(format!("{reason}, but it said {:?}", seen.result))
            }
            rejected @ TestCaseError::Reject(_) => rejected,
        })
    };
    if let Err(error) = TestRunner::new(config).run(&case(), test) {
        panic!("{error}");
    }
}

/// Read to the end twice, with a pause in between, or else not called not seen.
#[tokio::test]
async fn a_list_that_cannot_be_relied_on_is_said_to_be_so() {
    for at in [0, 1] {
        for trouble in [Trouble::Miscounted, Trouble::LeftOut] {
            let ledger = Ledger {
                trouble: Some((at, trouble)),
                ..Ledger::default()
            };
            let seen = ledger.look_up(body()).await;
            assert!(
                matches!(&seen.result, Ok(Checked::Ambiguous(candidates, _)) if candidates.is_empty()),
                "{:?}",
                seen.result
            );
            assert_eq!(seen.lists, 2);
        }
        // What isn't sent could be another payment under the same reference number.
        let ledger = Ledger {
            payments: vec![Shown::lost()],
            trouble: Some((0, Trouble::Miscounted)),
            ..Ledger::default()
        };
        let seen = ledger.look_up(body()).await;
        assert_eq!((seen.found(), seen.candidates()), (None, vec![LOST]));
        for trouble in [
            Trouble::Forbidden,
            Trouble::NoPage,
            Trouble::Html,
            Trouble::UnreadableRecord,
        ] {
            let ledger = Ledger {
                trouble: Some((at, trouble)),
                ..Ledger::default()
            };
            let seen = ledger.look_up(body()).await;
            let error = seen.result.expect_err("not looked up");
            assert_eq!(error.outcome(), Outcome::Unknown);
            assert!(
                error.to_string().ends_with("looking it up failed too"),
                "{error}"
            );
            let cause = std::error::Error::source(&error).and_then(|it| it.downcast_ref::<Error>());
            assert_eq!(
                cause.and_then(Error::operation).map(Operation::id),
                Some("payments_list")
            );
        }
    }
}

/// What was read before the list broke off is handed over.
#[tokio::test]
async fn a_list_that_breaks_off_keeps_its_candidates() {
    for ending in Ending::ALL {
        let ledger = Ledger {
            ending,
            payments: vec![
                Shown::lost(),
                Shown {
                    id: LOST + 1,
                    ..Shown::lost()
                },
            ],
            page_size: 1,
            trouble: Some((1, Trouble::Forbidden)),
            ..Ledger::default()
        };
        let seen = ledger.look_up(body()).await;
        assert_eq!(
            (seen.found(), seen.candidates()),
            (None, vec![LOST]),
            "{ending:?}"
        );
    }
}

/// More payments than anybody wants to read: 40 pages.
#[tokio::test]
async fn a_list_without_end_is_not_looked_through() {
    let others = (0..41).map(|id| Shown {
        id,
        customer: Some("8".to_owned()),
        ..Shown::lost()
    });
    let ledger = Ledger {
        payments: others.collect(),
        page_size: 1,
        ..Ledger::default()
    };
    let seen = ledger.clone().look_up(body()).await;
    assert_eq!(
        seen.result.expect_err("too long").outcome(),
        Outcome::Unknown
    );
    assert_eq!(seen.lists, 40);
    let shorter = Ledger {
        payments: ledger.payments[..40].to_vec(),
        ..ledger
    };
    assert!(shorter.look_up(body()).await.is_not_seen());
}

/// A server that is months behind or ahead, whether it says so or not.
#[tokio::test]
async fn the_clocks_may_be_months_apart() {
    for clock in [-MONTHS, MONTHS] {
        // How often the list is read while nothing is there: once more if its first page shows that the clock is behind.
        let late = if clock < 0 { 3 } else { 2 };
        for (dated, ending, lists) in [
            (true, Ending::Closed, late),
            (true, Ending::GatewayTimeout, 2),
            (false, Ending::Closed, 2),
        ] {
            let ledger = Ledger {
                ending,
                clock,
                dated,
                ..Ledger::default()
            };
            let there = Ledger {
                payments: vec![Shown::lost()],
                ..ledger.clone()
            };
            let seen = there.look_up(body()).await;
            let context = format!("{clock}, {dated}, {ending:?}: {:?}", seen.result);
            assert_eq!(seen.candidates(), [LOST], "{context}");
            // A server that doesn't say what time it is may show an older payment.
            assert_eq!(seen.found().is_some(), dated || clock > 0, "{context}");
            let nothing = ledger.look_up(body()).await;
            assert!(nothing.is_not_seen(), "{context}");
            assert_eq!(nothing.lists, lists, "{context}");
        }
    }
}

/// The first page shows that the clock is behind, and the list that is read again for it lacks what was on that page.
#[tokio::test]
async fn a_candidate_that_disappears_stays_one() {
    let ledger = Ledger {
        payments: vec![Shown::lost()],
        clock: -MONTHS,
        filters: false,
        trouble: Some((1, Trouble::LeftOut)),
        ..Ledger::default()
    };
    let seen = ledger.look_up(body()).await;
    assert_eq!((seen.found(), seen.candidates()), (None, vec![LOST]));
    assert_eq!(seen.lists, 2);
}

/// A clock that goes back with every response is not run after.
#[tokio::test]
async fn a_clock_that_does_not_settle_proves_nothing() {
    let ledger = Ledger {
        loses: 30 * 24,
        ..Ledger::default()
    };
    let seen = ledger.look_up(body()).await;
    assert!(
        matches!(&seen.result, Ok(Checked::Ambiguous(candidates, _)) if candidates.is_empty()),
        "{:?}",
        seen.result
    );
    assert_eq!(seen.lists, 3);
}
