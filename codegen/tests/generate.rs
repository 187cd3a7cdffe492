//! Generation as a whole gives the same bytes every time.

mod common;

use revio_codegen::generate::generate;
use revio_codegen::lower::Strictness;

#[test]
fn output_is_the_same_every_time_and_in_any_order_of_files() {
    let input = common::real();
    let first = generate(&input, Strictness::EveryPass).unwrap();
    let again = generate(&input, Strictness::EveryPass).unwrap();
    assert!(first == again, "two runs differ");

    let mut shuffled = input.clone();
    shuffled.fragments.reverse();
    shuffled.fragments.rotate_left(7);
    shuffled.legacy.reverse();
    let other = generate(&shuffled, Strictness::EveryPass).unwrap();
    for (one, two) in first.files.iter().zip(&other.files) {
        assert_eq!(one.0, two.0);
        assert!(one.1 == two.1, "{} depends on the order of files", one.0);
    }
    assert_eq!(first.files.len(), other.files.len());
}
