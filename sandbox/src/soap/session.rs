//! Authentication: credentials in the body, or a session.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::failure::Refusal;
use super::mapping::Mapping;
use crate::credentials::Credentials;

/// The open sessions.
#[derive(Default)]
pub(crate) struct Sessions {
    open: BTreeSet<String>,
    /// The session of calls with credentials.
    implied: Option<String>,
    given_out: u64,
}

/// An authenticated caller.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) session: String,
    pub(crate) is_impersonated: bool,
}

/// Error codes of the two refusals.
pub(crate) struct RefusalCodes<'a> {
    pub(crate) login: &'a str,
    pub(crate) expired: &'a str,
}

impl Sessions {
    /// Opens a session. Keys are numbered, so the same calls always give the same keys.
    pub(crate) fn open(&mut self) -> String {
        self.given_out += 1;
        let key = format!("sandbox-session-{}", self.given_out);
        self.open.insert(key.clone());
        key
    }

    /// Ends one session.
    pub(crate) fn close(&mut self, key: &str) {
        self.open.remove(key);
        if self.implied.as_deref() == Some(key) {
            self.implied = None;
        }
    }

    /// Ends all sessions.
    pub(crate) fn expire(&mut self) {
        self.open.clear();
        self.implied = None;
    }

    /// The session of calls with credentials.
    fn implied(&mut self) -> String {
        if let Some(key) = &self.implied {
            return key.clone();
        }
        let key = self.open();
        self.implied = Some(key.clone());
        key
    }

    /// Refuses a call without correct credentials or an open session. If both are sent, the session
    /// is used.
    pub(crate) fn check(
        &mut self,
        account: &Credentials,
        mapping: &Mapping,
        preamble: &Map<String, Value>,
        codes: &RefusalCodes<'_>,
    ) -> Result<Caller, Refusal> {
        let given = |message: &str, part: &str| {
            let element = preamble.get(mapping.shared("preamble", message))?;
            let value = element.get(mapping.shared(message, part))?.as_str()?;
            Some(value.to_owned())
        };
        if let Some(key) = given("session", "key") {
            return if self.open.contains(&key) {
                Ok(Caller {
                    session: key,
                    is_impersonated: false,
                })
            } else {
                Err(Refusal::coded(codes.expired, "The session is not open."))
            };
        }
        let part = |name| given("credentials", name);
        let sent = (part("user"), part("client"), part("password"));
        let (Some(user), Some(client), Some(password)) = sent else {
            let message = "Neither a session nor complete credentials were sent.";
            return Err(Refusal::new(message));
        };
        let expected = (account.user(), account.client(), account.password());
        if (user.as_str(), client.as_str(), password.as_str()) != expected {
            return Err(Refusal::coded(codes.login, "The login was refused."));
        }
        Ok(Caller {
            session: self.implied(),
            is_impersonated: part("impersonation").is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const CODES: RefusalCodes<'static> = RefusalCodes {
        login: "L",
        expired: "E",
    };

    fn check(sessions: &mut Sessions, preamble: &Value) -> Result<Caller, Option<String>> {
        let mapping = Mapping::bundled().expect("the mapping");
        let preamble = preamble.as_object().expect("an object");
        sessions
            .check(&Credentials::default(), &mapping, preamble, &CODES)
            .map_err(|refusal| refusal.code)
    }

    #[test]
    fn credentials_or_an_open_session() {
        let mut sessions = Sessions::default();
        let good = json!({"Credentials": {"Username": "sandbox_user", "Password": "sandbox_password", "Client": "sandbox_client"}});
        let caller = check(&mut sessions, &good).expect("accepted");
        assert_eq!(
            check(&mut sessions, &good).expect("accepted").session,
            caller.session
        );
        let session = json!({"Session": {"SessionKey": caller.session}});
        assert_eq!(check(&mut sessions, &session).expect("accepted"), caller);
        sessions.expire();
        assert_eq!(check(&mut sessions, &session), Err(Some("E".to_owned())));
        assert_ne!(
            check(&mut sessions, &good).expect("accepted").session,
            caller.session
        );

        let mut bad = good.clone();
        bad["Credentials"]["Password"] = json!("x");
        assert_eq!(check(&mut sessions, &bad), Err(Some("L".to_owned())));
        assert_eq!(
            check(&mut sessions, &json!({"Credentials": {"Username": "x"}})),
            Err(None)
        );
        assert_eq!(check(&mut sessions, &json!({})), Err(None));
    }

    #[test]
    fn closing_one_session_leaves_the_other_open() {
        let mut sessions = Sessions::default();
        let (one, two) = (sessions.open(), sessions.open());
        assert_ne!(one, two);
        sessions.close(&one);
        assert!(check(&mut sessions, &json!({"Session": {"SessionKey": one}})).is_err());
        assert!(check(&mut sessions, &json!({"Session": {"SessionKey": two}})).is_ok());
    }
}
