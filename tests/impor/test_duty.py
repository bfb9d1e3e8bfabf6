"""Work for somebody whose assignment has ended, and lines of the trail that the system writes for a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.akun import services
from apps.impor import working
from apps.impor.models import Impor
from apps.jejak.jobs import GIVEN_UP
from apps.jejak.models import Riwayat
from tests.impor.factories import client_row, csv_file
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db
ENDED = "Penugasan peminta sudah berakhir. Impor lagi dengan akun yang bertugas."


def test_an_import_of_a_stopped_assignment_stores_nothing(way, operator, officer):
    impor = way.checked(csv_file([client_row()]))
    Impor.objects.update(status="simpan", mulai_pada=None)
    services.stop(by=officer("kabapas"), duty=operator.penugasan, alasan="Pindah")
    done = way.work(impor)
    assert (done.status, done.galat, done.jumlah_disimpan) == ("gagal", ENDED, 0)


def test_an_import_of_a_closed_account_is_not_checked(way, operator, officer):
    impor = way.uploaded(csv_file([client_row()]))
    Impor.objects.update(status="periksa", mulai_pada=None)
    services.deactivate(by=officer("kabapas"), person=operator, alasan="Pindah")
    assert way.work(impor).galat == ENDED


def test_an_import_that_is_given_up_fails_in_the_name_of_its_requester(way, operator):
    """The worker looks after all offices, without an actor; the line is of the person for whom the job ran."""
    way.uploaded(csv_file([client_row()]))
    long_ago = timezone.now() - GIVEN_UP - timedelta(minutes=1)
    Impor.objects.update(status="periksa", denyut_pada=long_ago, diminta_pada=long_ago, mulai_pada=long_ago)
    with as_web_role():
        assert working.reap_stalled() == []
    assert (Impor.objects.get().status, Riwayat.objects.latest("pk").oleh) == ("gagal", operator)


def test_an_import_that_nobody_wants_any_more_ends_in_the_name_of_its_requester(way, operator):
    way.checked(csv_file([client_row()]))
    Impor.objects.update(dibuat_pada=timezone.now() - timedelta(days=8))
    with as_web_role():
        assert working.purge() == 1
    assert (Impor.objects.get().status, Riwayat.objects.latest("pk").oleh) == ("batal", operator)
