//! The sandbox over real HTTP.

mod account;
mod control;
mod create_then_get;
mod data;
mod errors;
mod every_operation;
mod faults;
mod key_links;
mod ledger;
mod lifecycle;
mod limits;
mod lists;
mod payments;
mod replication;
mod robustness;
mod round_trips;
mod schemas;
mod soap;
mod special_operations;
mod state;
mod strategies;
mod support;
mod webhooks;
mod writes;
