pub mod resources {}
