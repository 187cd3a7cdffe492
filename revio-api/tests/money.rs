//! Arithmetic, order and text of exact numbers. Their way over the wire is tested with the runtime.

use std::collections::HashSet;

use proptest::prelude::*;
use revio_api::types::{Decimal, Money, Quantity};

fn money(text: &str) -> Money {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn text_is_plain_and_keeps_its_places() {
    for text in [
        "0",
        "0.00",
        "10.50",
        "-0.005",
        "1234567890123.4567",
        "100000000000000000000000000",
    ] {
        assert_eq!(money(text).to_string(), text);
    }
    assert_eq!(money("1e2").to_string(), "100");
    assert_eq!(money("25E-1").to_string(), "2.5");
    assert_eq!(
        format!(
            "{:>8}|{:08.2}|{:?}",
            money("-1.055"),
            money("-1.055"),
            money("2.50")
        ),
        "  -1.055|-001.055|Money(2.50)"
    );
}

#[test]
fn only_numbers_that_fit_are_taken() {
    for text in [
        "", " 1", "1 ", "+1", "1_000", "1,5", ".5", "5.", "1.2.3", "0x10", "NaN", "inf", "--1",
        "e5", "1e", "1e+", "١",
    ] {
        let error = text.parse::<Money>().expect_err(text);
        assert!(
            error.to_string().starts_with("not a decimal number"),
            "{text:?}: {error}"
        );
    }
    for text in [
        "12345678901234567890123456789012",
        "0.00000000000000000000000000001",
        "1e29",
        "1e-29",
        "1e2147483648",
        "-1e99999999999",
    ] {
        let error = text.parse::<Money>().expect_err(text);
        assert!(
            error.to_string().starts_with("more than 28 digits"),
            "{text}: {error}"
        );
    }
}

#[test]
fn equal_amounts_are_equal_whatever_their_places() {
    assert_eq!(money("1.5"), money("1.500"));
    assert!(money("-2") < money("-1.99") && money("0.1") < money("0.11"));
    let distinct: HashSet<Money> = ["1", "1.0", "1.00", "2"].map(money).into();
    assert_eq!(distinct.len(), 2);
    assert!(money("0.00").is_zero() && money("-0.01").is_negative() && !Money::ZERO.is_negative());
}

#[test]
fn conversions_are_exact() {
    assert_eq!(Money::from(7).to_string(), "7");
    assert_eq!(Money::from(i64::MIN).to_string(), "-9223372036854775808");
    assert_eq!(Money::from(Decimal::new(1050, 2)).to_string(), "10.50");
    assert_eq!(Decimal::from(money("10.50")).scale(), 2);
    assert_eq!(Quantity::from(3).decimal(), Decimal::from(3));
}

#[test]
fn arithmetic_never_rounds() {
    assert_eq!((money("0.1") + money("0.2")).to_string(), "0.3");
    assert_eq!((money("10.00") - money("0.005")).to_string(), "9.995");
    assert_eq!((-money("1.20")).to_string(), "-1.20");
    let mut total = money("1.10");
    total += money("2.20");
    total -= money("0.30");
    assert_eq!(total.to_string(), "3.00");
    assert_eq!(
        [money("1"), money("2.5")].iter().sum::<Money>().to_string(),
        "3.5"
    );
    assert_eq!(
        (money("0.0125") * "61.5".parse::<Quantity>().unwrap()).to_string(),
        "0.76875"
    );

    // Decimal alone would drop digits here without a word.
    let (huge, tiny) = (money("9234567890123456789012345678"), money("0.1"));
    assert_eq!(huge.checked_add(tiny), None);
    assert_eq!(huge.checked_sub(tiny), None);
    assert_eq!(
        money("0.123456789012345").checked_mul("0.123456789012345".parse().unwrap()),
        None
    );
    // Zeros at the end are no digits to lose.
    let padded = money("9.000000000000000000000000000");
    assert_eq!(padded.checked_add(padded), Some(money("18")));
    assert_eq!(
        money("0.50000000000000000000").checked_mul("0.5000000000".parse().unwrap()),
        Some(money("0.25"))
    );
    assert_eq!(
        Money::ZERO.checked_mul("0.0000000000000000000000000001".parse().unwrap()),
        Some(Money::ZERO)
    );
}

#[test]
#[should_panic(expected = "the exact sum needs more than 28 digits")]
fn a_sum_that_would_round_panics() {
    let _ = money("9234567890123456789012345678") + money("0.1");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Against whole numbers: what is added in millionths is added exactly.
    #[test]
    fn sums_and_products_agree_with_whole_numbers(left in any::<i64>(), right in any::<i64>(), count in any::<i32>()) {
        let millionths = |number: i64| Money::from(Decimal::new(number, 6));
        let expected = Decimal::from_i128_with_scale(i128::from(left) + i128::from(right), 6);
        prop_assert_eq!((millionths(left) + millionths(right)).decimal(), expected);
        let expected = Decimal::from_i128_with_scale(i128::from(left) - i128::from(right), 6);
        prop_assert_eq!((millionths(left) - millionths(right)).decimal(), expected);
        if let Some(product) = millionths(left).checked_mul(Quantity::from(count)) {
            let expected = Decimal::from_i128_with_scale(i128::from(left) * i128::from(count), 6);
            prop_assert_eq!(product.decimal(), expected);
        } else {
            prop_assert!((i128::from(left) * i128::from(count)).unsigned_abs() > 10u128.pow(28));
        }
    }

    /// A taken sum is never a rounded one: the other summand comes back.
    #[test]
    fn a_sum_gives_its_summands_back(left in "-?[0-9]{1,14}[.][0-9]{1,14}", right in "-?[0-9]{1,20}[.][0-9]{1,8}") {
        let (left, right) = (money(&left), money(&right));
        if let Some(sum) = left.checked_add(right) {
            prop_assert_eq!(sum.checked_sub(right), Some(left));
            prop_assert_eq!(sum.checked_sub(left), Some(right));
        }
    }

    #[test]
    fn no_text_makes_parsing_panic(text in "\\PC*|[-+0-9.eE_ ]{0,40}") {
        if let Ok(amount) = text.parse::<Money>() {
            prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
        }
    }
}
