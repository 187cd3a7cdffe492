//! The legacy service: the SOAP operations of `schema/legacy` beside REST, on the same records.
//!
//! It behaves like an ASMX service: it ignores unknown elements without an error, responds with 200
//! to calls that it refuses, and with 500 and a fault to requests that it can't read. `mapping.json`
//! maps its elements to fields of REST. [`SoapSettings`] changes assumptions about the service, and
//! [`SoapForm`] makes its responses malformed.

mod envelope;
mod failure;
mod form;
mod help;
mod malformed;
mod mapping;
mod node;
mod perform;
mod query;
mod read_request;
mod render;
mod request;
mod response;
mod rules;
mod service;
mod session;
mod settings;
mod table;
mod value;
mod write;
mod wsdl;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use form::{SoapForm, UnknownSoap};
pub(crate) use request::SoapRequest;
pub use settings::{SoapDates, SoapLayout, SoapNulls, SoapSettings, SoapVersion};

use crate::schema::SchemaError;
use form::FormQueue;
use mapping::Mapping;
use session::Sessions;
use table::Tables;

/// The legacy service of one sandbox.
pub(crate) struct Soap {
    tables: Tables,
    mapping: Mapping,
    settings: SoapSettings,
    namespace: String,
    path: String,
    state: Mutex<State>,
}

/// The state beside the records.
#[derive(Default)]
struct State {
    sessions: Sessions,
    forms: FormQueue,
}

impl Soap {
    pub(crate) fn new(settings: SoapSettings) -> Result<Self, SchemaError> {
        let tables = Tables::bundled()?;
        let default = |name: &str| tables.text(name).to_owned();
        let namespace = settings.namespace.clone();
        let namespace = namespace.unwrap_or_else(|| default("namespace"));
        let path = settings.path.clone();
        let path = path.unwrap_or_else(|| path_of(&default("endpoint")).to_owned());
        Ok(Self {
            mapping: Mapping::bundled()?,
            tables,
            settings,
            namespace,
            path,
            state: Mutex::default(),
        })
    }

    /// The path of the service.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether a path is that of the service, in any case.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        path.eq_ignore_ascii_case(&self.path)
    }

    /// Queues a form for a response of an operation.
    pub(crate) fn plan(&self, operation: &str, form: SoapForm) -> Result<(), UnknownSoap> {
        if !self.operations().any(|known| known == operation) {
            return Err(UnknownSoap {
                what: "operation",
                name: operation.to_owned(),
                known: self.operations().map(str::to_owned).collect(),
            });
        }
        self.state().forms.add(operation, form);
        Ok(())
    }

    /// Clears the queue of forms.
    pub(crate) fn clear_plan(&self) {
        self.state().forms.clear();
    }

    /// Ends all sessions.
    pub(crate) fn expire_sessions(&self) {
        self.state().sessions.expire();
    }

    /// The names of all operations; session operations come last.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        let sessions = ["create", "destroy"];
        let sessions = sessions
            .into_iter()
            .map(|part| self.mapping.shared("sessions", part));
        let operations = self.tables.operations.iter();
        operations
            .map(|operation| operation.name.as_str())
            .chain(sessions)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The element names of a path in the tables, for an operation.
    fn elements(&self, setting: &str, operation: &str) -> Vec<String> {
        let names = self.tables.texts(setting).into_iter();
        names
            .map(|name| name.replace("{operation}", operation))
            .collect()
    }

    /// The SOAP action of an operation.
    fn action(&self, operation: &str) -> String {
        let template = self.settings.action.as_deref();
        template
            .unwrap_or_else(|| self.tables.text("action"))
            .replace("{namespace}", &self.namespace)
            .replace("{operation}", operation)
    }
}

/// `/v20/default.asmx` of `https://api.rev.io/v20/default.asmx`.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::schema::Api;
    use crate::seed::{Seed, Seeder};
    use crate::store::Store;

    pub(crate) fn store() -> Store {
        let api = Arc::new(Api::bundled().expect("the schema"));
        let seed = Seed {
            seed: 1,
            customers: 4,
        };
        let seeder = Arc::new(Seeder::new(Arc::clone(&api), seed));
        Store::new(api, &seeder)
    }

    #[test]
    fn path_and_action_come_from_the_tables() {
        let soap = Soap::new(SoapSettings::default()).expect("the tables");
        assert!(soap.is_at("/V20/Default.ASMX") && !soap.is_at("/v20"));
        assert_eq!(soap.action("X"), "\"http://api.myh2o.com/v20/X\"");
        assert_eq!(soap.operations().count(), 7);
        let error = soap
            .plan("X", SoapForm::Deep)
            .expect_err("no such operation");
        assert!(
            error
                .to_string()
                .starts_with("there is no operation X; there is "),
            "{error}"
        );
        assert_eq!(path_of("http://h"), "/");
    }
}
