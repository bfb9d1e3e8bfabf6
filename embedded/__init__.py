"""The commands of `bin/`: they run PostgreSQL, a broker and the portal as children of one process.

For demo, tests and benchmarks. Production sets DATABASE_URL and REDIS_URL and needs none of this.
"""
