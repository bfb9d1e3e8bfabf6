"""A program that reads foreign files in a process of its own, with little memory and little time, and writes no file.

It sees no setting of the portal and no path but its own: a file that crashes it, or makes it grow, harms nothing else.
`command` is what the portal starts; run as a program this module sets the limits, which bind the libraries too, and
goes on with the other program.
"""

import resource
import runpy
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024


def command(program: Path, *arguments: object, memory: int, seconds: int) -> list[str]:
    """What runs `program` with so many megabytes and seconds of processor time. Give it `env={}`."""
    return [sys.executable, "-I", __file__, *map(str, (memory, seconds, program, *arguments))]


def main(memory: str, seconds: str, program: str, *arguments: str) -> None:
    for what, limit in (
        (resource.RLIMIT_AS, int(memory) * MEGABYTE),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    sys.argv = [program, *arguments]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
