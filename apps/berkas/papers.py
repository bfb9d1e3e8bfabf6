"""Whether a PDF may be kept. A child process with little memory and time reads it (`paper_child.py`)."""

import subprocess
from pathlib import Path

from apps.dasar import limited

CHILD = Path(__file__).with_name("paper_child.py")
CHILD_MEMORY, CHILD_CPU, CHILD_WALL = 512, 10, 30
"""Megabytes, seconds of CPU time, seconds until the child is killed."""
PRINT = (
    "Buka PDF ini, pilih Cetak, pilih pencetak “Microsoft Print to PDF” (di HP: “Simpan sebagai PDF”), "
    "lalu unggah hasilnya."
)
BROKEN = "Berkas PDF ini rusak. Simpan ulang sebagai PDF, lalu unggah lagi."
SENTENCES = {
    "baik": "",
    "rusak": BROKEN,
    "terkunci": "PDF ini terkunci. Simpan tanpa kunci, lalu unggah lagi.",
    "kosong": "PDF ini tidak punya halaman.",
    "rumit": f"PDF ini terlalu rumit untuk diperiksa. {PRINT}",
    "skrip": f"PDF ini memuat skrip atau perintah untuk membuka program. {PRINT}",
    "lampiran": f"PDF ini memuat lampiran, suara, atau video. {PRINT}",
    "formulir": f"PDF ini memuat formulir yang dapat dikirim. {PRINT}",
    "tautan": f"PDF ini memuat tautan, misalnya alamat situs atau surel pada kop surat. {PRINT}",
}
"""What the child found → the sentence for the person who uploads."""


def verdict(body: bytes) -> str:
    """The sentence why this PDF is not taken; "" for one that is."""
    if not body.startswith(b"%PDF-"):
        return BROKEN
    command = limited.command(CHILD, memory=CHILD_MEMORY, seconds=CHILD_CPU)
    try:
        child = subprocess.run(
            command, input=body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=CHILD_WALL,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return SENTENCES["rumit"]
    return SENTENCES.get(child.stdout.decode("ascii", "replace"), SENTENCES["rumit"])
