//! Building a client: what is refused, and that nothing refused is repeated.

use std::time::Duration;

use revio_api::{BaseUrl, Client, ClientBuilder, Credentials, ErrorKind, Outcome};

fn builder() -> ClientBuilder {
    Client::builder(Credentials::new("user", "code", "password"))
}

fn refused(builder: ClientBuilder) -> String {
    let error = builder.build().expect_err("must be refused");
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Config, Outcome::NotSent)
    );
    assert_eq!((error.status(), error.operation()), (None, None));
    error.to_string()
}

#[test]
fn credentials_that_cannot_work_are_refused_by_name() {
    for (user, code, password, expected) in [
        ("", "code", "password", "client: the user name is empty"),
        ("user", " ", "password", "client: the client code is empty"),
        ("user", "code", "", "client: the password is empty"),
        (
            "ann@example.com",
            "code",
            "password",
            "client: the user name contains `@`",
        ),
        (
            "user",
            "code@x",
            "password",
            "client: the client code contains `@`",
        ),
        (
            "us:er",
            "code",
            "password",
            "client: the user name contains `:`",
        ),
        (
            "user",
            "co:de",
            "password",
            "client: the client code contains `:`",
        ),
        (
            "user\n",
            "code",
            "password",
            "client: the user name contains a control character",
        ),
        (
            "user",
            "code",
            "pass\0word",
            "client: the password contains a control character",
        ),
    ] {
        let message = refused(Client::builder(Credentials::new(user, code, password)));
        assert!(message.starts_with(expected), "{message}");
        assert!(
            !message.contains("ann@") && !message.contains("us:er"),
            "{message}"
        );
    }
}

#[test]
fn unusual_but_valid_credentials_are_taken() {
    for (user, password) in [("user.name+1", "p@ss:wörd "), ("üser", "\u{1F511}")] {
        Client::builder(Credentials::new(user, "code_sandbox", password))
            .build()
            .unwrap();
    }
}

#[test]
fn a_subscription_key_must_fit_a_header() {
    builder()
        .subscription_key("0123456789abcdef")
        .build()
        .unwrap();
    for key in ["", "a b", "a\nb", "schlüssel"] {
        let message = refused(builder().subscription_key(key));
        assert!(
            message.starts_with("client: the subscription key "),
            "{message}"
        );
    }
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for url in [
        "https://example.com",
        "https://example.com/v1/",
        "http://localhost:8080/v1",
        "http://127.0.0.1:1",
        "http://127.9.9.9/v1",
        "http://[::1]:8080/v1",
    ] {
        builder().base_url(url).build().expect(url);
    }
    for url in [
        "http://example.com/v1",
        "http://restapi.rev.io/v1",
        "http://10.0.0.1/v1",
        "http://127.0.0.1.example.com/v1",
        "http://localhost.example.com/v1",
        "http://0.0.0.0/v1",
    ] {
        let message = refused(builder().base_url(url));
        assert!(
            message.contains("only https is accepted"),
            "{url}: {message}"
        );
    }
}

#[test]
fn an_address_must_be_just_an_address() {
    for (url, expected) in [
        ("", "is not a URL"),
        ("example.com/v1", "is not a URL"),
        ("ftp://example.com/v1", "is neither https nor http"),
        (
            "https://planted:secret@example.com",
            "holds a user name or password",
        ),
        (
            "https://example.com/v1?key=planted",
            "holds a query or a fragment",
        ),
        (
            "https://example.com/v1#planted",
            "holds a query or a fragment",
        ),
    ] {
        let message = refused(builder().base_url(url));
        assert!(
            message.contains(&format!("the base URL {expected}")),
            "{message}"
        );
        assert!(
            !message.contains("planted") && !message.contains("example"),
            "{message}"
        );
    }
}

#[test]
fn settings_that_cannot_work_are_refused() {
    assert!(refused(builder().timeout(Duration::ZERO)).contains("time limit"));
    assert!(refused(builder().connect_timeout(Duration::ZERO)).contains("time limit"));
    assert!(refused(builder().max_response_bytes(0)).contains("limit of the response's size"));
    for name in ["bad\r\nX-Injected: 1", "schön/1"] {
        assert!(refused(builder().app_info(name)).contains("app info"));
    }
}

#[test]
fn a_client_shows_where_it_goes_and_nothing_else() {
    let client = builder()
        .base_url(BaseUrl::Apim)
        .subscription_key("planted")
        .build()
        .unwrap();
    let shown = format!("{client:?}");
    assert!(shown.contains("https://api.revioapi.com/v1"), "{shown}");
    assert!(
        !shown.contains("planted") && !shown.contains("password"),
        "{shown}"
    );
}
