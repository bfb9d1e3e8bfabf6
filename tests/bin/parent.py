"""A supervisor in a process of its own, with children that write their number to a folder.

    python -m tests.bin.parent <folder> <name>...

Each child also has a child (as gunicorn and celery have), so that orphans of both generations show.
"""

import os
import sys
from pathlib import Path

from embedded.errors import exit_code
from embedded.service import Service
from embedded.supervisor import Supervisor

CHILD = """
import ctypes, os, pathlib, signal, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
def note(generation, number):
    unfinished = folder / f"{name}.{generation}.unfinished"
    unfinished.write_text(str(number))
    unfinished.rename(folder / f"{name}.{generation}")
def stop(number, frame):
    with (folder / "stopped").open("a") as file:
        file.write(name + "\\n")
    os._exit(0)
grandchild = os.fork()
if grandchild == 0:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    time.sleep(600)
signal.signal(signal.SIGTERM, stop)
note("grandchild", grandchild)
note("child", os.getpid())
time.sleep(600)
"""


def main() -> int:
    folder = Path(sys.argv[1])
    with Supervisor() as parent:
        for name in sys.argv[2:]:
            number = folder / f"{name}.child"
            parent.start(
                Service(
                    label=name,
                    argv=(sys.executable, "-c", CHILD, str(folder), name),
                    env=dict(os.environ),
                    log=folder / f"{name}.log",
                    ready=number.exists,
                    grace=3,
                )
            )
        (folder / "ready").touch()
        parent.watch()
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
