//! The active rules, and how often each was applied.

use std::collections::HashMap;

use super::fault::Fault;
use super::rule::{FaultRule, Faults};
use crate::schema::Verb;
use crate::seed::Random;

/// The fault that is injected into a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InjectedFault {
    pub(crate) fault: Fault,
    /// Whether the call takes effect.
    pub(crate) executes: bool,
}

/// The active rules and their counters.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    faults: Faults,
    all: u64,
    of_operation: HashMap<String, u64>,
    /// How often each rule was applied.
    hits: Vec<u64>,
}

impl Plan {
    pub(crate) fn new(faults: Faults) -> Self {
        Self {
            hits: vec![0; faults.rules().len()],
            faults,
            ..Self::default()
        }
    }

    /// The rules.
    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Counts a call and selects its fault.
    pub(crate) fn select(&mut self, operation: Option<(&str, Verb)>) -> Option<InjectedFault> {
        self.all += 1;
        let of_operation = match operation {
            Some((id, _)) => {
                let count = self.of_operation.entry(id.to_owned()).or_default();
                *count += 1;
                *count
            }
            None => 0,
        };
        let rules = self.faults.rules().iter().zip(&mut self.hits).enumerate();
        for (index, (rule, hits)) in rules {
            let number = match rule.operation() {
                None => self.all,
                Some(id) if operation.is_some_and(|(called, _)| called == id) => of_operation,
                Some(_) => continue,
            };
            let is_list = operation.is_some_and(|(_, verb)| verb == Verb::List);
            if (rule.fault().is_about_pages() && !is_list)
                || rule.limit().is_some_and(|limit| *hits >= limit)
                || !applies(rule, self.faults.seed(), index, number)
            {
                continue;
            }
            *hits += 1;
            return Some(InjectedFault {
                fault: rule.fault().clone(),
                executes: rule.executes(),
            });
        }
        None
    }
}

/// Whether a rule applies to the call with this number. It depends on nothing else, so concurrent
/// calls don't influence each other.
fn applies(rule: &FaultRule, seed: u64, index: usize, number: u64) -> bool {
    if !rule.numbers().is_empty() && !rule.numbers().contains(&number) {
        return false;
    }
    rule.probability().is_none_or(|chance| {
        let name = rule.operation().unwrap_or("*");
        let mut random = Random::at(seed, name, number, &format!("rule {index}"));
        random.unit() < chance
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Option<(&str, Verb)> = Some(("bills_list", Verb::List));
    const PAY: Option<(&str, Verb)> = Some(("payments_create", Verb::Create));

    fn selected_calls(plan: &mut Plan, calls: u64) -> Vec<u64> {
        (1..=calls).filter(|_| plan.select(PAY).is_some()).collect()
    }

    #[test]
    fn by_number_and_operation() {
        let rule = FaultRule::on("payments_create", Fault::Reset).calls([2, 3]);
        let mut plan = Plan::new(Faults::default().rule(rule));
        assert_eq!(plan.select(LIST), None);
        assert_eq!(selected_calls(&mut plan, 5), [2, 3]);
    }

    #[test]
    fn first_rule_counts_and_runs_out() {
        let mut plan = Plan::new(
            Faults::default()
                .rule(FaultRule::anywhere(Fault::Hang).times(1))
                .rule(FaultRule::anywhere(Fault::status(500)).times(1)),
        );
        let selected = |plan: &mut Plan| plan.select(PAY).map(|it| (it.fault, it.executes));
        assert_eq!(selected(&mut plan), Some((Fault::Hang, true)));
        assert_eq!(selected(&mut plan), Some((Fault::status(500), false)));
        assert_eq!(selected(&mut plan), None);
    }

    #[test]
    fn page_faults_leave_others_alone() {
        let rule = FaultRule::anywhere(Fault::MissingPage);
        let mut plan = Plan::new(Faults::default().rule(rule));
        assert_eq!(plan.select(PAY), None);
        assert!(plan.select(LIST).is_some());
        assert_eq!(plan.select(None), None);
    }

    #[test]
    fn chance_is_fair_and_repeats() {
        let run = |seed| {
            let rule = FaultRule::on("payments_create", Fault::Reset).chance(0.2);
            selected_calls(&mut Plan::new(Faults::seeded(seed).rule(rule)), 10_000)
        };
        let first = run(1);
        assert!((1_850..2_150).contains(&first.len()), "{}", first.len());
        assert_eq!(first, run(1));
        assert_ne!(first, run(2));
    }
}
