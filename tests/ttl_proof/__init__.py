"""Shows that environments are deleted when, and only when, they may: many schedules, many faults.

`make ttl-proof` runs the long form, `test_schedules.py` a short one.
"""
