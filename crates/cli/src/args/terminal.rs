//! The arguments that select how the terminal shows pictures.

use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct TerminalArgs {
    /// Method of showing a picture in the terminal
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value = "auto",
        conflicts_with = "plain"
    )]
    pub(crate) terminal: TerminalMode,
    /// Omits colors and the picture above a table, for example in logs
    #[arg(long)]
    pub(crate) plain: bool,
}

/// A method of showing a picture in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TerminalMode {
    /// The best method that the terminal reports
    Auto,
    /// Kitty's graphics protocol
    Kitty,
    /// Sixels
    Sixel,
    /// Half blocks in color
    Blocks,
    /// Characters without colors
    Plain,
}
