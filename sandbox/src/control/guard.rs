//! Keeps other sites out of the control plane. Any web page can make a browser send requests to a
//! port of the browser's machine; the Host and Origin headers distinguish them from requests of
//! programs.

use axum::http::{HeaderMap, Method};

use crate::failure::Failure;

/// Refuses requests with a foreign host name, and changes that come from another site.
pub(super) fn check(method: &Method, headers: &HeaderMap) -> Result<(), Failure> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // DNS rebinding: the name of another site resolves to this machine.
    if let Some(host) = text("host")
        && !is_loopback(host)
    {
        return Err(Failure::new(
            403,
            "the control plane is served under 127.0.0.1, [::1] and localhost only",
        ));
    }
    if *method != Method::GET
        && let Some(origin) = text("origin")
        && (origin.strip_prefix("http://").is_none()
            || origin.strip_prefix("http://") != text("host"))
    {
        return Err(Failure::new(
            403,
            "the control plane accepts no changes from pages of other origins",
        ));
    }
    Ok(())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(method: &Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header"));
        }
        check(method, &headers).is_ok()
    }

    #[test]
    fn only_loopback_host_names_are_accepted() {
        for host in [
            "127.0.0.1:80",
            "localhost:8787",
            "[::1]:1",
            "127.9.9.9",
            "LOCALHOST",
        ] {
            assert!(passes(&Method::GET, &[("host", host)]), "{host}");
        }
        for host in [
            "evil.example:80",
            "127.0.0.1.evil.example",
            "10.0.0.1:80",
            "",
        ] {
            assert!(!passes(&Method::GET, &[("host", host)]), "{host}");
        }
    }

    #[test]
    fn changes_from_other_origins_are_refused() {
        let own = [("host", "127.0.0.1:80"), ("origin", "http://127.0.0.1:80")];
        assert!(passes(&Method::PUT, &own));
        let foreign = [("host", "127.0.0.1:80"), ("origin", "http://evil.example")];
        assert!(!passes(&Method::PUT, &foreign));
        assert!(passes(&Method::GET, &foreign));
        let opaque = [("host", "127.0.0.1:80"), ("origin", "null")];
        assert!(!passes(&Method::DELETE, &opaque));
    }
}
