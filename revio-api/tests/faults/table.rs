//! The table of faults and effects, compared with a file so that a change shows in review.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::net::TcpListener;
use std::thread;

use revio_api::{Effect, Outcome};

use crate::calls::{EFFECTS, builder, call};
use crate::fault::{Fault, FaultServer, RetryAfter, deaf};
use crate::time::standing_still;

/// What happens before and while the call is made.
#[derive(Clone, Copy)]
enum Scene {
    /// The first connection meets the fault.
    Fresh(Fault),
    /// A connection that was used before meets it.
    Pooled(Fault),
    /// The server closes the connection between two calls.
    ClosedWhileIdle,
    /// Nobody listens.
    Refused,
    /// The server doesn't speak TLS.
    NoTls,
}

const SCENES: [(&str, Scene); 27] = {
    use Fault::*;
    use Scene::*;
    [
        ("none", Fresh(Nothing)),
        ("connection refused", Refused),
        ("TLS fails", NoTls),
        ("closes unread", Fresh(CloseUnread)),
        ("closes unread, pooled", Pooled(CloseUnread)),
        ("reads, closes", Fresh(ReadThenClose)),
        ("reads, closes, pooled", Pooled(ReadThenClose)),
        ("reads, resets", Fresh(Reset)),
        ("reads, hangs", Fresh(Hang)),
        ("drips", Fresh(Drip)),
        ("truncates", Fresh(Truncated)),
        ("length too short", Fresh(TooShortLength)),
        ("length too long", Fresh(TooLongLength)),
        ("429, seconds", Fresh(Busy(RetryAfter::Seconds))),
        ("429, date", Fresh(Busy(RetryAfter::Date))),
        ("429, past date", Fresh(Busy(RetryAfter::PastDate))),
        ("429, zero", Fresh(Busy(RetryAfter::Zero))),
        ("429, nonsense", Fresh(Busy(RetryAfter::Nonsense))),
        ("429, no header", Fresh(Busy(RetryAfter::Missing))),
        ("429, a day", Fresh(Busy(RetryAfter::Day))),
        ("500", Fresh(ServerError)),
        ("502, HTML", Fresh(HtmlBadGateway)),
        ("200, ok: false", Fresh(ErrorInSuccess)),
        ("200, HTML", Fresh(HtmlInSuccess)),
        ("redirect", Fresh(Redirect)),
        ("gzip bomb", Fresh(GzipBomb)),
        ("closed while idle", ClosedWhileIdle),
    ]
};

/// What became of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    attempts: u32,
    sends: usize,
    effects: usize,
    outcome: &'static str,
}

async fn play(scene: Scene, effect: Effect, once: bool, seed: u64, elsewhere: &str) -> Cell {
    let server = FaultServer::start(seed, elsewhere).await;
    let (_socket, deaf) = deaf();
    let (url, fault) = match scene {
        Scene::Fresh(fault) | Scene::Pooled(fault) => (server.url("http"), fault),
        Scene::ClosedWhileIdle => (server.url("http"), Fault::Nothing),
        Scene::NoTls => (server.url("https"), Fault::NotTls),
        Scene::Refused => (deaf, Fault::Nothing),
    };
    let client = builder(url).build().expect("a client");
    if let Scene::Pooled(_) | Scene::ClosedWhileIdle = scene {
        call(&client, Effect::Read, "warm").await.expect("a reply");
    }
    if let Scene::ClosedWhileIdle = scene {
        server.close_idle().await;
        // By the time another connection has been through all this, the client has noticed.
        let other = builder_of_a_second_client(&server);
        call(&other, Effect::Read, "other").await.expect("a reply");
    }
    let stays = !once || fault == Fault::NotTls;
    let mut left = if stays { usize::MAX } else { 1 };
    server.script(move |_| {
        let fault = if left > 0 { fault } else { Fault::Nothing };
        left = left.saturating_sub(1);
        fault
    });
    let before = server.sends();
    let result = call(&client, effect, "this").await;
    let cell = Cell {
        attempts: match &result {
            Ok(attempts) => *attempts,
            Err(error) => error.attempts(),
        },
        sends: server.sends() - before,
        effects: server.effects("this"),
        outcome: match result.as_ref().map_err(revio_api::Error::outcome) {
            Ok(_) => "ok",
            Err(Outcome::NotSent) => "NotSent",
            Err(Outcome::Rejected) => "Rejected",
            Err(_) => "Unknown",
        },
    };
    if matches!(effect, Effect::Unsafe | Effect::Money) {
        assert!(cell.effects <= 1, "done twice: {result:?}");
    }
    if cell.outcome == "NotSent" {
        assert_eq!(cell.effects, 0, "done all the same: {result:?}");
    }
    if matches!(scene, Scene::Refused | Scene::NoTls) {
        assert_eq!(cell.outcome, "NotSent", "{result:?}");
    }
    cell
}

fn builder_of_a_second_client(server: &FaultServer) -> revio_api::Client {
    builder(server.url("http")).build().expect("a client")
}

/// All cells of one table, each with every outcome that its seeds had.
async fn cells(once: bool, elsewhere: &str) -> Vec<Vec<BTreeSet<Cell>>> {
    let mut cells = vec![vec![BTreeSet::new(); EFFECTS.len()]; SCENES.len()];
    for ((_, scene), row) in SCENES.into_iter().zip(&mut cells) {
        for (effect, cell) in EFFECTS.into_iter().zip(row) {
            for seed in 0..seeds(scene) {
                cell.insert(play(scene, effect, once, seed, elsewhere).await);
            }
        }
    }
    cells
}

/// How often a cell is tried. Seeds vary where in a message a connection breaks.
fn seeds(scene: Scene) -> u64 {
    match scene {
        Scene::Fresh(Fault::CloseUnread | Fault::Truncated) | Scene::Pooled(_) => 100,
        // To build a client for TLS, or to unfold the bomb, takes long.
        Scene::NoTls | Scene::Fresh(Fault::GzipBomb) => 1,
        _ => 10,
    }
}

fn print(table: &mut String, title: &str, cells: &[Vec<BTreeSet<Cell>>]) {
    let _ = write!(table, "{title}\n\n{:24}", "fault");
    for effect in EFFECTS {
        let _ = write!(table, "{:18}", effect.as_str());
    }
    table.truncate(table.trim_end().len());
    table.push('\n');
    for ((name, _), row) in SCENES.iter().zip(cells) {
        let _ = write!(table, "{name:24}");
        for cell in row {
            let texts: Vec<String> = cell
                .iter()
                .map(|cell| {
                    format!(
                        "{}/{}/{} {}",
                        cell.attempts, cell.sends, cell.effects, cell.outcome
                    )
                })
                .collect();
            let _ = write!(table, "{:18}", texts.join(" or "));
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
}

#[test]
fn no_fault_has_an_effect_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let elsewhere = format!("http://{}/v1", listener.local_addr().expect("an address"));
    let (once, always) = thread::scope(|scope| {
        let once = scope.spawn(|| standing_still(cells(true, &elsewhere)));
        let always = standing_still(cells(false, &elsewhere));
        (once.join().expect("a table"), always)
    });
    let mut table = String::from(
        "Each cell: attempts of the client / requests that reached the server / requests that it carried out, and what\n\
         the caller is told. At most 5 attempts. Written by `cargo test -p revio-api --test faults`.\n\n",
    );
    print(
        &mut table,
        "The fault comes once, then the server behaves.",
        &once,
    );
    table.push('\n');
    print(&mut table, "The fault comes each time.", &always);

    listener.set_nonblocking(true).expect("a socket");
    assert!(listener.accept().is_err(), "a redirect was followed");

    expect_test::expect_file!["../golden/faults.txt"].assert_eq(&table);
}
