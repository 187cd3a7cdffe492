//! Carries out one call: who is calling, what is wanted, what comes of it.

use serde_json::Value;

use super::Soap;
use super::answer::{Answer, Payload, Rows};
use super::changes;
use super::failure::{Fault, No, Refusal};
use super::form::SoapForm;
use super::mapping::{Does, Relation};
use super::node::Node;
use super::request::{Understood, understand};
use super::rows;
use super::session::{Caller, Codes};
use super::settings::SoapSettings;
use super::table::{Kind, Operation, Tables};
use crate::credentials::Credentials;
use crate::world::World;

/// A call that could be read.
pub(crate) struct Called<'a> {
    pub(crate) answer: Answer<'a>,
    /// What was sent and had no effect.
    pub(crate) dropped: Vec<String>,
    /// Whether it was carried out.
    pub(crate) executed: bool,
}

/// Where a call arrives.
pub(crate) struct Place<'a> {
    pub(crate) soap: &'a Soap,
    pub(crate) account: &'a Credentials,
    pub(crate) form: SoapForm,
}

impl<'a> Place<'a> {
    /// Carries out a call of an operation of the tables.
    pub(crate) fn call(
        &self,
        world: &mut World,
        operation: &'a Operation,
        body: &Node,
    ) -> Result<Called<'a>, Fault> {
        let mut understood = self.understand(operation, &self.soap.settings, body)?;
        let wants_echo = self.wants_echo(&understood);
        let (caller, outcome) = match self.check(&understood) {
            Ok(caller) => {
                let outcome = self.act(world, operation, &mut understood);
                (Some(caller), outcome)
            }
            Err(refusal) => (None, Err(refusal.into())),
        };
        let (payload, refusal) = match outcome {
            Ok(payload) => (payload, None),
            Err(No::Refusal(refusal)) => (Payload::Nothing, Some(refusal)),
            Err(No::Fault(fault)) => return Err(fault),
        };
        let executed = refusal.is_none();
        let answer = Answer {
            header: Some(self.header(caller.as_ref(), refusal.as_ref())),
            payload,
            echo: wants_echo.then(|| self.echo(understood.echo)),
            extras: Vec::new(),
        };
        Ok(Called {
            answer,
            dropped: understood.dropped,
            executed,
        })
    }

    /// Opens or ends a session.
    pub(crate) fn session(&self, name: &str, body: &Node) -> Result<Called<'a>, Fault> {
        let mapping = &self.soap.mapping;
        let operation = self.soap.tables.operations.first();
        let operation = operation.ok_or_else(|| Fault::server("There are no operations."))?;
        // Of the request, only what stands before an operation's own fields counts.
        let request = Node {
            name: operation.name.clone(),
            ..body.clone()
        };
        let understood = self.understand(operation, &SoapSettings::default(), &request)?;
        let checked = self.check(&understood);
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
        let answer = Answer {
            header: Some(self.header(caller.as_ref(), refusal.as_ref())),
            payload: Payload::Nothing,
            echo: None,
            extras,
        };
        Ok(Called {
            answer,
            dropped: Vec::new(),
            executed,
        })
    }

    /// An answer to a call that the script refuses.
    pub(crate) fn refuse(&self, refusal: &Refusal) -> Called<'a> {
        let answer = Answer {
            header: Some(self.header(None, Some(refusal))),
            payload: Payload::Nothing,
            echo: None,
            extras: Vec::new(),
        };
        Called {
            answer,
            dropped: Vec::new(),
            executed: false,
        }
    }

    fn understand(
        &self,
        operation: &Operation,
        settings: &SoapSettings,
        body: &Node,
    ) -> Result<Understood, Fault> {
        let path = self.soap.elements("request-path", &operation.name);
        let inside = path.get(1..).unwrap_or_default();
        let holder = Node::holding("", vec![body.clone()]);
        // The element of the body has to be in the right namespace as well.
        let mut whole = vec![body.name.clone()];
        whole.extend_from_slice(inside);
        understand(operation, settings, &self.soap.namespace, &holder, &whole)
    }

    fn check(&self, understood: &Understood) -> Result<Caller, Refusal> {
        let login = self.soap.login_refused();
        let expired = self.soap.settings.expired_code.as_deref().unwrap_or(login);
        let codes = Codes { login, expired };
        let mut state = self.soap.state();
        state.sessions.check(
            self.account,
            &self.soap.mapping,
            &understood.preamble,
            &codes,
        )
    }

    fn act(
        &self,
        world: &mut World,
        operation: &'a Operation,
        understood: &mut Understood,
    ) -> Result<Payload<'a>, No> {
        if let Some(refusal) = operation
            .rules
            .refuse(&understood.values)
            .map_err(Fault::own)?
        {
            return Err(refusal.into());
        }
        let relation =
            self.soap.mapping.of(&operation.name).ok_or_else(|| {
                Fault::server(format!("Nothing says what {} does.", operation.name))
            })?;
        let does = relation.does();
        let keeps = self.soap.settings.kept.contains(&operation.name);
        let sent = understood.values.clone();
        changes::fill(operation, does, keeps, &mut understood.values);
        let filled = understood
            .values
            .iter()
            .filter(|(name, value)| !sent.contains_key(*name) && !value.is_null());
        let settings = &self.soap.settings;
        let name = |field: &str| settings.name(&operation.request.name, field).to_owned();
        let filled: Vec<Node> = filled
            .map(|(field, value)| Node::text(name(field), value.to_string()))
            .collect();
        let wrapper = settings.wrappers.get(&operation.name);
        let inside = understood
            .echo
            .iter_mut()
            .find(|node| wrapper == Some(&node.name));
        match inside {
            Some(node) => node.children.extend(filled),
            None => understood.echo.extend(filled),
        }
        match does {
            Does::Query => Ok(self.query(world, operation, relation, understood)),
            Does::Create => {
                let id = changes::create(world, relation, &understood.values)?;
                let answered = relation.object("answers").next();
                Ok(answered.map_or(Payload::Nothing, |(field, _)| {
                    let element = settings.name(&operation.response.name, field);
                    Payload::Value(Node::text(element, id.to_string()))
                }))
            }
            Does::Update | Does::Change => {
                changes::update(world, relation, &understood.values)?;
                Ok(Payload::Nothing)
            }
        }
    }

    fn query(
        &self,
        world: &World,
        operation: &'a Operation,
        relation: Relation<'_>,
        understood: &mut Understood,
    ) -> Payload<'a> {
        let (Some((field, shape)), Some(row)) = (Tables::rows(operation), relation.row()) else {
            return Payload::Nothing;
        };
        if self.form == SoapForm::UnfilteredRows {
            understood.values.clear();
        }
        let settings = &self.soap.settings;
        let make = rows::Rows {
            store: &world.store,
            settings,
        };
        let found = rows::find(&world.store, relation, &understood.values);
        Payload::Rows(Rows {
            container: settings
                .name(&operation.response.name, &field.name)
                .to_owned(),
            layout: settings.layout,
            shape,
            all: found
                .iter()
                .map(|record| make.row(shape, row, record))
                .collect(),
        })
    }

    fn wants_echo(&self, understood: &Understood) -> bool {
        let debug = self.soap.mapping.shared("preamble", "debug");
        understood.preamble.get(debug) == Some(&Value::Bool(true))
    }

    fn echo(&self, nodes: Vec<Node>) -> Node {
        let part = |part| self.soap.mapping.shared("echo", part);
        Node::holding(part("debug"), vec![Node::holding(part("request"), nodes)])
    }

    /// The head of an answer, in the order of the tables.
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
            // A message stands where there is no code, a description where there is one.
            let is_message = name == part("message");
            let stands = is_message == refusal.code.is_none();
            (stands && !refusal.message.is_empty()).then(|| refusal.message.clone())
        };
        let header = &self.soap.tables.header;
        let fields = header
            .fields
            .iter()
            .filter(|field| !matches!(field.kind, Kind::Object(_) | Kind::List(_)));
        let children = fields.filter_map(|field| Some(Node::text(&field.name, text(&field.name)?)));
        Node::holding(&header.name, children.collect())
    }
}
