"""A supervisor in a process of its own, with children that write their number to a folder.

    python -m tests.bin.parent <folder> <name>...

Each child also has a child (as gunicorn and celery have), so that orphans of both generations show.
"""

import os
import sys
from pathlib import Path

from pemasyarakatan.embedded.errors import exit_code
from pemasyarakatan.embedded.service import Service
from pemasyarakatan.embedded.supervisor import Supervisor

CHILD = """
import os, pathlib, signal, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
if os.fork() == 0:
    import ctypes
    parent = os.getppid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    (folder / f"{name}.grandchild").write_text(str(os.getpid()))
    time.sleep(600)
def stop(number, frame):
    with (folder / "stopped").open("a") as file:
        file.write(name + "\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, stop)
(folder / f"{name}.child").write_text(str(os.getpid()))
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
