//! The report that docs/schema-diff.md shows is what the command writes. `UPDATE_GOLDENS=1` writes it
//! anew.

#[path = "diff/repository.rs"]
mod repository;

use std::fs;
use std::path::Path;

use repository::Repository;

const BILLS: &str = "schema/rest/resources/bills.yaml";
const START: &str = "<!-- The report: written by xtask/tests/diff_example.rs. -->\n";
const END: &str = "<!-- The report ends. -->\n";

/// What the walk-through is about: a filter becomes required, a property is new.
fn report() -> String {
    let repository = Repository::new();
    repository.git(&["checkout", "-q", "-b", "due-dates"]);
    repository.edit(
        BILLS,
        "      responses:\n",
        "        - name: as_of\n          in: query\n          description: The day to look at.\n          \
         required: true\n          schema: {type: string}\n          \
         x-revio-evidence: documented\n      responses:\n",
    );
    repository.edit(
        BILLS,
        "        total: {",
        "        due_date: {type: string, nullable: true, x-revio-evidence: documented}\n        total: {",
    );
    repository.edit(
        BILLS,
        "Reads one bill.",
        "Reads one bill as it was on a day.",
    );
    repository.commit("Due dates");
    let answer = repository.diff(&["main", "due-dates", "--format", "markdown"]);
    answer.fails(1, &["1 change reaches --fail-on wire"]);
    answer.stdout
}

/// How many rules there are is no part of the example.
fn without_count(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let counts = |at: usize| words.get(at + 1) == Some(&"rules");
    let kept = words.iter().enumerate().filter(|(at, _)| !counts(*at));
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

#[test]
fn contributing_shows_what_the_command_writes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema-diff.md");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(START).expect("the report starts");
    let (shown, after) = rest.split_once(END).expect("the report ends");
    let report = format!("\n{}\n", report());
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&file, format!("{before}{START}{report}{END}{after}")).unwrap();
    } else {
        assert!(
            without_count(shown) == without_count(&report),
            "docs/schema-diff.md shows another report; see UPDATE_GOLDENS"
        );
    }
}
