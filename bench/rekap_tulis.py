"""Guidance records per second of eight writers with the upkeep of the sums, against the same without it.

Each writer is a connection of the owner that inserts one record per transaction; without upkeep the trigger is off. Two
cases: the writers spread over many offices, and all of them in one office on one day while merges run. The ratio is
that of the worse case. Afterwards the records are deleted, and the sums compared with a recount.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
from django.utils import timezone

from apps.klien.models import Klien
from apps.rekap import keeping, tasks
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, office_scope
from bench.measure import Verdict, interleaved

WRITERS, SECONDS, ROUNDS = 8, 3.0, 7
PASS, AIM = 0.65, 0.80
TRIGGER = "rekap_bimbingan_klien_catatanbimbingan"
NOTE = "Catatan uji kecepatan"
INSERT = f"""
INSERT INTO klien_catatanbimbingan (bapas_id, kunci, klien_id, pk_pencatat_id, tanggal, cara, bidang, hadir, alasan,
    tindak_lanjut, topik, kondisi, pekerjaan, lingkungan, kendala, rencana, catatan, alasan_koreksi, dibatalkan,
    dibuat_pada, diterima_pada)
VALUES (%s, gen_random_uuid(), %s, %s, %s, 'kantor', 'kepribadian', true, '', '', '{{}}', '', '', '', '', '', '{NOTE}',
    '', false, now(), now())
"""


def run() -> Verdict:
    offices = list(Bapas.objects.order_by("pk").values_list("pk", flat=True))
    spread = [_someone(office) for office in offices[:WRITERS]]
    hot = [spread[0]] * WRITERS
    cases = {name: _ratio(clients) for name, clients in (("spread", spread), ("one hot cell", hot))}
    _forget(offices)
    for office in {office for office, _, _ in spread}:
        with database_scope(office_scope(office)):
            keeping.merge([office])
            if drifts := keeping.check(office):
                raise AssertionError(f"the sums differ from a recount: {drifts}")
    rates = "; ".join(
        f"{name} {ratio:.2f} ({', '.join(f'{a:.0f}/{b:.0f}' for a, b in pairs)})"
        for name, (ratio, pairs) in cases.items()
    )
    detail = f"records/s with/without: {rates}; no deadlock, sums equal a recount."
    return Verdict("records with the upkeep of sums", min(ratio for ratio, _ in cases.values()), PASS, AIM, detail)


def _someone(office: int) -> tuple[int, int, int]:
    """(office, client, officer)."""
    with database_scope(office_scope(office)):
        return Klien.objects.filter(bapas=office).active().values_list("bapas_id", "pk", "pk_pembimbing_id").first()


def _ratio(clients: list[tuple[int, int, int]]) -> tuple[float, list[tuple[float, float]]]:
    def rate(upkeep: str) -> float:
        with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
            cursor.execute(f"ALTER TABLE klien_catatanbimbingan {upkeep} TRIGGER {TRIGGER}_i")
        until = time.monotonic() + SECONDS
        with ThreadPoolExecutor(WRITERS + 1) as pool:
            jobs = [pool.submit(_write, *client, until) for client in clients]
            merging = pool.submit(_merge, until)
            written = sum(job.result() for job in jobs)
            merging.result()
        return written / SECONDS

    try:
        ratio, pairs = interleaved(lambda: rate("ENABLE"), lambda: rate("DISABLE"), ROUNDS)
    finally:
        rate("ENABLE")
    return ratio, pairs


def _write(office: int, client: int, officer: int, until: float) -> int:
    """Records written until then; a deadlock or any other error ends the benchmark."""
    done, today = 0, timezone.localdate()
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as link, link.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', %s, false)", [f"{{{office}}}"])
        link.commit()
        while time.monotonic() < until:
            cursor.execute(INSERT, [office, client, officer, today])
            link.commit()
            done += 1
    return done


def _merge(until: float) -> None:
    """What the job does, every second."""
    while time.monotonic() < until:
        tasks.merge()
        time.sleep(1)


def _forget(offices: list[int]) -> None:
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', %s, true)", [f"{{{','.join(map(str, offices))}}}"])
        cursor.execute("DELETE FROM klien_catatanbimbingan WHERE catatan = %s", [NOTE])
