//! Fault rules: which calls get which fault.

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::schema::{Api, Verb};

/// A list of rules. The first rule that matches a call applies.
///
/// # Examples
///
/// The first payment is executed and its response is lost; one in five of all other calls is
/// refused, always the same ones.
///
/// ```
/// use revio_sandbox::{Fault, FaultRule, Faults};
///
/// let faults = Faults::seeded(7)
///     .rule(FaultRule::on("payments_create", Fault::Reset).calls([1]))
///     .rule(FaultRule::anywhere(Fault::status(503)).chance(0.2));
/// let text = serde_json::to_string(&faults)?;
/// assert_eq!(serde_json::from_str::<Faults>(&text)?, faults);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faults {
    /// Seed of the random numbers: the same seed selects the same calls.
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    rules: Vec<FaultRule>,
}

/// Which calls fail, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// The `operationId`; none for all operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    /// Numbers of the calls, from 1: of the rule's operation, or of all, since the rule was set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    calls: Vec<u64>,
    /// Probability of the fault, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chance: Option<f64>,
    /// Most calls that get the fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// Whether the call takes effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    executed: Option<bool>,
    fault: Fault,
}

/// Why fault rules are refused. The active rules stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fault rule {rule}: {problem}")]
pub struct FaultsError {
    /// Position in the list, from 1.
    rule: usize,
    problem: String,
}

impl Faults {
    /// No rules yet; random numbers are drawn from `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self {
            seed,
            rules: Vec::new(),
        }
    }

    /// Adds a rule after the others.
    pub fn rule(mut self, rule: FaultRule) -> Self {
        self.rules.push(rule);
        self
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    pub(super) fn rules(&self) -> &[FaultRule] {
        &self.rules
    }

    /// Refuses rules that contradict themselves or the schema.
    pub(crate) fn check(&self, api: &Api) -> Result<(), FaultsError> {
        for (index, rule) in self.rules.iter().enumerate() {
            rule.check(api).map_err(|problem| FaultsError {
                rule: index + 1,
                problem,
            })?;
        }
        Ok(())
    }
}

impl FaultRule {
    /// A fault of every call of one operation, by its `operationId`, unless narrowed.
    pub fn on(operation: impl Into<String>, fault: Fault) -> Self {
        Self {
            operation: Some(operation.into()),
            ..Self::anywhere(fault)
        }
    }

    /// A fault of every call of any operation, unless narrowed.
    pub fn anywhere(fault: Fault) -> Self {
        Self {
            operation: None,
            calls: Vec::new(),
            chance: None,
            times: None,
            executed: None,
            fault,
        }
    }

    /// Only the calls with these numbers, from 1: of the rule's operation, or of all.
    pub fn calls(mut self, numbers: impl IntoIterator<Item = u64>) -> Self {
        self.calls = numbers.into_iter().collect();
        self
    }

    /// Only some calls, with this probability from 0 to 1.
    pub fn chance(mut self, probability: f64) -> Self {
        self.chance = Some(probability);
        self
    }

    /// At most this many calls.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether the call takes effect. By default it does where only the response is damaged
    /// (reset, close, hang, truncated, ...), and doesn't where something in front of the service
    /// responds (a status, a redirect, an HTML page).
    pub fn executed(mut self, executed: bool) -> Self {
        self.executed = Some(executed);
        self
    }

    pub(super) fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    pub(super) fn numbers(&self) -> &[u64] {
        &self.calls
    }

    pub(super) fn probability(&self) -> Option<f64> {
        self.chance
    }

    pub(super) fn limit(&self) -> Option<u64> {
        self.times
    }

    pub(super) fn fault(&self) -> &Fault {
        &self.fault
    }

    pub(super) fn executes(&self) -> bool {
        self.executed.unwrap_or_else(|| self.fault.executes())
    }

    fn check(&self, api: &Api) -> Result<(), String> {
        if let Some(name) = &self.operation {
            let operation = api.operation(name).ok_or_else(|| {
                format!("there is no operation {name}; use an operationId of the schema, such as payments_create")
            })?;
            if self.fault.is_about_pages() && operation.verb != Verb::List {
                let fault = self.fault.name();
                return Err(format!(
                    "{fault} applies to lists only, and {name} is no list"
                ));
            }
        }
        if self
            .chance
            .is_some_and(|chance| !(0.0..=1.0).contains(&chance))
        {
            return Err("chance must be a number from 0 to 1".to_owned());
        }
        if self.calls.contains(&0) {
            return Err("calls are counted from 1".to_owned());
        }
        match (&self.fault, self.executed) {
            (Fault::Status { status, .. }, _) if !(300..=599).contains(status) => {
                Err(format!("status {status} must be from 300 to 599"))
            }
            (Fault::GzipBomb { mib }, _) if !(1..=1024).contains(mib) => {
                Err("mib must be from 1 to 1024".to_owned())
            }
            (Fault::Drip { bytes: 0, .. }, _) => Err("bytes must be at least 1".to_owned()),
            (Fault::Redirect { to }, _)
                if !(to.starts_with("http://") || to.starts_with("https://")) =>
            {
                Err("to must be a scheme and a host, such as http://elsewhere.invalid".to_owned())
            }
            (Fault::CloseUnread, Some(true)) => {
                Err("a request that isn't read can't be executed".to_owned())
            }
            (fault, Some(false)) if fault.needs_the_response() => Err(format!(
                "{} damages a response, so the call must be executed",
                fault.name()
            )),
            _ => Ok(()),
        }
    }
}
