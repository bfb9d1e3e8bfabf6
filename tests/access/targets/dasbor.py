TARGETS = {
    "dasbor:bapas_rinci": lambda place: ([place.bapas.pk], {}, {}),
    "dasbor:wilayah_unduh": lambda place: (["csv"], {}, {}),
    "dasbor:nasional_unduh": lambda place: (["csv"], {}, {}),
}
