//! How pictures are shown in the terminal.

use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct TerminalArgs {
    /// How the terminal is given a picture: in kitty's protocol, as sixels, in blocks of colour or in plain characters
    #[arg(
        long,
        value_name = "HOW",
        value_enum,
        default_value = "auto",
        conflicts_with = "plain"
    )]
    pub(crate) terminal: TerminalMode,
    /// For logs: no picture where there is a table, and no colours
    #[arg(long)]
    pub(crate) plain: bool,
}

/// How a picture gets into a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TerminalMode {
    /// What the terminal says it can show
    Auto,
    /// Kitty's graphics protocol
    Kitty,
    /// Sixels
    Sixel,
    /// Half blocks in colours
    Blocks,
    /// Characters without colours
    Plain,
}
