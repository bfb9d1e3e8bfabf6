"""Activities in the JSON API: the same rows, verbs and rules as the pages."""

from rest_framework import mixins, serializers

from apps.acuan.models import KategoriKebutuhan
from apps.akun.api import ScopedViewSet
from apps.akun.api_input import MOMENTS, Keyset
from apps.kegiatan import services
from apps.kegiatan.forms import MOST_PEOPLE
from apps.kegiatan.models import Kegiatan
from apps.program.models import ProgramTahunan, RencanaKegiatan
from apps.wilayah.models import Bapas, Mitra


class NewestFirst(Keyset):
    ordering = ("-mulai", "-pk")


class OwnPlans(serializers.PrimaryKeyRelatedField):
    """Planned activities of the own office, of programmes in force."""

    def get_queryset(self):
        user = self.context["request"].user
        in_force = ProgramTahunan.objects.visible_to(user).in_force()
        return RencanaKegiatan.objects.visible_to(user).filter(program__in=in_force)


class KegiatanSerializer(serializers.ModelSerializer):
    """Clients are not part of it: attendance is counted."""

    bapas = serializers.SlugRelatedField(
        slug_field="kode", queryset=Bapas.objects.filter(aktif=True), required=False,
        help_text="Kode Bapas; wajib bagi mitra yang bekerja dengan lebih dari satu Bapas.",
    )  # fmt: skip
    mitra = serializers.PrimaryKeyRelatedField(
        queryset=Mitra.objects.all(), required=False, allow_null=True, help_text="Penyelenggara; kosong berarti Bapas."
    )
    kategori = serializers.SlugRelatedField(
        slug_field="kode", many=True, allow_empty=False, queryset=KategoriKebutuhan.objects.filter(aktif=True),
        help_text="Kode kebutuhan yang dilayani.",
    )  # fmt: skip
    rencana = OwnPlans(queryset=RencanaKegiatan.objects.none(), required=False, allow_null=True)
    kuota = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE)
    biaya_rencana = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False)
    peserta = serializers.IntegerField(read_only=True, default=0)
    hadir = serializers.IntegerField(read_only=True, default=0)

    serializer_field_mapping = MOMENTS

    class Meta:
        model = Kegiatan
        fields = [
            "id", "bapas", "mitra", "judul", "jenis", "bidang", "kategori", "mulai", "selesai", "tempat", "kuota",
            "sumber", "biaya_rencana", "rencana", "biaya", "hasil", "status", "peserta", "hadir",
        ]  # fmt: skip
        read_only_fields = ["bidang", "biaya", "hasil", "status"]

    def validate(self, attrs):
        if attrs["selesai"] <= attrs["mulai"]:
            raise serializers.ValidationError({"selesai": "Waktu selesai harus setelah waktu mulai."})
        return attrs

    def create(self, validated_data):
        user = self.context["request"].user
        duty = user.penugasan
        mitra = validated_data.pop("mitra", None) or duty.mitra
        bapas = validated_data.pop("bapas", None) or duty.bapas or self._only_office(mitra)
        return services.create(by=user, bapas=bapas, mitra=mitra, **validated_data)

    def _only_office(self, mitra):
        offices = list(services.offices_of(mitra)[:2])
        if len(offices) != 1:
            raise serializers.ValidationError({"bapas": "Isi kode Bapas."})
        return offices[0]


class KegiatanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, ScopedViewSet):
    """Kegiatan dalam jangkauan pemegang token."""

    queryset = Kegiatan.objects.for_list().prefetch_related("kategori")
    serializer_class = KegiatanSerializer
    pagination_class = NewestFirst
    filterset_fields = ["status", "jenis"]
    verbs = {"list": "kegiatan.lihat", "retrieve": "kegiatan.lihat", "create": "kegiatan.buat"}


router_entries = [("kegiatan", KegiatanViewSet)]
