//! Commits and their files, through the `git` command: nothing is checked out.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use super::failure::Failure;
use crate::files;

/// Branches that the default base is looked for on.
const MAIN: [&str; 2] = ["origin/main", "main"];

/// A clone.
pub(crate) struct Git {
    /// Its top folder.
    pub(crate) root: PathBuf,
}

/// A commit and what it is called.
pub(crate) struct Commit {
    pub(crate) label: String,
    pub(crate) id: String,
}

impl Git {
    /// The clone around the current folder.
    pub(crate) fn here() -> Result<Self, Failure> {
        let output = Command::new("git")
            .args(["rev-parse", "--show-toplevel"])
            .output()
            .map_err(|error| started(&error))?;
        if !output.status.success() {
            return Err(Failure::failed(
                "revisions are compared inside a git clone, and this folder is in none; compare \
                 files with --old FILE --new FILE",
            ));
        }
        let root = String::from_utf8_lossy(&output.stdout);
        Ok(Self {
            root: PathBuf::from(root.trim_end_matches(['\n', '\r'])),
        })
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Failure> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(arguments);
        command.output().map_err(|error| started(&error))
    }

    /// What a command prints, without the line end; None when it fails.
    fn line(&self, arguments: &[&str]) -> Result<Option<String>, Failure> {
        let output = self.run(arguments)?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(text).filter(|text| output.status.success() && !text.is_empty()))
    }

    fn commit_id(&self, revision: &str) -> Result<Option<String>, Failure> {
        let commit = format!("{revision}^{{commit}}");
        self.line(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ])
    }

    /// The commit of a name.
    pub(crate) fn commit(&self, revision: &str) -> Result<Commit, Failure> {
        match self.commit_id(revision)? {
            // A whole id is more than a reader needs.
            Some(id) => Ok(Commit {
                label: id
                    .strip_prefix(revision)
                    .map_or(revision, |_| &id[..10])
                    .to_owned(),
                id,
            }),
            None => Err(self.missing(revision)?),
        }
    }

    /// Where HEAD left the main branch.
    pub(crate) fn merge_base(&self) -> Result<Commit, Failure> {
        self.commit("HEAD")?;
        for main in MAIN {
            if self.commit_id(main)?.is_none() {
                continue;
            }
            if let Some(id) = self.line(&["merge-base", main, "HEAD"])? {
                return Ok(Commit {
                    label: main.to_owned(),
                    id,
                });
            }
            let mut message =
                format!("HEAD and {main} have no commit in common that is in this clone");
            message.push_str(if self.is_shallow()? {
                "; it is shallow, fetch the rest:\n  git fetch --unshallow origin"
            } else {
                "; name the revision to compare with: cargo xtask diff BASE"
            });
            return Err(Failure::failed(message));
        }
        Err(Failure::failed(format!(
            "neither {} is in this clone; fetch it:\n  git fetch origin main:refs/remotes/origin/main\n\
             or name the revision to compare with: cargo xtask diff BASE",
            MAIN.join(" nor ")
        )))
    }

    fn is_shallow(&self) -> Result<bool, Failure> {
        let answer = self.line(&["rev-parse", "--is-shallow-repository"])?;
        Ok(answer.as_deref() == Some("true"))
    }

    /// What to do about a revision that isn't there.
    fn missing(&self, revision: &str) -> Result<Failure, Failure> {
        let remotes = self.line(&["remote"])?.unwrap_or_default();
        let remotes: Vec<&str> = remotes.lines().collect();
        let remote = match remotes.iter().find(|remote| **remote == "origin") {
            Some(origin) => Some(*origin),
            None => remotes.first().copied(),
        };
        let mut lines = vec![format!("the commit {revision} isn't in this clone")];
        match remote {
            None => lines.push(
                "it has no remote to fetch from; `git log --oneline` lists what is there"
                    .to_owned(),
            ),
            Some(remote) => {
                // What git reckons from another commit can't be fetched by its name.
                let (name, relative) = match revision.find(['~', '^', '@', ':']) {
                    Some(at) => (&revision[..at], true),
                    None => (revision, false),
                };
                let branch = name.strip_prefix(&format!("{remote}/"));
                if !relative || branch.is_some() {
                    lines.push("fetch it:".to_owned());
                    lines.push(match branch {
                        Some(branch) => {
                            format!("  git fetch {remote} {branch}:refs/remotes/{remote}/{branch}")
                        }
                        None => format!("  git fetch {remote} {name}"),
                    });
                }
                if self.is_shallow()? {
                    lines
                        .push("the clone is shallow; this fetches the rest of its history:".into());
                    lines.push(format!("  git fetch --unshallow {remote}"));
                }
            }
        }
        Ok(Failure::failed(lines.join("\n")))
    }

    /// The texts of a commit below some paths, by path. Names that start with a dot are left out.
    pub(crate) fn texts(
        &self,
        commit: &Commit,
        paths: &[&str],
    ) -> Result<BTreeMap<String, String>, Failure> {
        let mut arguments = vec!["ls-tree", "-r", "-z", &commit.id, "--"];
        arguments.extend(paths);
        let output = self.run(&arguments)?;
        if !output.status.success() {
            return Err(unreadable(commit, &String::from_utf8_lossy(&output.stderr)));
        }
        let mut blobs = Vec::new();
        for entry in output.stdout.split(|byte| *byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            let Some((meta, path)) = entry.split_once('\t') else {
                continue;
            };
            let mut meta = meta.split(' ');
            let file = meta.next().is_some_and(|mode| mode.starts_with("100"));
            let hidden = path.split('/').any(|name| name.starts_with('.'));
            if let (true, false, Some(id)) = (file, hidden, meta.nth(1)) {
                blobs.push((path.to_owned(), id.to_owned()));
            }
        }
        self.blobs(commit, blobs)
    }

    fn blobs(
        &self,
        commit: &Commit,
        blobs: Vec<(String, String)>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| started(&error))?;
        let ids: Vec<&str> = blobs.iter().map(|(_, id)| id.as_str()).collect();
        let asked = ids.join("\n") + "\n";
        let stdin = child.stdin.take();
        let mut answer = Vec::new();
        let read = thread::scope(|scope| {
            // Both ends of a pipe have to move, or a long list stops both.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            match child.stdout.take() {
                Some(mut stdout) => stdout.read_to_end(&mut answer),
                None => Ok(0),
            }
        });
        read.and_then(|_| child.wait())
            .map_err(|error| unreadable(commit, &error.to_string()))?;
        let mut left = answer.as_slice();
        let mut texts = BTreeMap::new();
        for (path, _) in blobs {
            let bytes = next_blob(&mut left)
                .ok_or_else(|| unreadable(commit, &format!("git has no content for {path}")))?;
            let text = String::from_utf8(bytes.to_vec())
                .map_err(|_| Failure::failed(format!("{path} of {} isn't UTF-8", commit.label)))?;
            texts.insert(path, text);
        }
        Ok(texts)
    }

    /// The version of the last release before a commit, by its tag `v1.2.3`.
    pub(crate) fn released(&self, commit: &Commit) -> Result<Option<String>, Failure> {
        let matching = ["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"];
        let tag = self.line(&[&matching[..], &[commit.id.as_str()]].concat())?;
        Ok(tag.and_then(|tag| tag.strip_prefix('v').map(str::to_owned)))
    }

    /// HEAD, when these paths of the work tree are as it has them.
    pub(crate) fn clean_head(&self, paths: &[&str]) -> Result<Option<String>, Failure> {
        let mut arguments = vec!["status", "--porcelain", "--"];
        arguments.extend(paths);
        let status = self.run(&arguments)?;
        if status.status.success() && status.stdout.is_empty() {
            return self.commit_id("HEAD");
        }
        Ok(None)
    }

    /// The name that git puts on commits.
    pub(crate) fn user(&self) -> Option<String> {
        self.line(&["config", "user.name"]).ok().flatten()
    }

    /// A file of the work tree; None when it isn't there. A link is refused: it is no file of a commit either.
    pub(crate) fn read(&self, path: &str) -> Result<Option<String>, Failure> {
        let bytes = files::read(&self.root, Path::new(path)).map_err(Failure::failed)?;
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| Failure::failed(format!("{path} isn't UTF-8")))
    }
}

/// A file's text; None when there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::failed(format!("{}: {error}", path.display()))),
    }
}

/// One answer of `cat-file --batch`: a line with the size, and as many bytes.
fn next_blob<'b>(left: &mut &'b [u8]) -> Option<&'b [u8]> {
    let end = left.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&left[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let blob = left.get(end + 1..end + 1 + size)?;
    *left = left.get(end + 2 + size..)?;
    Some(blob)
}

fn started(error: &std::io::Error) -> Failure {
    Failure::failed(format!("git could not be started: {error}; install it"))
}

fn unreadable(commit: &Commit, why: &str) -> Failure {
    Failure::failed(format!(
        "the files of {} can't be read: {}; `git fsck` tells more",
        commit.label,
        why.trim()
    ))
}
