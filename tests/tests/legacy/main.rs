//! The legacy operations through the public API, against the sandbox.

mod forms;
mod guards;
mod operations;
mod probe;
mod settings;
mod wsdl;
