TARGETS = {
    "dasbor:bapas_rinci": lambda place: ([place.bapas.pk], {}, {}),
    "dasbor:tugas": lambda place: (["tidak-ada"], {}, {}),
}
