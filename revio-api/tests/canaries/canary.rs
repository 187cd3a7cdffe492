//! What is planted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(crate) const USER: &str = "canary_user";
pub(crate) const CLIENT_CODE: &str = "canary_code";
pub(crate) const PASSWORD: &str = "canary-password-91";
pub(crate) const KEY: &str = "canarykey0123456789";
pub(crate) const NAME: &str = "Canary Zephyrine";
pub(crate) const CARD: &str = "4111111111111111";

/// Says where a planted value came out.
pub(crate) fn assert_clean(place: &str, printed: &str) {
    let pair = STANDARD.encode(format!("{USER}@{CLIENT_CODE}:{PASSWORD}"));
    let planted = [
        USER,
        CLIENT_CODE,
        PASSWORD,
        KEY,
        NAME,
        CARD,
        "Zephyrine",
        "Canary%20",
        &pair,
    ];
    for canary in planted {
        assert!(
            !printed.contains(canary),
            "{place} lets out {canary}: {printed}"
        );
    }
}
