//! `cargo xtask regen`: writes what is made from schema/; `--check` compares instead.
//!
//! Both go the same way up to the last step, so the check cannot pass on something that writing
//! would not produce.

use std::collections::BTreeSet;
use std::path::Path;

use revio_codegen::generate::{Output, generate};
use revio_codegen::lower::Strictness;

use crate::files::{self, Entry};
use crate::schema;

/// Folders that hold nothing but generated files.
const OWNED: &[&str] = &["revio-api/src/generated", "tests/src/generated"];

/// The one generated file that stands among others.
const BUNDLE: &str = "schema/openapi.json";

pub(crate) fn run(root: &Path, check: bool) -> Result<(), String> {
    if !check {
        let folder = Path::new(BUNDLE).parent().unwrap_or(Path::new(""));
        files::remove_unfinished(root, folder)?;
    }
    let present = present(root)?;
    let input = schema::read(root)?;
    let output = generate(&input, Strictness::EveryPass)
        .map_err(|complaints| schema::complain(&complaints))?;
    let plan = Plan::of(root, &output, present)?;
    if check { plan.compare() } else { plan.write() }
}

/// What stands in the owned folders, folders before what they hold. Fails when an owned folder, or one around it, is a
/// link: then nothing in it is ours.
fn present(root: &Path) -> Result<Vec<Entry>, String> {
    let mut found = Vec::new();
    for folder in OWNED {
        found.extend(files::list(root, Path::new(folder))?);
    }
    Ok(found)
}

/// What was generated, and what must not be beside it.
struct Plan<'o> {
    root: &'o Path,
    output: &'o Output,
    /// What stands in the owned folders and isn't what generation puts there.
    excess: Vec<Entry>,
}

impl<'o> Plan<'o> {
    fn of(root: &'o Path, output: &'o Output, mut excess: Vec<Entry>) -> Result<Self, String> {
        let mut wanted: BTreeSet<&Path> = BTreeSet::new();
        let mut folders: BTreeSet<&Path> = BTreeSet::new();
        for (path, _) in &output.files {
            let path = Path::new(path);
            let owned = OWNED.iter().any(|folder| path.starts_with(folder));
            if !owned && path != Path::new(BUNDLE) {
                return Err(format!(
                    "{} was generated, but is in no folder of generated files",
                    path.display()
                ));
            }
            wanted.insert(path);
            folders.extend(path.ancestors().skip(1));
        }
        excess.retain(|entry| {
            let path = entry.path.as_path();
            !(entry.kind.is_file() && wanted.contains(path)
                || entry.kind.is_dir() && folders.contains(path))
        });
        Ok(Self {
            root,
            output,
            excess,
        })
    }

    fn write(&self) -> Result<(), String> {
        // A folder is empty once what it held is gone.
        for entry in self.excess.iter().rev() {
            files::remove(self.root, entry)?;
        }
        let mut changed = 0;
        for (path, text) in &self.output.files {
            let path = Path::new(path);
            if files::read(self.root, path)?.as_deref() != Some(text.as_bytes()) {
                files::write(self.root, path, text.as_bytes())?;
                changed += 1;
            }
        }
        println!(
            "{} operations, {} files: {changed} written, {} removed",
            self.output.operations,
            self.output.files.len(),
            self.leftovers().count()
        );
        Ok(())
    }

    fn compare(&self) -> Result<(), String> {
        let mut stale = Vec::new();
        for (path, text) in &self.output.files {
            match files::read(self.root, Path::new(path)) {
                Ok(Some(old)) if old == text.as_bytes() => {}
                Ok(Some(old)) => {
                    let line = first_difference(&String::from_utf8_lossy(&old), text);
                    stale.push(format!("{path}:{line}: differs"));
                }
                Ok(None) => stale.push(format!("{path}: missing")),
                Err(message) => stale.push(message),
            }
        }
        let wanted: BTreeSet<&str> = self.output.files.iter().map(|(path, _)| &**path).collect();
        stale.extend(
            self.leftovers()
                .map(Entry::name)
                .filter(|name| !wanted.contains(name.as_str()))
                .map(|name| format!("{name}: not generated any more")),
        );
        if stale.is_empty() {
            println!("{} files are what schema/ says", self.output.files.len());
            return Ok(());
        }
        Err(format!(
            "{}\n{} of {} files are stale; run `cargo xtask regen` and commit the result",
            stale.join("\n"),
            stale.len(),
            self.output.files.len()
        ))
    }

    /// The excess without folders, which git doesn't keep.
    fn leftovers(&self) -> impl Iterator<Item = &Entry> {
        self.excess.iter().filter(|entry| !entry.kind.is_dir())
    }
}

fn first_difference(old: &str, new: &str) -> usize {
    let same = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new);
    same.count() + 1
}
