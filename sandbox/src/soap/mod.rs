//! The legacy service: the SOAP operations of `schema/legacy` beside REST, on the same records.
//!
//! It is as an ASMX service is known to be: it names no element that it doesn't understand, answers
//! 200 to calls that it refuses, and 500 with a fault to requests that it can't read. How its
//! elements relate to the fields of REST is data, in `mapping.json`. How it may be otherwise than
//! assumed is in [`SoapSettings`], and how it may misbehave in [`SoapForm`].

mod answer;
mod changes;
mod envelope;
mod failure;
mod form;
mod help;
mod mapping;
mod node;
mod odd;
mod perform;
mod render;
mod request;
mod rows;
mod rules;
mod serve;
mod session;
mod settings;
mod table;
mod value;
mod wsdl;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use form::{SoapForm, UnknownSoap};
pub(crate) use serve::SoapRequest;
pub use settings::{SoapDates, SoapLayout, SoapNulls, SoapSettings, SoapVersion};

use crate::schema::SchemaError;
use form::Script;
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

/// What calls change, beside the records.
#[derive(Default)]
struct State {
    sessions: Sessions,
    script: Script,
}

impl Soap {
    pub(crate) fn new(settings: SoapSettings) -> Result<Self, SchemaError> {
        let tables = Tables::bundled()?;
        let of_the_tables = |name: &str| tables.text(name).to_owned();
        let namespace = settings.namespace.clone();
        let namespace = namespace.unwrap_or_else(|| of_the_tables("namespace"));
        let path = settings.path.clone();
        let path = path.unwrap_or_else(|| path_of(&of_the_tables("endpoint")).to_owned());
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

    /// Whether a path is that of the service; its case doesn't matter there.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        path.eq_ignore_ascii_case(&self.path)
    }

    /// The next answer of an operation that nothing is planned for yet takes a form.
    pub(crate) fn plan(&self, operation: &str, form: SoapForm) -> Result<(), UnknownSoap> {
        if !self.operations().any(|known| known == operation) {
            return Err(UnknownSoap {
                what: "operation",
                name: operation.to_owned(),
                known: self.operations().map(str::to_owned).collect(),
            });
        }
        self.state().script.add(operation, form);
        Ok(())
    }

    /// Forgets all planned forms.
    pub(crate) fn clear_plan(&self) {
        self.state().script.clear();
    }

    /// Ends all sessions.
    pub(crate) fn expire_sessions(&self) {
        self.state().sessions.expire();
    }

    /// The names of all operations, those on sessions last.
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

    /// The elements of a path in the tables, for an operation.
    fn elements(&self, setting: &str, operation: &str) -> Vec<String> {
        let names = self.tables.texts(setting).into_iter();
        names
            .map(|name| name.replace("{operation}", operation))
            .collect()
    }

    /// The action that a request of an operation names.
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
