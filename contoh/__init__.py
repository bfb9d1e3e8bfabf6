"""Sample data: invented people, groups and programmes for a demonstration and for benchmarks.

    offices  amount of data per Bapas             people, words  names and sentences
    clients, groups, programmes, accounts         rows of one office, from a seed and a date; no database
    terms, history                                the guidance of one client, and the rows that services would have left
    revisions, handovers, paths                   made by the services, dated afterwards
    copying  rows → COPY                          loading        one transaction, or many processes

The same seed and the same date give the same rows. Nothing here describes a real person.
"""
