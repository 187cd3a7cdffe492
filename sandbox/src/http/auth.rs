//! Authentication: HTTP Basic with `user@client`, and the subscription key where one is required.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::credentials::{Credentials, KEY_HEADER, is_fake};
use crate::failure::{ErrorStyle, Failure};

/// Refuses a call without the right credentials.
///
/// The gateway that checks the subscription key is in front of the API, so a wrong key is refused
/// first, in the gateway's error style.
pub(super) fn check(credentials: &Credentials, headers: &HeaderMap) -> Result<(), Failure> {
    if let Some(key) = credentials.subscription_key() {
        let given = headers
            .get(KEY_HEADER)
            .and_then(|value| value.to_str().ok());
        if given != Some(key) {
            let problem = if given.is_none() { "missing" } else { "wrong" };
            let message = format!("the subscription key in Ocp-Apim-Subscription-Key is {problem}");
            return Err(Failure::new(401, message).with_style(ErrorStyle::Gateway));
        }
    }
    let header = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let Some(header) = header else {
        return Err(refused(
            "the Authorization header is missing; send HTTP Basic with user@client",
        ));
    };
    let Some((name, password)) = decode(header) else {
        return Err(refused("the Authorization header is not HTTP Basic"));
    };
    let Some((user, client)) = name.split_once('@') else {
        return Err(refused("the user name must be user@client"));
    };
    if client.contains('@') {
        return Err(refused(
            "the user name must not contain an @ of its own: user@client",
        ));
    }
    let expected = (
        credentials.user(),
        credentials.client(),
        credentials.password(),
    );
    if (user, client, password.as_str()) == expected {
        Ok(())
    } else if !is_fake(&password) {
        Err(refused(
            "user, client code or password is wrong, and the password may be a real one: send only the account of the sandbox",
        ))
    } else {
        Err(refused("user, client code or password is wrong"))
    }
}

fn refused(message: &str) -> Failure {
    Failure::new(401, message).with_header("www-authenticate", "Basic realm=\"revio-sandbox\"")
}

fn decode(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(credentials: &Credentials, pairs: &[(&'static str, String)]) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header"));
        }
        check(credentials, &headers).map_err(|failure| failure.message)
    }

    fn basic(text: &str) -> (&'static str, String) {
        ("authorization", format!("Basic {}", STANDARD.encode(text)))
    }

    #[test]
    fn only_the_account_is_accepted() {
        let account = Credentials::default();
        let good = basic("sandbox_user@sandbox_client:sandbox_password");
        assert_eq!(outcome(&account, &[good]), Ok(()));
        for (name, part) in [
            ("sandbox_user@sandbox_client:wrong", "is wrong"),
            ("other@sandbox_client:sandbox_password", "is wrong"),
            ("sandbox_user:sandbox_password", "must be user@client"),
            (
                "sandbox_user@mail.com@sandbox_client:sandbox_password",
                "an @ of its own",
            ),
            ("no colon", "not HTTP Basic"),
        ] {
            let message = outcome(&account, &[basic(name)]).expect_err(name);
            assert!(message.contains(part), "{name}: {message}");
        }
        assert!(
            outcome(&account, &[])
                .expect_err("nothing")
                .contains("missing")
        );
        for malformed in ["Bearer x", "Basic", "Basic !!!", "Basic /w=="] {
            assert!(
                outcome(&account, &[("authorization", malformed.to_owned())]).is_err(),
                "{malformed}"
            );
        }
    }

    #[test]
    fn subscription_key_is_checked_if_configured() {
        let account = Credentials::default().with_subscription_key("sandbox_key");
        let good = basic("sandbox_user@sandbox_client:sandbox_password");
        let key = |text: &str| (KEY_HEADER, text.to_owned());
        assert!(
            outcome(&account, std::slice::from_ref(&good))
                .expect_err("no key")
                .contains("missing")
        );
        assert!(
            outcome(&account, &[good.clone(), key("x")])
                .expect_err("wrong")
                .contains("wrong")
        );
        assert_eq!(outcome(&account, &[good, key("sandbox_key")]), Ok(()));
    }
}
