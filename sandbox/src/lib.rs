//! A local stand-in for the Rev.io API.
