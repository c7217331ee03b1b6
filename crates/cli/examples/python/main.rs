//! Prints a generated module of the Python package: `cargo run -p thalweg-cli --example python -- optimizers`.
//!
//! The name is that of a list of the catalog, or `commands` for the functions of the commands.

mod commands;
mod entries;
mod functions;
mod keyword;
mod text;

use thalweg_explore::catalog;

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    if name == "commands" {
        print!("{}", commands::module());
        return;
    }
    let lists = catalog::lists();
    let list = lists.iter().find(|list| list.name == name);
    let names: Vec<&str> = lists.iter().map(|list| list.name).collect();
    let list = list.unwrap_or_else(|| panic!("`{name}` is not one of {}", names.join(", ")));
    print!("{}", entries::module(list));
}
