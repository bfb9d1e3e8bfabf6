"""URLs of this room (app). People have bookmarked them: slugs do not change."""

from django.urls import path

from apps.asesmen import views

app_name = "asesmen"
urlpatterns = [
    path("klien/<int:klien>/asesmen/", views.assessments, name="list"),
    path("klien/<int:klien>/asesmen/baru/", views.begin, name="begin"),
    path("klien/<int:klien>/asesmen/<int:pk>/", views.detail, name="detail"),
    path("klien/<int:klien>/asesmen/<int:pk>/skor/", views.scores, name="scores"),
    path("klien/<int:klien>/asesmen/<int:pk>/skor/<int:skor>/hapus/", views.score_remove, name="score_remove"),
    path("klien/<int:klien>/asesmen/<int:pk>/periksa/", views.check, name="check"),
    path("klien/<int:klien>/asesmen/<int:pk>/dibacakan/", views.read_aloud, name="read_aloud"),
    path("klien/<int:klien>/asesmen/<int:pk>/buang/", views.drop, name="drop"),
    path("klien/<int:klien>/asesmen/<int:pk>/<slug:domain>/", views.domain, name="domain"),
]
