//! A client for the Rev.io billing API.
