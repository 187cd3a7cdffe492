//! A service that follows a description to the letter: it is where that says, takes what that demands, and answers
//! whatever that allows.
//!
//! It stands for the service after a change of the schema, called by a client from before the change.

mod answers;
mod demands;
mod messages;

use std::sync::{Arc, Mutex};

use revio_test_server::Request;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

pub use self::answers::Answer;
pub use self::demands::servers;
pub use self::messages::Messages;

/// What a service follows.
pub trait Description: Send + Sync {
    /// Where a request leads.
    fn way(&self, request: &Request) -> Way;

    /// Every answer that an operation may give to a caller who accepts this media type.
    fn answers(&self, operation: &str, accept: &str) -> Vec<Answer>;
}

/// Where a request leads.
pub enum Way {
    /// To nothing: with this status.
    Nowhere(u16),
    /// To an operation that refuses it: with this status, and for this reason.
    Refused(u16, String),
    /// To the operation of this name, which accepts it.
    To(String),
}

/// What became of the last request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// None came.
    Unsent,
    /// There is no operation where it went.
    Lost,
    /// Its operation refused it, and said why.
    Refused(String),
    /// It got this answer of so many that its operation may give.
    Answered(Answer, usize),
}

/// The service.
pub struct Following {
    address: String,
    state: Arc<Mutex<State>>,
}

struct State {
    description: Arc<dyn Description>,
    at: usize,
    fate: Fate,
    /// The answers of the last request, which are many and cost time.
    known: Option<(String, Vec<Answer>)>,
}

impl Following {
    /// Starts a service that follows this description.
    pub async fn start(description: Arc<dyn Description>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            description,
            at: 0,
            fate: Fate::Unsent,
            known: None,
        }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            address: format!("http://{address}"),
            state,
        }
    }

    /// Where on this machine the address is that callers of a service have.
    pub fn at(&self, url: &str) -> String {
        format!("{}{}", self.address, demands::site(url))
    }

    /// From now on it follows another description.
    pub fn follow(&self, description: Arc<dyn Description>) {
        let mut state = self.state.lock().expect("nobody panicked");
        state.description = description;
        state.known = None;
    }

    /// The next request gets the answer at this place among those that its operation may give.
    pub fn next(&self, at: usize) {
        let mut state = self.state.lock().expect("nobody panicked");
        state.at = at;
        state.fate = Fate::Unsent;
    }

    /// What became of the request since then.
    pub fn fate(&self) -> Fate {
        self.state.lock().expect("nobody panicked").fate.clone()
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> Answer {
        let refusal = |status, why: &str| Answer {
            status,
            media_type: Some("text/plain".to_owned()),
            body: why.as_bytes().to_vec(),
            rows: None,
        };
        let operation = match self.description.way(request) {
            Way::Nowhere(status) => {
                self.fate = Fate::Lost;
                return refusal(status, "nothing is here");
            }
            Way::Refused(status, why) => {
                let answer = refusal(status, &why);
                self.fate = Fate::Refused(why);
                return answer;
            }
            Way::To(operation) => operation,
        };
        if self.known.as_ref().is_none_or(|(of, _)| *of != operation) {
            let accept = request.only_header("accept").unwrap_or_default();
            let answers = self.description.answers(&operation, accept);
            self.known = Some((operation, answers));
        }
        let all = self.known.as_ref().map_or(&[][..], |(_, all)| all);
        let answer = all.get(self.at).expect("no more requests than answers");
        self.fate = Fate::Answered(answer.clone(), all.len());
        answer.clone()
    }
}

/// Answers one request after the other.
async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = Request::read(&mut stream, &mut buffer).await? {
        let answer = state.lock().expect("nobody panicked").answer(&request);
        stream.write_all(&written(&answer)).await?;
    }
    Ok(())
}

fn written(answer: &Answer) -> Vec<u8> {
    let kind = answer.media_type.as_ref();
    let kind = kind.map(|media_type| format!("content-type: {media_type}\r\n"));
    let length =
        (answer.status != 204).then(|| format!("content-length: {}\r\n", answer.body.len()));
    let (status, kind, length) = (
        answer.status,
        kind.unwrap_or_default(),
        length.unwrap_or_default(),
    );
    let mut bytes = format!("HTTP/1.1 {status} Status\r\n{kind}{length}\r\n").into_bytes();
    bytes.extend_from_slice(&answer.body);
    bytes
}
