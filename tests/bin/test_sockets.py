"""Ports and sockets: what is taken, what is free, what is too long."""

import socket

import pytest

from embedded.errors import Halted
from embedded.sockets import (
    DEFAULT_PORT,
    SOCKET_PATH_LIMIT,
    listening_socket,
    socket_folder,
)


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def test_an_asked_port_that_is_taken_is_refused_with_its_number(taken):
    with pytest.raises(Halted, match=f"Port {taken} sedang dipakai"):
        listening_socket(taken)


@pytest.mark.parametrize("asked", ["delapan", "70000", "-1"])
def test_an_asked_port_that_is_no_port_is_refused(asked):
    with pytest.raises(Halted, match="PORTAL_PORT"):
        listening_socket(asked)


def test_without_a_wish_the_next_free_port_is_taken():
    with listening_socket(None) as first, listening_socket(None) as second:
        ports = first.getsockname()[1], second.getsockname()[1]
    assert DEFAULT_PORT <= ports[0] < ports[1]


def test_a_held_socket_already_takes_visitors():
    with listening_socket(None) as held:
        socket.create_connection(held.getsockname(), timeout=1).close()


def test_sockets_live_in_the_folder_when_the_path_is_short(tmp_path):
    assert socket_folder(tmp_path, "s") == tmp_path / "run"


def test_sockets_move_when_the_path_would_be_too_long(tmp_path):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    folder = socket_folder(deep, "broker.sock")
    assert len(str(folder / "broker.sock")) <= SOCKET_PATH_LIMIT
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "broker.sock"))
    (folder / "broker.sock").unlink()
    folder.rmdir()
