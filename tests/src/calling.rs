//! x
use std::future::Future;
use std::pin::Pin;
use revio_api::Client;
pub type Outcome = Result<u16, Box<dyn std::error::Error + Send + Sync>>;
pub type Call = for<'a> fn(&'a Client, &'a Ids) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;
pub struct Ids;
impl Ids { pub fn of(&self, _name: &str) -> i32 { 1 } pub fn free_form(&self) -> &str { "{}" } }
