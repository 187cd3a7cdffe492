//! A journal whose disk doesn't confirm what is written.

use revio_api::journal::Journal;
use revio_api::{Effect, ErrorKind, Outcome};

use crate::calls::{builder, call};
use crate::fault::FaultServer;
use crate::time::standing_still;

/// This device takes everything, and can't be asked whether it is kept.
#[test]
fn money_does_not_move_before_the_disk_has_it() {
    standing_still(async {
        let server = FaultServer::start(1, "").await;
        let journal = Journal::open("/dev/null").expect("a journal");
        let client = builder(server.url("http"))
            .journal(journal.clone())
            .build()
            .expect("a client");
        let error = call(&client, Effect::Money, "paid").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Journal, Outcome::NotSent),
            "{error}"
        );
        assert_eq!(server.sends(), 0);
        assert_eq!(journal.unresolved(), []);
        // What doesn't move money needs no journal.
        call(&client, Effect::Unsafe, "changed")
            .await
            .expect("a reply");
    });
}
