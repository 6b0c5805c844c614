//! A compiler for the numbers in a news story.
//!
//! A draft, its claims (TOML) and the source figures come in through [`system`]. Claims are decoded and validated by
//! [`claim`], figures taken by [`source`], each claim's formula evaluated by [`formula`] to a triple of value,
//! [`unit`](mod@unit) and [`scope`], and the words of the [`draft`] turned by [`mention`] and [`hedge`] into what they
//! allow. An [`assessment`] holds the two against each other, [`checks`] turn what differs into findings, the [`engine`]
//! does all this story by story; a [`fix`] says what would have to be edited for the words to fit; [`report`] renders what comes of it, less what a [`baseline`] lets stand, and [`lsp`]
//! shows it in editors. Modules stand in reading order; each imports
//! only from those above it.

pub mod text;
pub mod finding;
pub mod system;
pub mod packed;
pub mod number;
pub mod unit;
pub mod hedge;
pub mod mention;
pub mod scope;
pub mod series;
pub mod draft;
pub mod consistency;
pub mod formula;
pub mod source;
pub mod claim;
pub mod lock;
pub mod assessment;
pub mod checks;
pub mod engine;
pub mod fix;
pub mod baseline;
pub mod report;
pub mod lsp;
pub mod cli;
