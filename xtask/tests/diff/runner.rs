//! Runs the scripts of a workflow as a runner of GitHub does: step after step in bash, with programs
//! of the test's own in front of those that would leave this machine.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use revio_codegen::load::Node;
use tempfile::TempDir;

use crate::workflow::workflow;

/// What a step said, and how it ended.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A machine that a job runs on.
pub(crate) struct Runner {
    folder: TempDir,
    /// What expressions like `github.repository` stand for.
    context: BTreeMap<&'static str, String>,
}

impl Runner {
    pub(crate) fn new(context: &[(&'static str, &str)]) -> Self {
        let runner = Self {
            folder: TempDir::new().unwrap(),
            context: context
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
        };
        for folder in ["bin", "work"] {
            fs::create_dir(runner.path(folder)).unwrap();
        }
        for file in ["env", "summary"] {
            fs::write(runner.path(file), "").unwrap();
        }
        runner
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Puts a program in front of all others of its name.
    pub(crate) fn program(&self, name: &str, script: &str) {
        let file = self.path("bin").join(name);
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs the scripts of a job until one fails. Steps that use an action are the test's to replace.
    pub(crate) fn job(&self, name: &str, job: &str, work: &Path) -> Vec<Step> {
        let document = workflow(name);
        let job = document
            .root()
            .pointer(&format!("/jobs/{job}"))
            .unwrap_or_else(|| panic!("{name} has no job {job}"));
        let mut all = self.environment(job);
        let mut done = Vec::new();
        for step in job.get("steps").unwrap().items() {
            let Some(script) = step.get("run").and_then(Node::as_str) else {
                continue;
            };
            let name = step.get("name").and_then(Node::as_str).unwrap_or(script);
            let mut environment = all.clone();
            environment.extend(self.environment(step));
            let step = self.step(name, script, &environment, work);
            for line in self.read("env").lines() {
                let (key, value) = line.split_once('=').expect("KEY=value");
                all.insert(key.to_owned(), value.to_owned());
            }
            let failed = step.code != 0;
            done.push(step);
            if failed {
                break;
            }
        }
        done
    }

    fn step(
        &self,
        name: &str,
        script: &str,
        environment: &BTreeMap<String, String>,
        work: &Path,
    ) -> Step {
        let path = std::env::var("PATH").unwrap();
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(work)
            .stdin(Stdio::null())
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("RUNNER", self.folder.path())
            .env("XTASK", env!("CARGO_BIN_EXE_xtask-schema"))
            .env("GITHUB_ENV", self.path("env"))
            .env("GITHUB_STEP_SUMMARY", self.path("summary"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(environment)
            .output()
            .unwrap();
        Step {
            name: name.to_owned(),
            code: output.status.code().expect("not ended by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The `env` of a job or a step.
    fn environment(&self, node: &Node) -> BTreeMap<String, String> {
        let entries = node.get("env").into_iter().flat_map(Node::entries);
        entries
            .map(|(key, value)| {
                let text = value.as_str().expect("a text");
                (key.name.clone(), self.evaluate(text))
            })
            .collect()
    }

    /// Puts in what expressions stand for; one that the test doesn't know is an error in either.
    fn evaluate(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, inside)) = rest.split_once("${{") {
            let (expression, after) = inside.split_once("}}").expect("closed");
            let value = self.context.get(expression.trim());
            out.push_str(before);
            out.push_str(value.unwrap_or_else(|| panic!("what is{expression}?")));
            rest = after;
        }
        out + rest
    }
}
