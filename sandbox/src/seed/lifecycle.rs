//! Status and dates of service products and services that agree: active products have a date of
//! activation, disconnected ones an end as well, and a service has the dates of its product.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::Seeder;
use super::periods::{day, never, text};
use super::random::Random;
use super::value::Location;

const PRODUCT: &str = "ServiceProduct";

/// Status and dates of a service product.
struct Lifecycle {
    status: &'static str,
    activated: Option<NaiveDate>,
    ended: Option<NaiveDate>,
}

impl Seeder {
    /// A field that depends on the status of a service product.
    pub(super) fn lifecycle_field(&self, location: &Location<'_>) -> Option<Value> {
        if location.is_body() || !location.parent.is_empty() {
            return None;
        }
        match (location.record, location.field) {
            (PRODUCT, "status") => Some(self.lifecycle(location.index).status.into()),
            (PRODUCT, "activated_date") => Some(self.activated(location.index)),
            (PRODUCT, "canceled_date") => Some(self.ended(location.index)),
            ("Service", "activated_date" | "disconnected_date") => {
                let (services, products) = (self.size("Service"), self.size(PRODUCT));
                // The dates agree only where every service has one product.
                if !products.owned || services.count != products.count {
                    return None;
                }
                Some(if location.field == "activated_date" {
                    self.activated(location.index)
                } else {
                    self.ended(location.index)
                })
            }
            _ => None,
        }
    }

    fn lifecycle(&self, index: u64) -> Lifecycle {
        let mut random = Random::at(self.seed, PRODUCT, index, "life");
        let began = day(&mut random, 1_200);
        let ended = began.checked_add_days(Days::new(30 + random.below(700)));
        match random.below(20) {
            0 => Lifecycle {
                status: "DENIED",
                activated: None,
                ended: None,
            },
            1 | 2 => Lifecycle {
                status: "PENDING",
                activated: None,
                ended: None,
            },
            3..=5 => Lifecycle {
                status: "DISCONNECTED",
                activated: Some(began),
                ended,
            },
            _ => Lifecycle {
                status: "ACTIVE",
                activated: Some(began),
                ended: None,
            },
        }
    }

    fn activated(&self, index: u64) -> Value {
        let mut random = Random::at(self.seed, PRODUCT, index, "activated");
        let activated = self.lifecycle(index).activated;
        activated.map_or_else(|| never(&mut random), text)
    }

    fn ended(&self, index: u64) -> Value {
        let mut random = Random::at(self.seed, PRODUCT, index, "ended");
        let ended = self.lifecycle(index).ended;
        ended.map_or_else(|| never(&mut random), text)
    }
}
