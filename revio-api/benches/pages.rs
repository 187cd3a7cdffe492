//! How much faster a list is read with pages ahead, and in how much memory: `cargo bench -p revio-api --bench pages`.
//!
//! With `-- --quick` the pages are small and the million is a tenth of one: enough to see that it works and that the
//! targets are met, also without optimisation.
//!
//! The server is a fake one, its latency simulated by a clock that jumps, so that the figures are the same on every
//! machine. The baseline is the plainest loop over single pages, in the same run. Ends with a failure when a target is
//! missed.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use revio_api::lists::Paged;
use revio_api::resources::customers::CustomersList;
use revio_api::types::Page;
use revio_api::{Error, ListRequest, Operation, Options, Paging, Record, Request, Response};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

const LATENCY: Duration = Duration::from_millis(800);

#[derive(Serialize, Deserialize)]
struct Account {
    id: i64,
    name: String,
    status: String,
}

impl Record for Account {
    const ID_FIELD: Option<&'static str> = Some("id");

    fn record_id(&self) -> Option<i64> {
        Some(self.id)
    }
}

/// A list of so many pages, each as JSON until it is received.
#[derive(Clone)]
struct Accounts {
    pages: i32,
    page_size: i32,
    /// The latency changes from page to page by at most this.
    jitter: Duration,
    paging: Paging,
    options: Options,
}

impl Accounts {
    fn new(pages: i32, page_size: i32) -> Self {
        Self {
            pages,
            page_size,
            jitter: Duration::ZERO,
            paging: Paging::default(),
            options: Options::default(),
        }
    }

    fn body(&self, page: i32) -> String {
        let first = i64::from(page - 1) * i64::from(self.page_size);
        let records: Vec<Account> = (first..first + i64::from(self.page_size))
            .filter(|_| page <= self.pages)
            .map(|number| Account {
                // Far apart, as the ids of one account among many are.
                id: number * 2_000,
                name: format!("Account number {number}"),
                status: "OPEN".to_owned(),
            })
            .collect();
        serde_json::to_string(&Page::new(records, page < self.pages)).expect("JSON")
    }
}

impl Request for Accounts {
    type Output = Page<Account>;
    const OPERATION: &'static Operation = CustomersList::OPERATION;

    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    async fn send(self) -> Result<Response<Page<Account>>, Error> {
        let page = self.paging.page.unwrap_or(1);
        // Scattered, and the same in every run.
        let scatter = page.unsigned_abs().wrapping_mul(2_654_435_761) >> 16;
        sleep(LATENCY + self.jitter * (scatter % 100) / 100).await;
        let received = serde_json::from_str(&self.body(page)).expect("a page");
        Ok(Response::stand_in(received))
    }
}

impl ListRequest for Accounts {
    type Item = Account;

    fn paging_mut(&mut self) -> &mut Paging {
        &mut self.paging
    }

    fn fingerprint(&self) -> u64 {
        0
    }
}

/// One page after the other, as a program would do by hand.
async fn by_hand(list: &Accounts) -> (Duration, u64) {
    let start = Instant::now();
    let mut records = 0;
    for page in 1.. {
        let request = list.clone().page(page).page_size(list.page_size);
        let received = request.send().await.expect("a page").value;
        records += received.len() as u64;
        if !received.has_more {
            break;
        }
    }
    (start.elapsed(), records)
}

/// Prints what reading `list` takes with more and more pages ahead; says whether every target was met.
async fn speed(title: &str, list: Accounts, targets: &[(usize, f64)]) -> bool {
    let (baseline, expected) = by_hand(&list).await;
    println!("{title}");
    println!("  pages ahead   seconds   faster   target   asked in vain");
    println!("  by hand     {:>9.1}      1.0", baseline.as_secs_f64());
    let mut met = true;
    for &(ahead, target) in targets {
        let start = Instant::now();
        let request = list.clone().page_size(list.page_size);
        let mut records = request.stream().prefetch(ahead);
        while records.try_next().await.expect("a record").is_some() {}
        let taken = start.elapsed();
        let report = records.report();
        let faster = baseline.as_secs_f64() / taken.as_secs_f64();
        let in_vain = report.asked - report.pages;
        let good = faster >= target
            && report.records == expected
            && in_vain < u64::try_from(ahead).unwrap_or(u64::MAX);
        met &= good;
        println!(
            "  {ahead:>7}     {:>9.1}   {faster:>6.1}   {target:>6.1}   {in_vain:>13}{}",
            taken.as_secs_f64(),
            if good { "" } else { "   MISSED" }
        );
    }
    met
}

/// The most memory this process ever had, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

/// Writes the records of so many pages as lines of JSON to nowhere; says whether all came and memory stayed within
/// bounds.
async fn to_a_sink(pages: i32) -> bool {
    const LIMIT: u64 = 64;
    let before = peak_memory();
    let wall = std::time::Instant::now();
    let mut sink = std::io::sink();
    let mut records = Accounts::new(pages, 500).stream().prefetch(8);
    while let Some(account) = records.try_next().await.expect("a record") {
        serde_json::to_writer(&mut sink, &account).expect("JSON");
        sink.write_all(b"\n").expect("a sink takes everything");
    }
    let report = records.report();
    let peak = peak_memory();
    let expected = u64::from(pages.unsigned_abs()) * 500;
    let all = report.records == expected && report.duplicates == 0;
    let bounded = peak.is_none_or(|peak| peak <= LIMIT);
    let show = |mib: Option<u64>| mib.map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
    println!(
        "{} records to a sink with 8 pages ahead: {:.1} s of work, peak memory {} (before: {}; at most {LIMIT} MiB){}",
        report.records,
        wall.elapsed().as_secs_f64(),
        show(peak),
        show(before),
        if all && bounded { "" } else { "   MISSED" }
    );
    all && bounded
}

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (page_size, sink_pages) = if quick { (20, 200) } else { (500, 2_000) };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let met = runtime.block_on(async {
        let title = format!("200 pages of {page_size} records, 0.8 s each");
        let even = speed(
            &title,
            Accounts::new(200, page_size),
            &[(1, 1.0), (2, 1.9), (4, 3.5), (8, 6.0), (16, 12.0)],
        )
        .await;
        let uneven = Accounts {
            jitter: Duration::from_millis(400),
            ..Accounts::new(200, page_size)
        };
        let uneven = speed(
            "the same at 0.8 to 1.2 s each",
            uneven,
            &[(1, 0.99), (8, 5.0), (16, 9.0)],
        )
        .await;
        let sink = to_a_sink(sink_pages).await;
        even && uneven && sink
    });
    if met {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
