//! `cargo xtask regen` and `lint` on a copy of the schema: they touch nothing outside of the folders of generated files,
//! whatever links lead there, and refuse files of the schema that nobody reads.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const GENERATED: &str = "revio-api/src/generated";
const A_FILE: &str = "revio-api/src/generated/ids.rs";

/// A clone with nothing in it but the schema, and a folder that lies outside.
struct Clone {
    root: TempDir,
    outside: TempDir,
}

impl Clone {
    fn new() -> Self {
        let clone = Self {
            root: TempDir::new().unwrap(),
            outside: TempDir::new().unwrap(),
        };
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        copy(&project.join("schema"), &clone.path("schema"));
        fs::create_dir(clone.outside.path().join("sub")).unwrap();
        for name in ["a.txt", "sub/b.txt", "ids.rs"] {
            fs::write(clone.outside.path().join(name), "precious").unwrap();
        }
        clone
    }

    /// The same, with generated files.
    fn generated() -> Self {
        let clone = Self::new();
        clone.succeeds(&["regen"], " written, 0 removed");
        clone
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn link(&self, target: impl AsRef<Path>, path: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        symlink(target, self.path(path)).unwrap();
    }

    fn is_there(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// Whether it succeeded, and all that it printed.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask-schema"))
            .args(arguments)
            .arg("--root")
            .arg(self.root.path())
            .output()
            .unwrap();
        let printed = [output.stdout, output.stderr].concat();
        self.outside_is_untouched();
        (output.status.success(), String::from_utf8(printed).unwrap())
    }

    #[track_caller]
    fn succeeds(&self, arguments: &[&str], says: &str) {
        let (succeeded, printed) = self.run(arguments);
        assert!(succeeded && printed.contains(says), "{says:?}: {printed}");
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str], says: &str) {
        let (succeeded, printed) = self.run(arguments);
        assert!(!succeeded && printed.contains(says), "{says:?}: {printed}");
    }

    #[track_caller]
    fn outside_is_untouched(&self) {
        let folder = self.outside.path();
        let mut names: Vec<_> = [folder, &folder.join("sub")]
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        let names: Vec<_> = names
            .iter()
            .map(|it| it.strip_prefix(folder).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["a.txt", "ids.rs", "sub", "sub/b.txt"]);
        for name in ["a.txt", "sub/b.txt", "ids.rs"] {
            assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "precious");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn make_socket(path: &Path) {
    UnixListener::bind(path).unwrap();
}

#[test]
fn what_is_written_passes_the_check_and_stays() {
    let clone = Clone::generated();
    clone.succeeds(&["regen", "--check"], " files are what schema/ says");
    clone.succeeds(&["regen"], "0 written, 0 removed");
    let mode = fs::metadata(clone.path(A_FILE))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o444, 0o444, "others can't read the files: {mode:o}");
}

#[test]
fn links_in_generated_folders_are_removed_as_links() {
    let clone = Clone::generated();
    let links = ["zz", "resources/zz", "loop", "self", "dangling", "file.rs"];
    let path = |name: &str| format!("{GENERATED}/{name}");
    clone.link(clone.outside.path(), &path("zz"));
    clone.link(clone.outside.path().join("sub"), &path("resources/zz"));
    clone.link(".", &path("loop"));
    clone.link("self", &path("self"));
    clone.link("/nowhere/at/all", &path("dangling"));
    clone.link(clone.outside.path().join("a.txt"), &path("file.rs"));
    // Where generated files and folders belong.
    fs::remove_file(clone.path(A_FILE)).unwrap();
    clone.link(clone.outside.path().join("ids.rs"), A_FILE);
    fs::remove_dir_all(clone.path(&path("resources/bills"))).unwrap();
    clone.link(clone.outside.path(), &path("resources/bills"));

    let (succeeded, printed) = clone.run(&["regen", "--check"]);
    assert!(!succeeded);
    for name in links {
        let line = format!("{}: not generated any more", path(name));
        assert!(printed.contains(&line), "{line}: {printed}");
    }
    assert!(printed.contains("ids.rs is a symbolic link"), "{printed}");
    assert!(
        printed.contains("resources/bills is a symbolic link"),
        "{printed}"
    );

    clone.succeeds(&["regen"], "8 removed");
    for name in links {
        assert!(!clone.is_there(&path(name)), "{name}");
    }
    clone.succeeds(&["regen", "--check"], " files are what schema/ says");
}

#[test]
fn a_link_with_the_right_content_is_no_generated_file() {
    let clone = Clone::generated();
    fs::rename(clone.path(A_FILE), clone.path("copy.rs")).unwrap();
    clone.link(clone.path("copy.rs"), A_FILE);
    clone.fails(&["regen", "--check"], "ids.rs is a symbolic link");
    clone.succeeds(&["regen"], "1 written, 1 removed");
    assert!(fs::symlink_metadata(clone.path(A_FILE)).unwrap().is_file());
}

#[test]
fn a_folder_of_generated_files_behind_a_link_is_refused() {
    for path in [
        "revio-api",
        "revio-api/src",
        GENERATED,
        "tests",
        "tests/src",
        "tests/src/generated",
    ] {
        let clone = Clone::new();
        clone.link(clone.outside.path(), path);
        let message = format!("{path} is a symbolic link");
        clone.fails(&["regen"], &message);
        clone.fails(&["regen", "--check"], &message);
        assert!(clone.is_there(path));
    }
}

#[test]
fn a_clone_behind_a_link_is_taken_as_it_is() {
    let clone = Clone::new();
    let parent = TempDir::new().unwrap();
    let root = parent.path().join("clone");
    symlink(clone.root.path(), &root).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_xtask-schema"))
        .args(["regen", "--root"])
        .arg(&root)
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    clone.succeeds(&["regen", "--check"], " files are what schema/ says");
}

#[test]
fn the_bundle_behind_a_link_is_refused() {
    let clone = Clone::generated();
    fs::remove_file(clone.path("schema/openapi.json")).unwrap();
    clone.link(clone.outside.path().join("a.txt"), "schema/openapi.json");
    let message = "schema/openapi.json:1: schema-files: this is a symbolic link";
    clone.fails(&["regen"], message);
    clone.fails(&["regen", "--check"], message);
    clone.fails(&["lint"], message);
}

#[test]
fn a_file_with_a_second_name_is_replaced_and_not_written_through() {
    let clone = Clone::generated();
    fs::remove_file(clone.path(A_FILE)).unwrap();
    fs::write(clone.path("other"), "precious").unwrap();
    fs::hard_link(clone.path("other"), clone.path(A_FILE)).unwrap();
    clone.succeeds(&["regen"], "1 written, 0 removed");
    assert_eq!(fs::read_to_string(clone.path("other")).unwrap(), "precious");
}

#[test]
fn what_a_killed_run_leaves_is_no_generated_file_and_is_removed() {
    let clone = Clone::generated();
    let halves = [
        format!("{GENERATED}/.regen-4Fx2aQ"),
        format!("{GENERATED}/resources/bills/.regen-k3"),
        "tests/src/generated/.regen-".to_owned(),
        "schema/.regen-Zb81Lq".to_owned(),
    ];
    for half in &halves {
        fs::write(clone.path(half), "pub struct Hal").unwrap();
    }
    clone.fails(
        &["regen", "--check"],
        "schema/.regen-Zb81Lq:1: schema-files",
    );
    fs::remove_file(clone.path(&halves[3])).unwrap();
    clone.fails(
        &["regen", "--check"],
        "/.regen-4Fx2aQ: not generated any more",
    );
    clone.link(clone.outside.path(), &halves[3]);
    clone.succeeds(&["regen"], "0 written, 3 removed");
    for half in &halves {
        assert!(!clone.is_there(half), "{half}");
    }
    clone.succeeds(&["regen", "--check"], " files are what schema/ says");
}

#[test]
fn what_is_no_file_gives_way_to_generated_files() {
    let clone = Clone::generated();
    let path = |name: &str| clone.path(&format!("{GENERATED}/{name}"));
    // A folder where a file belongs, a file where a folder belongs, a socket that nobody listens to.
    fs::remove_file(clone.path(A_FILE)).unwrap();
    fs::create_dir_all(path("ids.rs/deep/deeper")).unwrap();
    fs::write(path("ids.rs/deep/x.rs"), "").unwrap();
    fs::remove_dir_all(path("resources/bills")).unwrap();
    fs::write(path("resources/bills"), "").unwrap();
    make_socket(&path("socket"));
    fs::remove_file(path("mod.rs")).unwrap();
    make_socket(&path("mod.rs"));
    clone.fails(&["regen", "--check"], "mod.rs is there, but is no file");
    clone.succeeds(&["regen"], "4 removed");
    clone.succeeds(&["regen", "--check"], " files are what schema/ says");
    assert!(!path("socket").exists());
}

#[test]
fn files_of_the_schema_that_nobody_reads_are_refused() {
    let clone = Clone::generated();
    for path in [
        "schema/rest/resources/bills2.yml",
        "schema/rest/resources/bills2.YAML",
        "schema/rest/resources/.bills.yaml",
        "schema/rest/resources/bills.json",
        "schema/rest/resources/more/bills2.yaml",
        "schema/rest/bills2.yaml",
        "schema/legacy/bills_query.yaml",
        "schema/legacy/bills_query.JSON",
        "schema/legacy/.hidden.json",
        "schema/bills.yaml",
        "schema/openapi.yaml",
        "schema/extra/notes.md",
    ] {
        let folder = clone.path(path);
        let folder = folder.parent().unwrap();
        let is_new = !folder.exists();
        fs::create_dir_all(folder).unwrap();
        fs::write(clone.path(path), "{}").unwrap();
        let place = if is_new { folder } else { &clone.path(path) };
        let place = place.strip_prefix(clone.root.path()).unwrap();
        let message = format!("{}:1: schema-files: nobody reads this f", place.display());
        for arguments in [&["lint"][..], &["regen"], &["regen", "--check"]] {
            clone.fails(arguments, &message);
        }
        fs::remove_file(clone.path(path)).unwrap();
        if is_new {
            fs::remove_dir(folder).unwrap();
        }
    }
    clone.succeeds(&["lint"], "schema/ is clean");
}

#[test]
fn what_is_no_file_of_the_schema_is_not_opened() {
    let clone = Clone::new();
    make_socket(&clone.path("schema/rest/resources/socket.yaml"));
    clone.link("/dev/zero", "schema/legacy/zero.json");
    clone.link(clone.outside.path(), "schema/legacy/more");
    clone.link(
        "../../rest/resources/bills.yaml",
        "schema/rest/resources/b.yaml",
    );
    for command in ["lint", "regen"] {
        for message in [
            "schema/rest/resources/socket.yaml:1: schema-files: this is no regular file",
            "schema/legacy/zero.json:1: schema-files: this is a symbolic link",
            "schema/legacy/more:1: schema-files: this is a symbolic link",
            "schema/rest/resources/b.yaml:1: schema-files: this is a symbolic link",
            "4 problems",
        ] {
            clone.fails(&[command], message);
        }
    }
    assert!(!clone.is_there(GENERATED));
}

#[test]
fn a_schema_behind_a_link_is_refused() {
    for path in [
        "schema",
        "schema/rest",
        "schema/rest/resources",
        "schema/legacy",
    ] {
        let clone = Clone::new();
        let away = clone.path("away");
        fs::rename(clone.path(path), &away).unwrap();
        clone.link(&away, path);
        let message = format!("{path} is a symbolic link");
        let refused = format!("{path}:1: schema-files: this is a symbolic link");
        clone.fails(&["lint"], &refused);
        let says = if path == "schema" { &message } else { &refused };
        clone.fails(&["regen"], says);
    }
}
