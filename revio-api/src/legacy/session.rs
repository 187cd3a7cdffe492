//! The session that a client and its clones share.

use secrecy::SecretString;
use tokio::sync::Mutex;

use super::settings::Settings;
use super::soap_response::SoapResponse;

/// The sessions of a client, one after the other.
#[derive(Default)]
pub(super) struct Sessions {
    /// Locked while one is being opened, so that several calls at once open one.
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    /// Counts the keys, so that nobody throws away a newer one than was refused.
    number: u64,
    key: Option<SecretString>,
}

impl Sessions {
    /// The key in use and its number. If there is none, it is what `open` yields.
    pub(super) async fn key<E>(
        &self,
        open: impl Future<Output = Result<SecretString, E>>,
    ) -> Result<(u64, SecretString), E> {
        let mut current = self.current.lock().await;
        if let Some(key) = &current.key {
            return Ok((current.number, key.clone()));
        }
        let key = open.await?;
        current.number += 1;
        current.key = Some(key.clone());
        Ok((current.number, key))
    }

    /// Forgets the key of this number, which was refused, unless another one has taken its place.
    pub(super) async fn forget(&self, refused: u64) {
        let mut current = self.current.lock().await;
        if current.number == refused {
            current.key = None;
        }
    }
}

/// The key that a response carries.
pub(super) fn key_of(response: &SoapResponse, settings: &Settings) -> Option<SecretString> {
    settings.service.session_key_paths.iter().find_map(|path| {
        let mut element = response.result();
        for name in *path {
            element = element.child(&settings.namespace, name)?;
        }
        let text = element.text().trim();
        (!text.is_empty()).then(|| SecretString::from(text.to_owned()))
    })
}
