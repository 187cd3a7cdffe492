//! Service products and services whose status and dates agree: what is active has been activated,
//! what is disconnected has ended as well, and a service carries the dates of its product.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::Seeder;
use super::periods::{day, never, text};
use super::random::Random;
use super::value::Place;

const PRODUCT: &str = "ServiceProduct";

/// Where a service product stands, and since when.
struct Life {
    status: &'static str,
    activated: Option<NaiveDate>,
    ended: Option<NaiveDate>,
}

impl Seeder {
    /// A field that follows from where a service product stands.
    pub(super) fn life(&self, place: &Place<'_>) -> Option<Value> {
        if place.is_body() || !place.parent.is_empty() {
            return None;
        }
        match (place.record, place.field) {
            (PRODUCT, "status") => Some(self.life_of(place.index).status.into()),
            (PRODUCT, "activated_date") => Some(self.activated(place.index)),
            (PRODUCT, "canceled_date") => Some(self.ended(place.index)),
            ("Service", "activated_date" | "disconnected_date") => {
                let (services, products) = (self.size("Service"), self.size(PRODUCT));
                // Only where every service has one product are there dates to share.
                if !products.owned || services.count != products.count {
                    return None;
                }
                Some(if place.field == "activated_date" {
                    self.activated(place.index)
                } else {
                    self.ended(place.index)
                })
            }
            _ => None,
        }
    }

    fn life_of(&self, index: u64) -> Life {
        let mut random = Random::at(self.seed, PRODUCT, index, "life");
        let began = day(&mut random, 1_200);
        let ended = began.checked_add_days(Days::new(30 + random.below(700)));
        match random.below(20) {
            0 => Life {
                status: "DENIED",
                activated: None,
                ended: None,
            },
            1 | 2 => Life {
                status: "PENDING",
                activated: None,
                ended: None,
            },
            3..=5 => Life {
                status: "DISCONNECTED",
                activated: Some(began),
                ended,
            },
            _ => Life {
                status: "ACTIVE",
                activated: Some(began),
                ended: None,
            },
        }
    }

    fn activated(&self, index: u64) -> Value {
        let mut random = Random::at(self.seed, PRODUCT, index, "activated");
        let activated = self.life_of(index).activated;
        activated.map_or_else(|| never(&mut random), text)
    }

    fn ended(&self, index: u64) -> Value {
        let mut random = Random::at(self.seed, PRODUCT, index, "ended");
        let ended = self.life_of(index).ended;
        ended.map_or_else(|| never(&mut random), text)
    }
}
