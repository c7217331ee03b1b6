//! Prints the types of the answers to the page in TypeScript.

#![expect(clippy::print_stdout, reason = "this example prints a generated file")]

fn main() {
    print!("{}", thalweg_explore::typescript::declarations());
}
