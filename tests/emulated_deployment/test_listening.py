import os
import socket

from emulated_deployment.listening import addresses, beyond_loopback, listeners

TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 101 1
   1: 00000000:22B3 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 102 1
   2: 0100007F:11D7 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 103 1
   3: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 999 1
"""
TABLE_6 = """\
  sl  local_address                         remote_address                        st tx rx tr uid
   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0 0 0 0 0 201
   1: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 0 0 0 0 0 202
   2: 00000000000000000000000000000000:1F92 00000000000000000000000000000000:0000 0A 0 0 0 0 0 203
"""


def test_only_listening_sockets_of_the_process_count() -> None:
    found = list(listeners(TABLE, {"101", "102", "103"}))
    assert found == ["127.0.0.1:4566", "0.0.0.0:8883"]


def test_others_reach_all_but_loopback_in_both_families() -> None:
    columns = TABLE_6.replace(" 0A 0 0 0 0 0 ", " 0A 0:0 0:0 0 0 0 ")
    found = listeners(columns, {"201", "202", "203"})
    assert beyond_loopback(found) == {":::8082"}


def test_this_process_is_found_where_it_listens() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert f"127.0.0.1:{port}" in addresses(os.getpid())
    assert f"127.0.0.1:{port}" not in addresses(os.getpid())
