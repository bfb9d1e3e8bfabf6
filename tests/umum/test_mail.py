"""Where mail lands when EMAIL_URL names a folder, as the demo does."""

import os
import subprocess
import sys

from django.conf import settings

SECRETS = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")


def test_a_folder_in_the_address_is_where_the_mail_is(tmp_path):
    folder, elsewhere = tmp_path / "surel keluar", tmp_path / "tempat kerja"
    elsewhere.mkdir()
    env = {name: os.environ[name] for name in (*SECRETS, "DATABASE_URL", "PATH")}
    env |= {"DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings", "EMAIL_URL": folder.as_uri()}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "sendtestemail", "siti@contoh.id"]
    subprocess.run(command, env=env, cwd=elsewhere, check=True)
    (mail,) = folder.iterdir()
    assert "To: siti@contoh.id" in mail.read_text()
    assert list(elsewhere.iterdir()) == []
