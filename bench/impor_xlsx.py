"""The same 100,000 rows from a workbook, which a child process reads, against COPY alone."""

from bench.impor_csv import measure
from bench.import_rows import as_xlsx
from bench.measure import Verdict

PASS, AIM = 0.4, 0.65


def run() -> Verdict:
    return measure("XLSX import", "bimbingan.xlsx", as_xlsx, PASS, AIM)
