"""Sample data: invented people, groups and programmes for a demonstration and for benchmarks.

    offices  which Bapas gets how much            people, words  names and sentences
    clients, groups, programmes, accounts         rows of one office, from a seed and a date; no database
    terms, history                                how one client is guided, and what the services leave behind of it
    revisions, handovers, paths                   what the services do themselves, dated afterwards
    copying  rows → COPY                          loading        one transaction, or many processes

The same seed and the same date give the same rows. Nothing here describes a real person.
"""
