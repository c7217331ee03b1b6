"""Runs the program: `python -m thalweg`."""

from thalweg._program import main

main()
