//! Turns the curated schema into the source of revio-api.
