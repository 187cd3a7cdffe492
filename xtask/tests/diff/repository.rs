//! A small project in a git repository of its own, and the command run in it.

#![allow(dead_code, reason = "each test uses its own part")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const OPENAPI: &str = "\
openapi: 3.0.3
info: {title: Small, version: '1'}
servers: [{url: 'https://api.example.com'}]
components:
  schemas:
    ErrorBody: {type: object, properties: {message: {type: string}}}
  responses:
    Error:
      description: What went wrong.
      content: {application/json: {schema: {$ref: '#/components/schemas/ErrorBody'}}}
";

const BILLS: &str = "\
tags: [{name: bills, description: Bills.}]
paths:
  /Bills/{id}:
    get:
      tags: [bills]
      operationId: bills_get
      summary: Get a bill
      description: Reads one bill.
      x-revio-effect: read
      x-revio-evidence: documented
      x-revio-record: Bill
      parameters:
        - name: id
          in: path
          required: true
          schema: {type: integer, format: int32}
          x-revio-evidence: documented
          x-revio-id: BillId
      responses:
        '200':
          description: The bill.
          content: {application/json: {schema: {$ref: '#/components/schemas/Bill'}}}
        4XX: {$ref: '#/components/responses/Error'}
        5XX: {$ref: '#/components/responses/Error'}
components:
  schemas:
    Bill:
      type: object
      description: A bill.
      required: [bill_id]
      properties:
        bill_id: {type: integer, format: int32, x-revio-evidence: documented, x-revio-id: BillId, x-revio-own-id: true}
        total: {type: number, format: decimal, nullable: true, x-revio-evidence: documented}
";

const NUMBER: &str = "total: {type: number, format: decimal";
const FLAG: &str = "total: {type: boolean";

/// A repository with one commit on `main`.
pub(crate) struct Repository {
    pub(crate) folder: TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Self::empty();
        repository.write("schema/rest/openapi.yaml", OPENAPI);
        repository.write("schema/rest/resources/bills.yaml", BILLS);
        repository.write("Cargo.toml", "[workspace.package]\nversion = \"0.6.3\"\n");
        repository.commit("first");
        repository
    }

    /// A repository without a commit.
    pub(crate) fn empty() -> Self {
        let repository = Self {
            folder: TempDir::new().unwrap(),
        };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Replaces a text of the schema that occurs once.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        self.write(path, &text.replace(from, to));
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }

    /// `cargo xtask diff` in this repository.
    pub(crate) fn diff(&self, arguments: &[&str]) -> Answer {
        diff(self.path(), arguments)
    }

    /// Turns an amount into a flag: callers, published crates and Rust code break.
    pub(crate) fn break_it(&self) {
        self.edit("schema/rest/resources/bills.yaml", NUMBER, FLAG);
    }

    /// Takes that back.
    pub(crate) fn mend_it(&self) {
        self.edit("schema/rest/resources/bills.yaml", FLAG, NUMBER);
    }
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        // The same commits every time.
        .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.com"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        text(output.stderr)
    );
    text(output.stdout).trim().to_owned()
}

/// What the command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// Checks the code and what standard error has to say.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for text in says {
            assert!(
                self.stderr.contains(text),
                "{text:?} is not in {}",
                self.stderr
            );
        }
    }

    /// Checks that it went well and what standard output has to say.
    #[track_caller]
    pub(crate) fn succeeds(&self, says: &[&str]) {
        assert_eq!(self.code, 0, "{self:?}");
        for text in says {
            assert!(
                self.stdout.contains(text),
                "{text:?} is not in {}",
                self.stdout
            );
        }
    }
}

pub(crate) fn diff(folder: &Path, arguments: &[&str]) -> Answer {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_xtask-schema"))
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .env_remove("GITHUB_SERVER_URL")
        .arg("diff")
        .args(arguments)
        .output()
        .unwrap();
    Answer {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
