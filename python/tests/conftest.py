"""The installed program."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# A shell starts background processes with Ctrl-C ignored, and Python keeps this.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def program():
    """Returns a function that runs the program and returns what it prints."""
    script = shutil.which("thalweg", path=str(Path(sys.executable).parent))
    command = [os.environ.get("THALWEG_PROGRAM") or script or ""]
    if not command[0]:
        command = [sys.executable, "-m", "thalweg"]

    def run(*arguments, status=0):
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return run
