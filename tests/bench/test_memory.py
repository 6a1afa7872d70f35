"""Memory is compared with its limit in 10^6 bytes, and shown in MiB, as task sizes are."""

from bench.memory import Memory, memory_table

MEBIBYTE = 2**20
MEMORY = Memory("three", 0.07, 190 * MEBIBYTE, 180 * MEBIBYTE, limit_mb=200)


def test_the_highest_is_bounded() -> None:
    assert MEMORY.bound().figures == (199.22944,)
    assert MEMORY.bound().holds()
    assert not Memory("three", 0.07, 191 * MEBIBYTE, 0, limit_mb=200).bound().holds()


def test_the_table_is_in_mebibytes() -> None:
    assert memory_table([MEMORY]).splitlines()[-1] == "| three | 0.07 MB | 190 MiB | 180 MiB |"
