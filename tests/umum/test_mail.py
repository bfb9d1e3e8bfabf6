"""Mail as it leaves: where it lands when EMAIL_URL names a folder, as the demo does, and what its head says."""

import os
import subprocess
import sys
from email import message_from_string

from django.conf import settings

SECRETS = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")


def sent(folder, **settings_of_the_test) -> str:
    """The only mail in `folder` after a mail was sent from another one."""
    elsewhere = folder.parent / "tempat kerja"
    elsewhere.mkdir()
    env = {name: os.environ[name] for name in (*SECRETS, "DATABASE_URL", "PATH")}
    env |= {"DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings", "EMAIL_URL": folder.as_uri(), **settings_of_the_test}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "sendtestemail", "siti@contoh.id"]
    subprocess.run(command, env=env, cwd=elsewhere, check=True)
    (mail,) = folder.iterdir()
    assert list(elsewhere.iterdir()) == []
    return mail.read_text()


def test_a_folder_in_the_address_is_where_the_mail_is(tmp_path):
    assert "To: siti@contoh.id" in sent(tmp_path / "surel keluar")


def test_its_head_names_the_domain_of_the_portal_and_says_that_a_program_sent_it(tmp_path):
    head = message_from_string(sent(tmp_path / "surel", PORTAL_URL="https://portal.contoh.go.id:8443"))
    assert head["Message-ID"].endswith("@portal.contoh.go.id>")
    assert head["Auto-Submitted"] == "auto-generated"
