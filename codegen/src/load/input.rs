//! The files of `schema/`, and nothing else: a file that nobody reads looks like a part of the schema and is none.

use std::fs::{self, FileType};
use std::path::Path;

use api_schema_text::{Diagnostic, Source, read_file};

/// What generation starts from.
#[derive(Clone, Debug)]
pub struct Input {
    /// `schema/rest/openapi.yaml`.
    pub openapi: Source,
    /// `schema/rest/resources/*.yaml`, in any order.
    pub fragments: Vec<Source>,
    /// `schema/legacy/*.json`, in any order.
    pub legacy: Vec<Source>,
}

/// A folder of the schema and what may stand in it.
struct Folder {
    path: &'static str,
    folders: &'static [&'static str],
    /// Names of single files.
    files: &'static [&'static str],
    /// The extension of all other files.
    extension: Option<&'static str>,
}

const ROOT: Folder = Folder {
    path: "schema",
    folders: &["rest", "legacy"],
    files: &["README.md", "accepted-changes.toml", "openapi.json"],
    extension: None,
};

const REST: Folder = Folder {
    path: "schema/rest",
    folders: &["resources"],
    files: &["openapi.yaml"],
    extension: None,
};

const RESOURCES: Folder = Folder {
    path: "schema/rest/resources",
    folders: &[],
    files: &[],
    extension: Some("yaml"),
};

const LEGACY: Folder = Folder {
    path: "schema/legacy",
    folders: &[],
    files: &[],
    extension: Some("json"),
};

impl Input {
    /// Reads `schema/` below `root`. Symbolic links are not followed, and nothing but files is opened.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use revio_codegen::load::Input;
    ///
    /// let complaints = Input::read(Path::new("nowhere")).unwrap_err();
    /// assert_eq!(complaints[0].rule, "schema-files");
    /// ```
    ///
    /// # Errors
    /// Everything below `schema/` that nobody reads: files of another name or in another folder, hidden files, symbolic
    /// links, devices, and files that aren't UTF-8 or too large. Also folders that are missing.
    pub fn read(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let mut read = |folder: &Folder| folder.read(root, &mut diagnostics);
        read(&ROOT);
        let openapi = read(&REST).pop();
        let (fragments, legacy) = (read(&RESOURCES), read(&LEGACY));
        match openapi {
            Some(openapi) if diagnostics.is_empty() => Ok(Self {
                openapi,
                fragments,
                legacy,
            }),
            _ => {
                diagnostics.sort();
                Err(diagnostics)
            }
        }
    }
}

impl Folder {
    /// The files in it, in the order of their names.
    fn read(&self, root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<Source> {
        let mut report = |path: &str, message: String, help: String| {
            diagnostics.push(Diagnostic {
                file: path.to_owned(),
                line: 1,
                rule: "schema-files",
                message,
                help,
            });
        };
        // The folder above speaks about a link.
        if (self.path.match_indices('/').map(|(at, _)| &self.path[..at]))
            .chain([self.path])
            .any(|path| fs::symlink_metadata(root.join(path)).is_ok_and(|it| it.is_symlink()))
        {
            if self.path == ROOT.path {
                report(
                    self.path,
                    "this is a symbolic link".to_owned(),
                    LINK.to_owned(),
                );
            }
            return Vec::new();
        }
        let mut entries = Vec::new();
        let listed = fs::read_dir(root.join(self.path)).and_then(|all| {
            for entry in all {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                entries.push((name, entry.path(), entry.file_type()?));
            }
            Ok(())
        });
        if let Err(error) = listed {
            let message = format!("the folder can't be read: {error}");
            let help = "restore it, or name the project's folder with --root";
            report(self.path, message, help.to_owned());
            return Vec::new();
        }
        entries.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let mut sources = Vec::new();
        for (name, file, kind) in entries {
            let path = format!("{}/{name}", self.path);
            if let Some((message, help)) = self.refuse(&name, kind) {
                report(&path, message, help);
            } else if kind.is_file() && (self.extension.is_some() || self.path == REST.path) {
                match read_file(&file) {
                    Ok(text) => sources.push(Source { path, text }),
                    Err(error) => {
                        let help = "save it as UTF-8, and make it readable";
                        report(
                            &path,
                            format!("the file can't be read: {error}"),
                            help.to_owned(),
                        );
                    }
                }
            }
        }
        for name in self.folders.iter().chain(self.files) {
            let needed = self.folders.contains(name) || self.path == REST.path;
            if needed && fs::symlink_metadata(root.join(self.path).join(name)).is_err() {
                let message = format!("{name} is missing");
                report(self.path, message, "restore it".to_owned());
            }
        }
        sources
    }

    /// What is wrong with an entry, and what to do.
    fn refuse(&self, name: &str, kind: FileType) -> Option<(String, String)> {
        let refused = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
        if kind.is_symlink() {
            return refused("this is a symbolic link", LINK);
        }
        if kind.is_dir() {
            return if self.folders.contains(&name) {
                None
            } else {
                refused(
                    "nobody reads this folder",
                    "move its files to where they are read, and remove it",
                )
            };
        }
        if !kind.is_file() {
            return refused("this is no regular file", "remove it");
        }
        let extension = Path::new(name).extension().and_then(|it| it.to_str());
        let is_read = self.files.contains(&name)
            || extension.is_some() && extension == self.extension && !name.starts_with('.');
        (!is_read).then(|| ("nobody reads this file".to_owned(), self.help(name)))
    }

    fn help(&self, name: &str) -> String {
        if name.starts_with('.') {
            return "remove it; hidden files are not read".to_owned();
        }
        let folders = [ROOT, REST, RESOURCES, LEGACY];
        let stem = Path::new(name).file_stem().and_then(|it| it.to_str());
        let stem = stem.unwrap_or(name);
        let extension = Path::new(name).extension().and_then(|it| it.to_str());
        let extension = match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("yaml" | "yml") => Some("yaml"),
            Some("json") => Some("json"),
            _ => None,
        };
        let meant = folders.iter().find_map(|folder| {
            let file = folder.files.iter().find(|it| it.eq_ignore_ascii_case(name));
            file.map(|file| (folder, (*file).to_owned()))
        });
        let by_extension = || {
            let folder = folders
                .iter()
                .find(|it| extension.is_some() && it.extension == extension)?;
            Some((folder, format!("{stem}.{}", extension?)))
        };
        match meant.or_else(by_extension) {
            Some((folder, file)) if folder.path == self.path => {
                format!("rename it to {file}, or remove it")
            }
            Some((folder, file)) => format!("move it to {}/{file}, or remove it", folder.path),
            None => "remove it; the README of the schema lists the files that are read".to_owned(),
        }
    }
}

const LINK: &str = "replace it by what it leads to: links are not followed";
