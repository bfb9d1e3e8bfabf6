#!/usr/bin/env bash
# Creating a solver prints two lines on standard output, before anybody can ask it to be silent.
#
# Seen with highspy 1.16.0, Python 3.11, 1 December 2026.
# `output_flag` and `silent()` are methods of the object, so they come too late: the constructor itself prints the name, the
# version and the licence, once per process. It happens while callbacks are enabled: a subclass whose `enableCallbacks` does nothing
# stays silent and still solves. A second object of the same process prints nothing.
#
# Output seen (lines on standard output):
#   one solver: 2 lines
#   two solvers: 2 lines
#   silent() at once: 2 lines
#   enableCallbacks left out: 0 lines, solved with 3.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet highspy==1.16.0
PYTHONDONTWRITEBYTECODE=1 "$folder/venv/bin/python" - <<'PYTHON'
import subprocess
import sys

QUIET = """
import highspy
class Quiet(highspy.Highs):
    def enableCallbacks(self): pass
solver = Quiet()
solver.silent()
solver.addVar(0, 3)
solver.changeColCost(0, -1)
solver.run()
import sys
print(solver.getSolution().col_value[0], file=sys.stderr)
"""
PROGRAMS = {
    "one solver": "import highspy; highspy.Highs()",
    "two solvers": "import highspy; highspy.Highs(); highspy.Highs()",
    "silent() at once": "import highspy; highspy.Highs().silent()",
    "enableCallbacks left out": QUIET,
}
seen = []
for label, program in PROGRAMS.items():
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    solved = f", solved with {done.stderr.strip()}" if done.stderr else ""
    seen.append(f"{label}: {len(done.stdout.splitlines())} lines{solved}")

expected = [
    "one solver: 2 lines",
    "two solvers: 2 lines",
    "silent() at once: 2 lines",
    "enableCallbacks left out: 0 lines, solved with 3.0",
]
print("\n".join(seen))
sys.exit(seen != expected)
PYTHON
