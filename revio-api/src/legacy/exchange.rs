//! One call: the envelope on its way out, and the response on its way in, in the attempt loop of all calls.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{HeaderName, HeaderValue};
use secrecy::SecretString;

use super::client::Shared;
use super::envelope::{self, Caller};
use super::fields::Fields;
use super::malformed::Malformed;
use super::session;
use super::settings::{LegacyAuth, SoapVersion};
use super::soap_response::{self, Failure, SoapResponse};
use super::table::{Effect, Operation, Structure, Wire};
use super::validate::Unsendable;
use crate::error::Error;
use crate::runtime::{Classify, Expected, Parts, Received, Transport};

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// What came back.
pub(super) struct Exchanged {
    pub(super) received: Received,
    pub(super) response: SoapResponse,
}

impl Exchanged {
    /// The error of a response that isn't what it should be.
    pub(super) fn malformed(&self, operation: &'static Operation, malformed: Malformed) -> Error {
        let Received { meta, body, .. } = &self.received;
        Error::decode(
            operation,
            meta,
            malformed.path,
            &malformed.detail,
            body.clone(),
        )
    }
}

/// The error of a request that can't be sent.
pub(super) fn unsendable(operation: &'static Operation, problem: Unsendable) -> Error {
    let Unsendable { field, detail } = problem;
    Error::unsendable(operation, field, detail)
}

impl Shared {
    /// Makes a call. A session that is refused is opened anew once, and the call made again, unless it is one that must
    /// not be sent twice.
    pub(super) async fn exchange(
        self: &Arc<Self>,
        transport: &Transport,
        wire: &'static Wire,
        given: &Fields,
        debug: bool,
    ) -> Result<Exchanged, Error> {
        let operation = &wire.operation;
        let mut may_renew = operation.effect() != Effect::Unsafe;
        loop {
            let (session, caller) = self.caller(wire.preamble).await?;
            let body = envelope::write(&self.settings, wire, &caller, debug, given)
                .map_err(|problem| unsendable(operation, problem))?;
            let result = self.send(transport, operation, wire.name, body).await;
            match (result, session) {
                (Err(error), Some(refused)) if error.is_auth() => {
                    self.sessions.forget(refused).await;
                    if !may_renew {
                        return Err(error);
                    }
                    may_renew = false;
                }
                (result, _) => return result,
            }
        }
    }

    /// How a call says who makes it, with the number of the session if it is one.
    async fn caller(
        self: &Arc<Self>,
        preamble: &Structure,
    ) -> Result<(Option<u64>, Caller), Error> {
        match self.settings.auth {
            LegacyAuth::Credentials => Ok((None, Caller::Credentials)),
            LegacyAuth::Session => {
                let (number, key) = self.sessions.key(self.open_session(preamble)).await?;
                Ok((Some(number), Caller::Session(key)))
            }
        }
    }

    async fn open_session(self: &Arc<Self>, preamble: &Structure) -> Result<SecretString, Error> {
        let service = self.settings.service;
        let operation = &service.session_operation;
        let body = envelope::open_session(&self.settings, preamble)
            .map_err(|problem| unsendable(operation, problem))?;
        let transport = Transport::new(Arc::clone(&self.core));
        let exchanged = self
            .send(&transport, operation, service.session_name, body)
            .await?;
        session::key_of(&exchanged.response, &self.settings).ok_or_else(|| {
            exchanged.malformed(operation, Malformed::whole("it has no session key"))
        })
    }

    async fn send(
        self: &Arc<Self>,
        transport: &Transport,
        operation: &'static Operation,
        name: &'static str,
        body: Vec<u8>,
    ) -> Result<Exchanged, Error> {
        let header = |text: &str| {
            HeaderValue::from_str(text)
                .map_err(|_| Error::request(operation, "the action is no header"))
        };
        let settings = &self.settings;
        let accept = match settings.soap_version {
            SoapVersion::Soap11 => HeaderValue::from_static("text/xml"),
            SoapVersion::Soap12 => HeaderValue::from_static("application/soap+xml"),
        };
        let read = Arc::new(Mutex::new(None));
        let mut parts = Parts::new(operation)
            .bytes(body)
            .content_type(header(&settings.content_type(name))?)
            .classify(self.classify(operation, name, Arc::clone(&read)));
        if settings.soap_version == SoapVersion::Soap11 {
            parts = parts.header(SOAP_ACTION, header(&settings.action(name))?);
        }
        let received = transport.exchange(parts, accept, Expected::Bytes).await?;
        let response = read.lock().unwrap_or_else(PoisonError::into_inner).take();
        match response {
            Some(response) => Ok(Exchanged { received, response }),
            None => Err(Error::decode(
                operation,
                &received.meta,
                None,
                "nothing was read",
                received.body,
            )),
        }
    }

    /// Reads a response before the attempt loop sees it, so that the loop knows what it is: a 200 may be a refusal, and a 500
    /// may blame the request. What was read goes to `slot`.
    fn classify(
        self: &Arc<Self>,
        operation: &'static Operation,
        name: &'static str,
        slot: Arc<Mutex<Option<SoapResponse>>>,
    ) -> Classify {
        let shared = Arc::clone(self);
        Arc::new(move |result| match result {
            Ok(received) => match soap_response::read(&received.body, &shared.settings, name) {
                Ok(response) => {
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
                    Ok(received)
                }
                Err(failure) => Err(error(operation, &received, failure)),
            },
            Err(error) => Err(shared.fault_in(error)),
        })
    }

    /// The same error, or the fault that its body holds.
    fn fault_in(&self, error: Error) -> Error {
        let fault = error.response_parts().and_then(|(operation, meta, body)| {
            let (blames_request, said) = soap_response::read_fault(&body, &self.settings)?;
            Some(Error::fault(operation, meta, blames_request, said, body))
        });
        fault.unwrap_or(error)
    }
}

fn error(operation: &'static Operation, received: &Received, failure: Failure) -> Error {
    let Received { meta, body, .. } = received;
    match failure {
        Failure::Fault {
            blames_request,
            said,
        } => Error::fault(operation, meta, blames_request, said, body.clone()),
        Failure::Declined {
            login_refused,
            said,
        } => Error::declined(operation, meta, said, login_refused, body.clone()),
        Failure::Malformed(Malformed { path, detail }) => {
            Error::decode(operation, meta, path, &detail, body.clone())
        }
    }
}
