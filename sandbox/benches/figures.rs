//! Speed and memory of the program: `cargo bench -p revio-sandbox --bench figures`.
//!
//! The program is started as users start it and called over one connection, one call after another.
//! The baseline is a server of the same HTTP library that sends the same few bytes in every response,
//! in the same run. Fails when a target is missed. With `-- --quick` every measurement has few calls
//! and only memory has a target, since an unoptimised program says nothing about speed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use base64::Engine as _;

/// Customers of the default measurement.
const CUSTOMERS: u64 = 10_000;

/// Most tables have two records for each customer: a million charges.
const MANY: u64 = 500_000;

const FIRST_RESPONSE: Duration = Duration::from_millis(500);
const MEMORY: u64 = 64 << 10;
const RATE: f64 = 1_000.0;

/// A running program; it is killed when this is dropped.
struct Running {
    child: Child,
    address: String,
    started: Instant,
}

impl Running {
    fn start(customers: u64) -> Self {
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_revio-sandbox"))
            .args(["--port", "0", "--customers", &customers.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let output = child.stdout.take().expect("output");
        let mut lines = BufReader::new(output).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("text");
            let url = line.trim().strip_prefix("base URL")?.trim();
            Some(url.strip_prefix("http://")?.strip_suffix("/v1")?.to_owned())
        });
        std::thread::spawn(move || lines.count());
        Self {
            child,
            address: address.expect("an address"),
            started,
        }
    }

    /// Peak memory of the program, in KiB; none where the system doesn't report it.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection, without the cost of a client library.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Self(BufReader::new(stream))
    }

    /// The body of a successful response.
    fn get(&mut self, path: &str) -> String {
        let account = base64::engine::general_purpose::STANDARD
            .encode("sandbox_user@sandbox_client:sandbox_password");
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {account}\r\n\r\n"
        );
        let stream = self.0.get_mut();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut length = 0;
        let mut first = true;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a line");
            let line = line.trim_end().to_ascii_lowercase();
            if first {
                assert!(line.starts_with("http/1.1 200"), "{path}: {line}");
                first = false;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        String::from_utf8(body).expect("text")
    }
}

/// Calls per second, one after another.
fn rate(calls: u64, mut call: impl FnMut(u64)) -> f64 {
    let start = Instant::now();
    for n in 0..calls {
        call(n);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let calls = calls as f64;
    calls / start.elapsed().as_secs_f64()
}

/// The rate of a minimal server.
fn baseline(calls: u64) -> f64 {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port");
            sender
                .send(listener.local_addr().expect("an address"))
                .expect("a receiver");
            let router = Router::new().fallback(async || r#"{"ok":true}"#);
            axum::serve(listener, router).await.expect("served");
        });
    });
    let mut connection = Connection::to(&receiver.recv().expect("an address").to_string());
    rate(calls, |_| {
        connection.get("/");
    })
}

struct Figures {
    quick: bool,
    missed: u32,
}

impl Figures {
    /// Prints a figure, and whether it meets its target.
    fn show(&mut self, name: &str, figure: &str, target: &str, met: bool) {
        let verdict = match (met, target) {
            (_, "") => "",
            (true, _) => "met",
            (false, _) => "MISSED",
        };
        println!("{name:<54} {figure:>14}   {target:<14} {verdict}");
        self.missed += u32::from(!met);
    }

    /// A figure whose target only an optimised program has to meet.
    fn speed(&mut self, name: &str, figure: &str, target: &str, met: bool) {
        let target = if self.quick { "" } else { target };
        self.show(name, figure, target, met || self.quick);
    }

    fn memory(&mut self, name: &str, running: &Running, target: Option<u64>) {
        let Some(kib) = running.memory() else {
            return;
        };
        let most = target.map_or_else(String::new, |most| format!("<= {} MiB", most >> 10));
        let met = target.is_none_or(|target| kib <= target);
        self.show(name, &format!("{} MiB", kib >> 10), &most, met);
    }

    fn usual(&mut self) {
        let calls = if self.quick { 200 } else { 5_000 };
        let running = Running::start(CUSTOMERS);
        let mut connection = Connection::to(&running.address);
        connection.get("/v1/Customers/1015");
        let first = running.started.elapsed();
        self.speed(
            "first response, 10,000 customers",
            &format!("{first:.0?}"),
            "<= 500 ms",
            first <= FIRST_RESPONSE,
        );
        let bare = baseline(calls);
        self.show(
            "the bare server, one after another",
            &format!("{bare:.0} /s"),
            "",
            true,
        );
        let customer = |n: u64| format!("/v1/Customers/{}", 1001 + n * 7 % CUSTOMERS);
        let single = rate(calls, |n| {
            connection.get(&customer(n));
        });
        self.speed(
            "a customer, one after another",
            &format!("{single:.0} /s"),
            ">= 1000 /s",
            single >= RATE,
        );
        let filtered = rate(calls, |n| {
            let owner = 1001 + n * 7 % CUSTOMERS;
            let page = connection.get(&format!("/v1/Charges?search.customer_id={owner}"));
            assert!(page.contains(r#""record_count":2"#), "two charges each");
        });
        self.speed(
            "the charges of a customer",
            &format!("{filtered:.0} /s"),
            ">= 1000 /s",
            filtered >= RATE,
        );
        let page = rate(calls / 10, |n| {
            connection.get(&format!(
                "/v1/Charges?page_size=10&page={}",
                1 + n * 7 % 2_000
            ));
        });
        self.speed(
            "a page of 10 charges",
            &format!("{page:.0} /s"),
            ">= 1000 /s",
            page >= RATE,
        );
        let scanned = rate(calls / 100, |n| {
            connection.get(&format!(
                "/v1/Charges?created_date_start=202{}-01-01&search.sort=created_date",
                n % 6
            ));
        });
        self.show(
            "charges from a date on, sorted: all 20,000 are read",
            &format!("{scanned:.0} /s"),
            "",
            true,
        );
        self.memory("memory, 10,000 customers", &running, Some(MEMORY));
    }

    fn many(&mut self) {
        let running = Running::start(MANY);
        let mut connection = Connection::to(&running.address);
        connection.get("/v1/Customers/1015");
        let first = running.started.elapsed();
        self.speed(
            "first response, 500,000 customers",
            &format!("{first:.0?}"),
            "<= 500 ms",
            first <= FIRST_RESPONSE,
        );
        let pages = if self.quick { 20 } else { 2_000 };
        let start = Instant::now();
        let mut bytes = 0;
        for page in 1..=pages {
            bytes += connection
                .get(&format!("/v1/Charges?page_size=500&page={page}"))
                .len();
        }
        let name = format!(
            "{} charges on pages of 500, {} MB",
            pages * 500,
            bytes / 1_000_000
        );
        self.show(&name, &format!("{:.1?}", start.elapsed()), "", true);
        let last = connection.get("/v1/Charges?page_size=500&page=2000");
        assert!(last.contains(r#""charge_id":1000000,"#) && last.contains(r#""has_more":false"#));
        self.memory("memory, a million charges", &running, Some(MEMORY));
    }
}

fn main() -> ExitCode {
    let mut figures = Figures {
        quick: std::env::args().any(|argument| argument == "--quick"),
        missed: 0,
    };
    figures.usual();
    figures.many();
    if figures.missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
