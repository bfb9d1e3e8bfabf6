from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klien", "0013_occupations_are_read")]

    operations = [
        migrations.AddConstraint(
            model_name="klien",
            constraint=models.CheckConstraint(
                condition=models.Q(("pekerjaan", ""), ("kegiatan_utama", "bekerja"), _connector="OR"),
                name="klien_occupation_of_who_works",
                violation_error_message="Pekerjaan hanya diisi bila kegiatan utamanya bekerja.",
            ),
        ),
        migrations.AddConstraint(
            model_name="klien",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kegiatan_utama", "sekolah"), _negated=True), ("bersekolah", True), _connector="OR"
                ),
                name="klien_pupil_goes_to_school",
                violation_error_message="Klien yang kegiatan utamanya sekolah sedang bersekolah.",
            ),
        ),
    ]
