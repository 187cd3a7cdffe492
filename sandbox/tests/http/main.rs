//! The sandbox over real HTTP.

mod account;
mod anything;
mod control;
mod create_then_get;
mod data;
mod effects;
mod errors;
mod every_operation;
mod faults;
mod garbage;
mod key_links;
mod ledger;
mod lifecycle;
mod limits;
mod lists;
mod payments;
mod schemas;
mod soap;
mod state;
mod support;
mod tap;
mod webhooks;
mod writes;
mod written;
