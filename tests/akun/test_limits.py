"""Attempts are counted exactly, in every process together, whatever becomes of the request that made them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.cache import cache
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from apps.akun import limits, tasks
from apps.akun.models import Batas
from apps.akun.sessions import SessionStore
from apps.akun.throttles import PersonThrottle
from tests import factories as make


def counted_at_once(threads: int, each: int) -> list[int]:
    def count(_):
        try:
            return [limits.count("uji", seconds=60) for _ in range(each)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return sorted(number for numbers in pool.map(count, range(threads)) for number in numbers)


@pytest.mark.django_db(transaction=True)
def test_no_attempt_is_lost_when_many_come_at_once():
    assert counted_at_once(8, 25) == list(range(1, 201))
    assert limits.counted("uji") == 200


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_gets_the_lock_of_a_library():
    def take(_):
        try:
            return cache.add("kunci", True, timeout=10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


@pytest.mark.django_db
class TestCounting:
    def test_what_was_tried_counts_although_the_request_is_rolled_back(self):
        for _ in "12":
            with transaction.atomic():
                limits.count("uji", seconds=60, by=3)
                transaction.set_rollback(True)
        assert limits.counted("uji") == 6

    def test_a_period_that_is_over_begins_anew(self):
        limits.count("uji", seconds=60, by=9)
        Batas.objects.using(limits.ALIAS).update(sampai=timezone.now() - timedelta(minutes=1))
        assert limits.counted("uji") == 0
        assert limits.count("uji", seconds=60) == 1

    def test_attempts_do_not_make_the_period_longer(self):
        limits.count("uji", seconds=60)
        until = Batas.objects.using(limits.ALIAS).get().sampai
        limits.count("uji", seconds=3600)
        assert Batas.objects.using(limits.ALIAS).get().sampai == until

    def test_the_web_role_may_count(self, web_role_requests, client):
        with connections[limits.ALIAS].cursor() as cursor:
            cursor.execute("SET ROLE portal_web")
            assert client.get(reverse("laporan:verify", args=["XXXXXXXXXXXX"])).status_code == 404
            cursor.execute("RESET ROLE")
        assert Batas.objects.using(limits.ALIAS).get().nilai == 1

    def test_the_table_is_not_logged(self):
        with connections[limits.ALIAS].cursor() as cursor:
            cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = %s", [Batas._meta.db_table])
            assert cursor.fetchone() == ("u",)


@pytest.mark.django_db
class TestCacheOfLibraries:
    @pytest.mark.parametrize("value", [[1.5, 2], True, "y", 0, None, {"a": 1}])
    def test_values_come_back(self, value):
        cache.set("a", value, 60)
        assert cache.get("a", "nothing") == value

    def test_it_keeps_what_was_added_first(self):
        assert cache.add("a", 1, 60)
        assert not cache.add("a", 2, 60)
        assert cache.get("a") == 1
        assert cache.delete("a")
        assert not cache.delete("a")
        assert cache.get("a") is None

    def test_what_is_over_is_gone_and_may_be_added_again(self):
        cache.set("a", 1, 0)
        assert "a" not in cache
        assert cache.add("a", 2, 60)

    def test_without_a_time_it_stays(self):
        cache.set("a", 1, None)
        tasks.remove_outdated()
        assert cache.get("a") == 1
        cache.clear()
        assert cache.get("a") is None


@pytest.mark.django_db
def test_once_a_day_what_is_over_is_removed(settings):
    running = SessionStore()
    running.create()
    over = SessionStore()
    over.set_expiry(-1)
    over.create()
    limits.count("hari ini", seconds=60)
    cache.set("kemarin", 1, 0)
    tasks.remove_outdated()
    assert list(Batas.objects.using(limits.ALIAS).values_list("kunci", flat=True)) == ["hari ini"]
    assert list(SessionStore.get_model_class().objects.values_list("pk", flat=True)) == [running.session_key]
    assert any(job["task"] == tasks.remove_outdated.name for job in settings.CELERY_BEAT_SCHEDULE.values())


@pytest.mark.django_db
def test_a_log_in_leaves_no_address(client, officer):
    client.post(reverse("account_login"), {"login": officer("pk").email, "password": make.PASSWORD})
    assert "_auth_user_id" in client.session
    assert not AccessLog.objects.exists()


@pytest.mark.django_db
def test_a_failed_log_in_is_kept_for_90_days():
    for days, user_agent in ((91, "lama"), (89, "baru")):
        for kind, more in ((AccessAttempt, {"failures_since_start": 3}), (AccessLog, {}), (AccessFailureLog, {})):
            row = kind.objects.create(username="a", ip_address="10.0.0.1", user_agent=user_agent, **more)
            kind.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - timedelta(days=days))
    tasks.remove_outdated()
    for kind in (AccessAttempt, AccessLog, AccessFailureLog):
        assert list(kind.objects.values_list("user_agent", flat=True)) == ["baru"]


@pytest.mark.django_db
def test_the_api_refuses_who_asks_too_often(client, officer, monkeypatch):
    monkeypatch.setattr(PersonThrottle, "rate", "3/min", raising=False)
    one, other = ({"Authorization": f"Token {make.api_token(officer('pk'))}"} for _ in "12")
    answers = [client.get("/api/v1/klien/", headers=one) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert client.get("/api/v1/klien/", headers=other).status_code == 200
