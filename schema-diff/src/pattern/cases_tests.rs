//! Pairs of patterns with what is known about them, and some that are made to take long.

use std::time::{Duration, Instant};

use super::{Fuel, Inclusion, Texts};

fn texts(pattern: &str) -> Texts<'_> {
    Texts {
        patterns: vec![pattern],
        ..Texts::default()
    }
}

fn within(small: &str, large: &str) -> Inclusion {
    Fuel::default().within(&texts(small), &texts(large))
}

fn not(text: &str) -> Inclusion {
    Inclusion::Not(text.to_owned())
}

#[test]
fn other_spellings_mean_the_same() {
    let spellings = [
        ["^[0-9]+$", r"^\d+$"],
        ["^[A-Za-z0-9_]*$", r"^\w*$"],
        [r"^\/a\-b$", "^/a-b$"],
        [r"^\x41\u0042\u{43}\cA\0$", "^ABC\u{1}\0$"],
        [r"^\ud83d\ude00$", "^😀$"],
        ["^(?<year>a)(?:b)$", "^ab$"],
        ["^[^]$", r"^[\s\S]$"],
        ["[]", "a[]"],
        ["^a{2}$", "^aa$"],
        ["^a{,2}$", r"^a\{,2\}$"],
        [r"^[\w-.]$", r"^[.\-\w]$"],
        [r"^[\b]$", r"^\x08$"],
        ["^[a&&b[]$", r"^(a|b|&|\[)$"],
        [r"^\p{Lu}$", r"^\p{Uppercase_Letter}$"],
        ["", "^"],
        ["a*", ".*"],
        ["^(?:a|b)*?$", "^[ab]*$"],
        [r"^a\b", r"^a(?:\W|$)"],
        [r"^a\B", r"^a\w"],
        [r"\W\b1", r"\W1"],
    ];
    for [one, other] in spellings {
        assert_eq!(within(one, other), Inclusion::All, "{one} in {other}");
        assert_eq!(within(other, one), Inclusion::All, "{other} in {one}");
    }
}

#[test]
fn the_shortest_readable_text_tells_them_apart() {
    for (small, large, text) in [
        ("^[0-9]+$", r"^\d{3}$", "0"),
        ("", "^a", ""),
        ("a", "^a", "ba"),
        ("^.*$", "^[a-z]*$", "0"),
        (r"^\d{2,4}$", r"^\d{1,3}$", "0000"),
        (r"^\S$", r"^\w$", "-"),
        ("^[^a-z]", r"^\d", "A"),
        (r"^\s$", "^[ \t\n\r\u{b}\u{c}]$", "\u{a0}"),
        ("^[^\n]$", "^.$", "\r"),
        ("^\u{661}$", r"^\d$", "\u{661}"),
        (r"^é$", r"^\w$", "é"),
        ("^.$", r"^[\u0000-\uffff]$", "\u{10000}"),
        ("^a$", "^a\\b.", "a"),
    ] {
        assert_eq!(within(small, large), not(text), "{small} in {large}");
    }
}

#[test]
fn lengths_and_lists_count_as_well() {
    let mut fuel = Fuel::default();
    let lengths = |least, most| Texts {
        least,
        most,
        ..Texts::default()
    };
    let short = texts("^.{0,3}$");
    assert_eq!(fuel.within(&short, &lengths(0, Some(3))), Inclusion::All);
    assert_eq!(fuel.within(&short, &lengths(1, Some(3))), not(""));
    assert_eq!(fuel.within(&lengths(0, Some(3)), &short), not("\n"));
    let any = texts("^[^]{0,255}$");
    assert_eq!(fuel.within(&lengths(0, Some(255)), &any), Inclusion::All);
    assert_eq!(fuel.within(&any, &lengths(0, Some(255))), Inclusion::All);
    let other = not(&"a".repeat(256));
    assert_eq!(fuel.within(&lengths(0, Some(256)), &any), other);
    let listed = Texts {
        listed: Some(vec!["open", "closed"]),
        ..Texts::default()
    };
    assert_eq!(fuel.within(&listed, &texts("^[a-z]+$")), Inclusion::All);
    assert_eq!(fuel.within(&listed, &texts("^.{4}$")), not("closed"));
    assert_eq!(
        fuel.within(&texts("^open$|^closed$"), &listed),
        Inclusion::All
    );
    assert_eq!(fuel.within(&listed, &Texts::none()), not("open"));
    assert_eq!(fuel.within(&texts("a[]"), &Texts::none()), Inclusion::All);
    let both = Texts {
        patterns: vec!["^a", "b$"],
        ..Texts::default()
    };
    assert_eq!(fuel.within(&both, &texts("^a.*b$")), not("a\nb"));
    assert_eq!(fuel.within(&texts("^a.*b$"), &both), Inclusion::All);
}

#[test]
fn what_is_not_regular_or_not_understood_is_not_decided() {
    for pattern in [
        "(?=a)b",
        "(?!a)b",
        "(?<=a)b",
        "(?<!a)b",
        r"(a)\1",
        r"(?<n>a)\k<n>",
        "(?i:a)",
        "(?i)a",
        r"\A",
        r"\z",
        r"\h",
        "a**",
        "^*",
        "*",
        "(",
        ")",
        "[a",
        "[b-a]",
        r"\",
        r"\x4",
        r"\u12",
        r"\ud83d",
        r"\cé",
        r"\p{Nothing}",
        r"\pL",
        "(?P<n>a)",
        "a{3,2}",
        "a{99999999999}",
    ] {
        assert_eq!(within("^[ab]$", pattern), Inclusion::Unknown, "{pattern}");
        assert_eq!(within(pattern, "^[ab]$"), Inclusion::Unknown, "{pattern}");
        // Whatever it means, it means the same on both sides.
        assert_eq!(within(pattern, pattern), Inclusion::All, "{pattern}");
    }
}

#[test]
fn hostile_patterns_cost_little() {
    let nested = format!("{}a{}", "(".repeat(900), ")".repeat(900));
    let stars = format!("^{}$", "(a*)*".repeat(200));
    let many = (0..500)
        .map(|it| char::from_u32(0x4e00 + it))
        .map(|it| it.map_or(String::new(), String::from));
    let letters: String = many.collect::<Vec<_>>().join("|");
    let hostile = [
        "(a|b)*a(a|b){20}",
        "^(a|b)*a(a|b){12}$",
        "^(?:(?:(?:a{50}){50}){50}){50}$",
        "^.{0,100000}$",
        "(.*a){25}",
        r"^(\p{L}|\p{N}|\p{P}|[a-z0-9_ ]){1,500}$",
        r"(\w+\s?){1,64}[^]*(x|y){30}",
        "(?:){4000000000}",
        &nested,
        &stars,
        &letters,
    ];
    for small in hostile {
        for large in hostile.into_iter().chain(["^a", ""]) {
            let mut fuel = Fuel::default();
            let long = Texts {
                most: Some(100_000),
                ..texts(small)
            };
            let before = Instant::now();
            fuel.within(&long, &texts(large));
            let took = before.elapsed();
            // A build without optimisation, on a machine that does something else.
            assert!(
                took < Duration::from_secs(5),
                "{small:.60} {large:.60}: {took:?}"
            );
        }
    }
}
