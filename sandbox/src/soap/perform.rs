//! Performs one call: credentials, the operation, the response.

use serde_json::Value;

use super::Soap;
use super::failure::{Refusal, SoapError, SoapFault};
use super::form::SoapForm;
use super::mapping::{RecordAction, Relation};
use super::node::Node;
use super::query;
use super::read_request::{ParsedRequest, read_request};
use super::response::{Payload, Rows, SoapResponse};
use super::session::{Caller, RefusalCodes};
use super::settings::SoapSettings;
use super::table::{ElementKind, SoapOperation, Tables};
use super::write;
use crate::credentials::Credentials;
use crate::world::World;

/// The outcome of a call whose request could be read.
pub(crate) struct PerformedOperation<'a> {
    pub(crate) response: SoapResponse<'a>,
    /// Paths of elements that had no effect.
    pub(crate) dropped: Vec<String>,
    /// Whether the call was performed.
    pub(crate) executed: bool,
}

/// The context of a call.
pub(crate) struct RequestContext<'a> {
    pub(crate) soap: &'a Soap,
    pub(crate) account: &'a Credentials,
    pub(crate) form: SoapForm,
}

impl<'a> RequestContext<'a> {
    /// Performs an operation of the tables.
    pub(crate) fn call(
        &self,
        world: &mut World,
        operation: &'a SoapOperation,
        body: &Node,
    ) -> Result<PerformedOperation<'a>, SoapFault> {
        let mut parsed = self.read_request(operation, &self.soap.settings, body)?;
        let wants_echo = self.wants_echo(&parsed);
        let (caller, outcome) = match self.check(&parsed) {
            Ok(caller) => {
                let outcome = self.execute(world, operation, &mut parsed);
                (Some(caller), outcome)
            }
            Err(refusal) => (None, Err(refusal.into())),
        };
        let (payload, refusal) = match outcome {
            Ok(payload) => (payload, None),
            Err(SoapError::Refusal(refusal)) => (Payload::Nothing, Some(refusal)),
            Err(SoapError::Fault(fault)) => return Err(fault),
        };
        let executed = refusal.is_none();
        let response = SoapResponse {
            header: Some(self.header(caller.as_ref(), refusal.as_ref())),
            payload,
            echo: wants_echo.then(|| self.echo(parsed.echo)),
            extras: Vec::new(),
        };
        Ok(PerformedOperation {
            response,
            dropped: parsed.dropped,
            executed,
        })
    }

    /// Performs a session operation: opens or ends a session.
    pub(crate) fn session(
        &self,
        name: &str,
        body: &Node,
    ) -> Result<PerformedOperation<'a>, SoapFault> {
        let mapping = &self.soap.mapping;
        let operation = self.soap.tables.operations.first();
        let operation = operation.ok_or_else(|| SoapFault::server("There are no operations."))?;
        // The request has only the preamble of other operations.
        let request = Node {
            name: operation.name.clone(),
            ..body.clone()
        };
        let parsed = self.read_request(operation, &SoapSettings::default(), &request)?;
        let checked = self.check(&parsed);
        let mut extras = Vec::new();
        let (caller, refusal) = match checked {
            Err(refusal) => (None, Some(refusal)),
            Ok(caller) if name == mapping.shared("sessions", "create") => {
                let key = self.soap.state().sessions.open();
                extras.push(Node::text(mapping.shared("sessions", "key"), &key));
                let encoded = key.replace('-', "%2D");
                extras.push(Node::text(mapping.shared("sessions", "encoded"), encoded));
                let caller = Caller {
                    session: key,
                    ..caller
                };
                (Some(caller), None)
            }
            Ok(caller) => {
                self.soap.state().sessions.close(&caller.session);
                (None, None)
            }
        };
        let executed = refusal.is_none();
        let response = SoapResponse {
            header: Some(self.header(caller.as_ref(), refusal.as_ref())),
            payload: Payload::Nothing,
            echo: None,
            extras,
        };
        Ok(PerformedOperation {
            response,
            dropped: Vec::new(),
            executed,
        })
    }

    /// The response to a call that a queued form refuses.
    pub(crate) fn refuse(&self, refusal: &Refusal) -> PerformedOperation<'a> {
        let response = SoapResponse {
            header: Some(self.header(None, Some(refusal))),
            payload: Payload::Nothing,
            echo: None,
            extras: Vec::new(),
        };
        PerformedOperation {
            response,
            dropped: Vec::new(),
            executed: false,
        }
    }

    fn read_request(
        &self,
        operation: &SoapOperation,
        settings: &SoapSettings,
        body: &Node,
    ) -> Result<ParsedRequest, SoapFault> {
        let path = self.soap.elements("request-path", &operation.name);
        let inside = path.get(1..).unwrap_or_default();
        let holder = Node::holding("", vec![body.clone()]);
        // The namespace of the element in the body is checked too.
        let mut whole = vec![body.name.clone()];
        whole.extend_from_slice(inside);
        read_request(operation, settings, &self.soap.namespace, &holder, &whole)
    }

    fn check(&self, parsed: &ParsedRequest) -> Result<Caller, Refusal> {
        let login = self.soap.login_refused();
        let expired = self.soap.settings.expired_code.as_deref().unwrap_or(login);
        let codes = RefusalCodes { login, expired };
        let mut state = self.soap.state();
        state
            .sessions
            .check(self.account, &self.soap.mapping, &parsed.preamble, &codes)
    }

    fn execute(
        &self,
        world: &mut World,
        operation: &'a SoapOperation,
        parsed: &mut ParsedRequest,
    ) -> Result<Payload<'a>, SoapError> {
        if let Some(refusal) = operation
            .rules
            .refuse(&parsed.values)
            .map_err(SoapFault::internal)?
        {
            return Err(refusal.into());
        }
        let relation = self
            .soap
            .mapping
            .of(&operation.name)
            .ok_or_else(|| SoapFault::server(format!("{} has no mapping.", operation.name)))?;
        let action = relation.action();
        let keeps = self.soap.settings.kept.contains(&operation.name);
        let sent = parsed.values.clone();
        write::fill(operation, action, keeps, &mut parsed.values);
        let filled = parsed
            .values
            .iter()
            .filter(|(name, value)| !sent.contains_key(*name) && !value.is_null());
        let settings = &self.soap.settings;
        let name = |field: &str| settings.element_of(&operation.request, field).to_owned();
        let filled: Vec<Node> = filled
            .map(|(field, value)| Node::text(name(field), value.to_string()))
            .collect();
        let wrapper = settings.wrappers.get(&operation.name);
        let inside = parsed
            .echo
            .iter_mut()
            .find(|node| wrapper == Some(&node.name));
        match inside {
            Some(node) => node.children.extend(filled),
            None => parsed.echo.extend(filled),
        }
        match action {
            RecordAction::Query => Ok(self.query(world, operation, relation, parsed)),
            RecordAction::Create => {
                let id = write::create(world, relation, &parsed.values)?;
                let returned = relation.object("returns").next();
                Ok(returned.map_or(Payload::Nothing, |(field, _)| {
                    let element = settings.element_of(&operation.response, field);
                    Payload::Value(Node::text(element, id.to_string()))
                }))
            }
            RecordAction::Update | RecordAction::Change => {
                write::update(world, relation, &parsed.values)?;
                Ok(Payload::Nothing)
            }
        }
    }

    fn query(
        &self,
        world: &World,
        operation: &'a SoapOperation,
        relation: Relation<'_>,
        parsed: &mut ParsedRequest,
    ) -> Payload<'a> {
        let (Some((field, shape)), Some(row)) = (Tables::rows(operation), relation.row()) else {
            return Payload::Nothing;
        };
        if self.form == SoapForm::UnfilteredRows {
            parsed.values.clear();
        }
        let settings = &self.soap.settings;
        let make = query::RowBuilder {
            store: &world.store,
            settings,
        };
        let found = query::find(&world.store, relation, &parsed.values);
        Payload::Rows(Rows {
            container: settings.element(&operation.response.name, field).to_owned(),
            layout: settings.layout,
            shape,
            all: found
                .iter()
                .map(|record| make.row(shape, row, record))
                .collect(),
        })
    }

    fn wants_echo(&self, parsed: &ParsedRequest) -> bool {
        let debug = self.soap.mapping.shared("preamble", "debug");
        parsed.preamble.get(debug) == Some(&Value::Bool(true))
    }

    fn echo(&self, nodes: Vec<Node>) -> Node {
        let part = |part| self.soap.mapping.shared("echo", part);
        Node::holding(part("debug"), vec![Node::holding(part("request"), nodes)])
    }

    /// The header of a response, in the order of the tables.
    fn header(&self, caller: Option<&Caller>, refusal: Option<&Refusal>) -> Node {
        let mapping = &self.soap.mapping;
        let part = |part| mapping.shared("header", part);
        let text = |name: &str| -> Option<String> {
            if name == part("success") {
                return Some(refusal.is_none().to_string());
            }
            if name == part("session") {
                return caller.map(|caller| caller.session.clone());
            }
            if name == part("impersonated") {
                return caller.map(|caller| caller.is_impersonated.to_string());
            }
            let refusal = refusal?;
            if name == part("code") {
                return refusal.code.clone();
            }
            // Without a code there is a message, with a code a description.
            let is_message = name == part("message");
            let is_used = is_message == refusal.code.is_none();
            (is_used && !refusal.message.is_empty()).then(|| refusal.message.clone())
        };
        let header = &self.soap.tables.header;
        let fields = header
            .fields
            .iter()
            .filter(|field| !matches!(field.kind, ElementKind::Object(_) | ElementKind::List(_)));
        let children =
            fields.filter_map(|field| Some(Node::text(&field.element, text(&field.name)?)));
        Node::holding(&header.name, children.collect())
    }
}
