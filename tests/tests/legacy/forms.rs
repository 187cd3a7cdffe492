//! Every form in which the legacy service may answer: what it becomes for the caller, whether the call may have happened,
//! and how often it was sent.

use std::time::Duration;

use revio_api::legacy::CustomerProductItem;
use revio_api::types::RevioDateTime;
use revio_api::{Error, ErrorKind, Outcome, RetryPolicy};
use revio_sandbox::{SoapForm, SoapSettings};
use revio_tests::legacy::{LegacyStand, id};

/// What a form becomes.
#[derive(Debug, PartialEq, Eq)]
enum Becomes {
    Rows(usize),
    /// A kind of error, and what the service says.
    Refusal(ErrorKind, Option<&'static str>),
    Failure(ErrorKind),
}
use Becomes::{Failure, Refusal, Rows};
use SoapForm as F;

/// For a query that finds `all` rows.
fn of_a_query(form: SoapForm, all: usize) -> Becomes {
    match form {
        F::RefusedWithCode | F::RefusedWithMessage => Refusal(ErrorKind::Api, Some("Scripted.")),
        F::RefusedWithNothing => Refusal(ErrorKind::Api, None),
        F::LoginRefused => Refusal(ErrorKind::Api, Some("The login was refused.")),
        F::Fault11 | F::Fault12 | F::FaultWith200 => Refusal(
            ErrorKind::Api,
            Some("Server was unable to process request. ---> Scripted."),
        ),
        F::HtmlPageWith500 | F::TextWith503 => Failure(ErrorKind::Api),
        F::EmptyList | F::AbsentList => Rows(0),
        F::UnfilteredRows => Failure(ErrorKind::FilterIgnored),
        F::UnknownLayout
        | F::WrongKind
        | F::MissingSuccess
        | F::MissingHeader
        | F::TruncatedXml
        | F::HtmlPage
        | F::EmptyBody
        | F::Doctype
        | F::WrongNamespace
        | F::OtherOperation
        | F::Deep => Failure(ErrorKind::Decode),
        _ => Rows(all),
    }
}

fn error(error: &Error) -> Becomes {
    // Secrets are in every answer and nowhere in what is printed.
    for shown in [format!("{error}"), format!("{error:?}")] {
        for secret in ["sandbox_password", "sandbox-session", "Scripted"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    let known = [
        "Scripted.",
        "The login was refused.",
        "Server was unable to process request. ---> Scripted.",
    ];
    let said = error.api_message();
    let known = known.into_iter().find(|known| said == Some(known));
    if known.is_some() || (said.is_none() && error.kind() == ErrorKind::Api) {
        Refusal(error.kind(), known)
    } else {
        Failure(error.kind())
    }
}

#[tokio::test]
async fn queries() {
    let stand = LegacyStand::start().await;
    let customer = id(&stand.service_products().await[0], "customer_id");
    let query = || {
        stand
            .legacy
            .customer_products_query()
            .customer_id([customer])
    };
    let all = query().await.expect("found").customer_products.len();
    assert!(all > 0);
    let mut wrong = Vec::new();
    for form in SoapForm::all() {
        stand.answers("CustomerProducts_Query", form);
        let becomes = match query().await {
            Ok(found) => Rows(found.customer_products.len()),
            Err(failure) => {
                assert_eq!(failure.is_auth(), form == SoapForm::LoginRefused, "{form}");
                error(&failure)
            }
        };
        if becomes != of_a_query(form, all) {
            wrong.push(format!(
                "{form} becomes {becomes:?}, not {:?}",
                of_a_query(form, all)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Products are never created twice, whatever comes back, and the error says whether one may have been.
#[tokio::test]
async fn creates_are_sent_once() {
    let eager = RetryPolicy::new()
        .base_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    let stand = LegacyStand::with(SoapSettings::default(), |builder| builder.retry(eager)).await;
    let mut wrong = Vec::new();
    for (sent, form) in SoapForm::all().enumerate() {
        let before = stand.products().await;
        stand.answers("Products_Create", form);
        let outcome = match stand.legacy.products_create(1, 2).description("one").await {
            Ok(_) => None,
            Err(failure) => {
                error(&failure);
                Some(failure.outcome())
            }
        };
        assert_eq!(stand.requests("Products_Create").len(), sent + 1, "{form}");
        let made = stand.products().await - before;
        assert_eq!(made, usize::from(form.is_carried_out()), "{form}");
        let expected = match form {
            F::RefusedWithCode
            | F::RefusedWithMessage
            | F::RefusedWithNothing
            | F::LoginRefused => Some(Outcome::Rejected),
            form if !form.is_carried_out() => Some(Outcome::Unknown),
            // The header says success, and the id of the product can't be read.
            F::AbsentList | F::NilValues | F::EmptyValues | F::UnknownLayout | F::WrongKind => {
                Some(Outcome::Executed)
            }
            form if matches!(of_a_query(form, 1), Failure(ErrorKind::Decode)) => {
                Some(Outcome::Unknown)
            }
            _ => None,
        };
        if outcome != expected {
            wrong.push(format!("{form} leaves {outcome:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn updates_of_customer_products_are_sent_once_and_reads_again() {
    let eager = RetryPolicy::new()
        .base_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    let stand = LegacyStand::with(SoapSettings::default(), |builder| builder.retry(eager)).await;
    stand.answers("CustomerProducts_Update", SoapForm::Fault11);
    let failure = stand
        .legacy
        .customer_products_update(1)
        .quantity(3)
        .await
        .expect_err("a fault");
    assert_eq!(
        (failure.outcome(), failure.attempts()),
        (Outcome::Unknown, 1)
    );
    assert_eq!(stand.requests("CustomerProducts_Update").len(), 1);
    for form in [SoapForm::HtmlPageWith500, SoapForm::TextWith503] {
        stand.answers("Products_Query", form);
    }
    let found = stand
        .legacy
        .products_query()
        .product_id(1)
        .await
        .expect("the third time");
    assert_eq!(found.products.len(), 1);
    assert_eq!(stand.requests("Products_Query").len(), 3);
    // A fault that blames the request would be the same again.
    let failure = stand
        .legacy
        .customer_products_query()
        .id([i32::MAX])
        .line_id([1])
        .await;
    assert_eq!(failure.expect("nothing found").customer_products.len(), 0);
}

#[tokio::test]
async fn values_in_every_form() {
    let stand = LegacyStand::start().await;
    let row = async |form| {
        stand.answers("CustomerProducts_Query", form);
        let found = stand.legacy.customer_products_query().id([1]).await;
        found
            .unwrap_or_else(|error| panic!("{form}: {error}"))
            .customer_products
            .remove(0)
    };
    let plain = row(SoapForm::Plain).await;
    for form in [
        SoapForm::OtherPrefixes,
        SoapForm::NoPrefixes,
        SoapForm::BareRows,
        SoapForm::NestedRows,
        SoapForm::OtherNames,
        SoapForm::NumberBooleans,
    ] {
        assert_eq!(row(form).await, plain, "{form}");
    }
    for form in [SoapForm::NilValues, SoapForm::EmptyValues] {
        let row = row(form).await;
        assert_eq!(row.customer_product_id, 1);
        assert!(
            row.rate.is_none()
                && row.quantity.is_none()
                && row.activated_date.is_none()
                && row.tax_included.is_none(),
            "{form}"
        );
    }
    let day = |row: &CustomerProductItem| row.activated_date.as_ref().and_then(RevioDateTime::date);
    let dated = row(SoapForm::DayDates).await;
    assert!(day(&dated).is_some());
    for form in [SoapForm::OffsetDates, SoapForm::FractionDates] {
        assert_eq!(day(&row(form).await), day(&dated), "{form}");
    }
    assert_eq!(day(&row(SoapForm::YearOneDates).await), None);
    let rate = row(SoapForm::NegativeRates).await.rate.expect("a rate");
    assert!(rate.is_negative());
    let known = row(SoapForm::ExtraElements).await;
    assert!(known.extras.get("BrandNew").is_some(), "{:?}", known.extras);
    assert_eq!(
        (known.rate, &known.description),
        (plain.rate, &plain.description)
    );
}

#[tokio::test]
async fn allowances_inside_their_item_and_beside_it() {
    let stand = LegacyStand::start().await;
    for form in [SoapForm::FullRows, SoapForm::StrayAllowances] {
        stand.answers("Products_Query", form);
        let found = stand
            .legacy
            .products_query()
            .product_id(1)
            .await
            .expect("found");
        let product = &found.products[0];
        let wireless = product.wireless.as_ref().expect("wireless");
        let allowances = wireless.allowances.as_ref().expect("allowances");
        let [allowance] = allowances.as_slice() else {
            panic!("{} allowances", allowances.len());
        };
        assert_eq!(
            (
                allowance.quantity,
                allowance.data_flag,
                allowance.expiration_days
            ),
            (Some(7), Some(true), Some(7)),
            "{form}"
        );
        let types = product.line_types.as_ref().expect("line types");
        assert_eq!(
            (types[0].id, types[0].description.as_deref()),
            (Some(7), Some("text"))
        );
    }
}
