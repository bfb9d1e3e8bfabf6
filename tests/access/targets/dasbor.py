TARGETS = {
    "dasbor:bapas_rinci": lambda place: ([place.bapas.pk], {}, {}),
}
