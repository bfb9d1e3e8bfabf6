"""Clients and guidance in the JSON API. The forms of the pages check the input, so that a rule is written once."""

from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers, status
from rest_framework.response import Response

from apps.acuan.models import JenisProgram
from apps.akun.api import ScopedViewSet
from apps.akun.api_input import Keyset
from apps.akun.roles import REASON, reach
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import services
from apps.klien.forms.clients import IDENTITY, RegisterForm
from apps.klien.forms.guidance import PROMPTS, ContactForm
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.occupation import Contradiction, agreed
from apps.wilayah.models import KabKota

PROSE = ("alasan", "tindak_lanjut", "topik", "catatan", *PROMPTS)
"""Fields of a record that only its permitted readers get; others see null."""


class KlienSerializer(serializers.ModelSerializer):
    """A row of the list: no NIK, address or telephone number."""

    pk_pembimbing = serializers.CharField(source="pk_pembimbing.nama", read_only=True)
    program = serializers.CharField(source="program_nama", read_only=True, allow_null=True)
    akhir_masa = serializers.DateField(source="program_selesai", read_only=True, allow_null=True)
    bimbingan_terakhir = serializers.DateField(source="jadwal.terakhir", read_only=True, allow_null=True)
    bimbingan_berikutnya = serializers.DateField(source="jadwal.berikutnya", read_only=True, allow_null=True)
    kebutuhan_terbuka = serializers.IntegerField(read_only=True)

    class Meta:
        model = Klien
        fields = [
            "id", "kode", "nama", "lahir", "jenis_kelamin", "kategori_usia", "status", "diregistrasi", "pk_pembimbing",
            "program", "akhir_masa", "bimbingan_terakhir", "bimbingan_berikutnya", "kebutuhan_terbuka",
        ]  # fmt: skip


class BerkasSerializer(KlienSerializer):
    """One file of the own office."""

    kabkota = serializers.CharField(source="kabkota.kode", read_only=True)
    alamat = serializers.CharField(read_only=True)
    telepon = serializers.CharField(read_only=True)

    class Meta(KlienSerializer.Meta):
        fields = [
            *KlienSerializer.Meta.fields, "panggilan", "kabkota", "kelurahan", "alamat", "telepon", "kegiatan_utama",
            "pekerjaan",
        ]  # fmt: skip


class KlienBaruSerializer(serializers.ModelSerializer):
    """A registration. References are named by their codes; `RegisterForm` holds the rules."""

    nik = serializers.CharField(required=False, allow_blank=True, help_text="16 angka, boleh kosong.")
    alamat = serializers.CharField(required=False, allow_blank=True)
    telepon = serializers.CharField(required=False, allow_blank=True)
    kabkota = serializers.SlugRelatedField(slug_field="kode", queryset=KabKota.objects.filter(aktif=True))
    pk_pembimbing = serializers.IntegerField(help_text="Id pengguna PK di kantor ini.")
    jenis_program = serializers.SlugRelatedField(
        slug_field="kode", queryset=JenisProgram.objects.filter(aktif=True), write_only=True
    )
    sk_nomor = serializers.CharField(max_length=80, write_only=True)
    sk_tanggal = serializers.DateField(write_only=True)
    mulai = serializers.DateField(write_only=True)
    selesai = serializers.DateField(write_only=True)
    frekuensi_hari = serializers.IntegerField(default=30, write_only=True)

    class Meta:
        model = Klien
        fields = [
            *IDENTITY, "nomor_register", "tahun_register", "diregistrasi", "pk_pembimbing", "jenis_program", "sk_nomor",
            "sk_tanggal", "mulai", "selesai", "frekuensi_hari",
        ]  # fmt: skip
        extra_kwargs = {"kegiatan_utama": {"help_text": "Tanpa isian ini, kegiatan utama dibaca dari pekerjaan."}}

    def validate(self, attrs):
        try:  # a page hides the occupation of a client without work; a machine means what it sends
            agreed(attrs.get("kegiatan_utama", ""), attrs.get("pekerjaan", ""))
        except Contradiction as contradiction:
            raise serializers.ValidationError({"pekerjaan": [str(contradiction)]}) from contradiction
        typed = {name: getattr(value, "pk", value) for name, value in attrs.items()}
        self.form = RegisterForm(typed, user=self.context["request"].user)
        if not self.form.is_valid():
            raise serializers.ValidationError(_sentences(self.form))
        return attrs

    def create(self, validated_data):
        return services.register(**self.form.parts(), by=self.context["request"].user)


class BimbinganSerializer(serializers.ModelSerializer):
    """One contact. `kunci` is made by the sender; the same key again gives the first record."""

    klien = serializers.SlugRelatedField(slug_field="kode", queryset=Klien.objects.none(), help_text="Kode klien.")
    kunci = serializers.UUIDField()
    hadir = serializers.BooleanField()
    topik = serializers.ListField(child=serializers.ChoiceField(CatatanBimbingan.Topik.choices), required=False)
    pk_pencatat = serializers.CharField(source="pk_pencatat.nama", read_only=True)

    class Meta:
        model = CatatanBimbingan
        fields = [
            "id", "kunci", "klien", "tanggal", "cara", "bidang", "hadir", *PROSE, "berikutnya", "pk_pencatat",
            "dibuat_pada", "diterima_pada",
        ]  # fmt: skip
        read_only_fields = ["diterima_pada"]
        validators: list = []  # the key may come again: `log_guidance` then gives the first record

    def get_fields(self):
        fields = super().get_fields()
        if request := self.context.get("request"):
            fields["klien"].queryset = Klien.objects.visible_to(request.user)
        return fields

    def validate(self, attrs):
        user, klien = self.context["request"].user, attrs["klien"]
        typed = {"bidang": CatatanBimbingan.bidang.field.default, **attrs, "hadir": "ya" if attrs["hadir"] else "tidak"}
        self.form = ContactForm(typed, user=user, klien=klien)
        if not self.form.is_valid():
            raise serializers.ValidationError(_sentences(self.form))
        return attrs

    def create(self, validated_data):
        user, klien = self.context["request"].user, validated_data["klien"]
        schedules = JadwalLapor.objects.visible_to(user).for_record()
        jadwal = get_object_or_404(schedules, klien=klien)
        record, self.fresh = services.log_guidance(catatan=self.form.record(), jadwal=jadwal, by=user)
        return CatatanBimbingan.objects.for_timeline(user).select_related("klien").get(pk=record.pk)

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        return shown if instance.terbaca else {**shown, **dict.fromkeys(PROSE)}


class NewestClients(Keyset):
    ordering = ("-pk",)


class NewestContacts(Keyset):
    ordering = ("-tanggal", "-pk")


class KlienViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, ScopedViewSet):
    """Klien dalam jangkauan pemegang token."""

    queryset = Klien.objects.for_list().select_related("kabkota")
    pagination_class = NewestClients
    filterset_fields = ["status", "kategori_usia", "kode"]
    verbs = {"list": "klien.lihat", "retrieve": "klien.lihat", "create": "klien.tambah"}
    answers = {
        "list": {200: (KlienSerializer,)},
        "retrieve": {200: (BerkasSerializer, KlienSerializer)},
        "create": {201: (BerkasSerializer,)},
    }

    def get_serializer_class(self):
        if self.action == "create":
            return KlienBaruSerializer
        return BerkasSerializer if self.action == "retrieve" and not _outsider(self.request) else KlienSerializer

    def list(self, request, *args, **kwargs):
        if _outsider(request):
            self.permission_denied(request)
        answer = super().list(request, *args, **kwargs)
        found = f"API, {len(answer.data['results'])} baris"
        record_access(request, Akses.Verba.EKSPOR, "klien", bapas_id=request.user.penugasan.bapas_id, rincian=found)
        return answer

    def retrieve(self, request, *args, **kwargs):
        klien = self.get_object()
        record_access(request, Akses.Verba.LIHAT, "klien", bapas_id=klien.bapas_id, objek_id=klien.pk, rincian="API")
        return Response(self.get_serializer(klien).data)

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        klien = self.get_queryset().get(pk=serializer.save().pk)
        return Response(BerkasSerializer(klien).data, status=status.HTTP_201_CREATED)


class BimbinganViewSet(mixins.ListModelMixin, mixins.CreateModelMixin, ScopedViewSet):
    """Catatan bimbingan yang berlaku dalam jangkauan pemegang token; yang diperbaiki atau dibatalkan tidak ikut."""

    queryset = CatatanBimbingan.objects.all()
    serializer_class = BimbinganSerializer
    pagination_class = NewestContacts
    filterset_fields = ["klien__kode", "tanggal", "hadir"]
    verbs = {"list": "bimbingan.baca", "create": "bimbingan.catat"}
    answers = {"create": {200: (BimbinganSerializer,), 201: (BimbinganSerializer,)}}

    def get_queryset(self):
        return CatatanBimbingan.objects.for_timeline(self.request.user).counted().select_related("klien")

    def list(self, request, *args, **kwargs):
        answer = super().list(request, *args, **kwargs)
        found = f"API, {len(answer.data['results'])} baris"
        record_access(request, Akses.Verba.EKSPOR, "bimbingan", bapas_id=request.user.penugasan.bapas_id, rincian=found)
        return answer

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data, status=201 if serializer.fresh else 200)


def _outsider(request) -> bool:
    """True for Kanwil and Ditjenpas: they open one file at a time, after a reason typed in the portal."""
    return bool(request) and reach(request.user, "klien.lihat") == REASON


def _sentences(form) -> dict:
    return {("non_field_errors" if name == "__all__" else name): errors for name, errors in form.errors.items()}


router_entries = [("klien", KlienViewSet), ("bimbingan", BimbinganViewSet)]
