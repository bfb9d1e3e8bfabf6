"""10,000 rows of the client list as XLSX, against an object for each row and a call for each cell (`unduhan.py`)."""

from bench.measure import Verdict
from bench.unduhan import as_xlsx, compared

PASS, AIM = 0.20, 0.15


def run() -> Verdict:
    return compared("xlsx", as_xlsx, PASS, AIM)
