"""10,000 rows of the client list as CSV, against an object for each row and a call for each cell (`unduhan.py`)."""

from bench.measure import Verdict
from bench.unduhan import as_csv, compared

PASS, AIM = 0.10, 0.08


def run() -> Verdict:
    return compared("csv", as_csv, PASS, AIM)
