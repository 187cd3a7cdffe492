//! `revio-sandbox`: the sandbox as a program.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, Parser, ValueEnum};
use revio_sandbox::{Credentials, Limits, PaymentSettings, ReferenceForm, Sandbox, WaitHint};

/// A local server of the Rev.io API. All data is made up and in memory.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Loopback address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Number of customers, 50 by default; most other tables have two records for each.
    #[arg(long)]
    customers: Option<u64>,
    /// The same seed always gives the same data; 42 by default.
    #[arg(long)]
    seed: Option<u64>,
    /// Keep the state in this file across restarts.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Start with the state in this file; the file isn't changed.
    #[arg(long, value_name = "FILE")]
    restore: Option<PathBuf>,
    /// Require this key in Ocp-Apim-Subscription-Key, as the newer host does.
    #[arg(long)]
    subscription_key: Option<String>,
    /// Start at the machine's time instead of 2026-07-01, for clients that poll for new records.
    #[arg(long)]
    now: bool,
    /// Respond with 429 above 500 calls a minute and 150,000 a day. The clock then runs.
    #[arg(long)]
    limits: bool,
    /// The Retry-After header of a 429.
    #[arg(long, value_enum, default_value_t, requires = "limits")]
    retry_after: Wait,
    /// Write the dates of records in the zone that is this many hours ahead of UTC.
    #[arg(long, value_name = "HOURS", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(i8).range(-12..=14))]
    zone: i8,
    #[command(flatten)]
    payments: Payments,
}

/// How created payments are changed, for clients that look up their payments.
#[derive(Args)]
#[command(next_help_heading = "Created payments")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
struct Payments {
    /// Keep only this many characters of the reference number.
    #[arg(long, value_name = "CHARACTERS")]
    short_references: Option<usize>,
    /// Convert the reference number to upper case.
    #[arg(long)]
    upper_case_references: bool,
    /// Drop leading zeros of the reference number.
    #[arg(long)]
    references_without_zeros: bool,
    /// Replace the reference number with a number of the gateway, as the vendor documents for payments that are processed
    /// digitally.
    #[arg(long)]
    gateway_references: bool,
    /// List amounts with the opposite sign.
    #[arg(long)]
    negative_amounts: bool,
}

impl Payments {
    fn settings(&self) -> PaymentSettings {
        let forms = [
            self.short_references.map(ReferenceForm::First),
            self.upper_case_references
                .then_some(ReferenceForm::UpperCase),
            self.references_without_zeros
                .then_some(ReferenceForm::WithoutLeadingZeros),
            self.gateway_references.then_some(ReferenceForm::Gateway),
        ];
        let settings = forms
            .into_iter()
            .flatten()
            .fold(PaymentSettings::default(), PaymentSettings::reference);
        if self.negative_amounts {
            settings.negative_amounts()
        } else {
            settings
        }
    }
}

/// The forms of a Retry-After header.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Wait {
    /// No header.
    #[default]
    Absent,
    /// A number of seconds.
    Seconds,
    /// A date.
    Date,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut credentials = Credentials::default();
    if let Some(key) = arguments.subscription_key {
        credentials = credentials.with_subscription_key(key);
    }
    let mut builder = Sandbox::builder()
        .listen(SocketAddr::new(arguments.host, arguments.port))
        .credentials(credentials)
        .zone(arguments.zone)
        .payments(arguments.payments.settings());
    if let Some(customers) = arguments.customers {
        builder = builder.customers(customers);
    }
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    if let Some(path) = arguments.data {
        builder = builder.data(path);
    }
    if let Some(path) = arguments.restore {
        builder = builder.restore(path);
    }
    if arguments.now {
        builder = builder.starts_at(SystemTime::now());
    }
    if arguments.limits {
        let form = match arguments.retry_after {
            Wait::Absent => WaitHint::Absent,
            Wait::Seconds => WaitHint::Seconds,
            Wait::Date => WaitHint::Date,
        };
        builder = builder
            .limits(Limits::default().retry_after(form))
            .running_clock();
    }
    let sandbox = builder.start().await;
    let sandbox = match sandbox {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("revio-sandbox: {error}");
            return ExitCode::FAILURE;
        }
    };
    print!("{}", introduction(&sandbox));
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("revio-sandbox: can't wait for Ctrl-C: {error}");
        return ExitCode::FAILURE;
    }
    sandbox.stop().await;
    ExitCode::SUCCESS
}

/// Addresses, account, and commands to try.
fn introduction(sandbox: &Sandbox) -> String {
    let account = sandbox.credentials();
    let user = format!("{}@{}", account.user(), account.client());
    let password = account.password();
    let base = sandbox.base_url();
    let legacy = sandbox.soap_url();
    let (name, client) = (account.user(), account.client());
    let operations = sandbox.api().operations().len();
    let (key, key_line, key_variable) = match account.subscription_key() {
        Some(key) => (
            format!(" -H 'Ocp-Apim-Subscription-Key: {key}'"),
            format!("  subscription key  {key}\n"),
            format!(" REVIO_SUBSCRIPTION_KEY='{key}'"),
        ),
        None => Default::default(),
    };
    format!(
        "The sandbox serves {operations} operations until Ctrl-C. All data is made up.\n\n  \
         base URL          {base}\n  \
         legacy URL        {legacy}\n  \
         user name         {user}\n  \
         password          {password}\n\
         {key_line}\n\
         For programs that use revio_api::Client::from_env():\n  \
         export REVIO_BASE_URL='{base}' REVIO_USERNAME='{name}' REVIO_CLIENT_CODE='{client}' \
         REVIO_PASSWORD='{password}'{key_variable} REVIO_LEGACY_ENDPOINT='{legacy}'\n\n\
         Try:\n  \
         curl -u '{user}:{password}'{key} '{base}/Customers?page_size=3'\n  \
         curl -u '{user}:{password}'{key} '{base}/Customers/1015'\n"
    )
}
