"""Who runs a sweep: one process of one machine, and whether it still lives."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Owner:
    """A process, named so that a number used again by another process is not taken for it."""

    place: str  # host and process namespace: only there does the number mean anything
    pid: int
    started: str  # the kernel's start time of the process, "" where it is not known

    @classmethod
    def me(cls) -> "Owner":
        """The process that asks."""
        pid = os.getpid()
        return cls(_place(), pid, _start_time(pid))

    @classmethod
    def parse(cls, text: str) -> "Owner | None":
        """The owner that `str` wrote, None for anything else."""
        place, _, rest = text.rpartition(" pid ")
        pid, _, started = rest.partition("@")
        return cls(place, int(pid), started) if place and pid.isdigit() else None

    def __str__(self) -> str:
        return f"{self.place} pid {self.pid}@{self.started}"

    def is_alive(self) -> bool | None:
        """Whether the process runs; None when it belongs to another machine."""
        if self.place != _place():
            return None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass  # it runs, as another user
        return not self.started or _start_time(self.pid) == self.started


def _place() -> str:
    try:
        namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}/{namespace}"


def _start_time(pid: int) -> str:
    """Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
