"""The key of the ledger: what turns a value into a hash that nobody can reverse by counting.

An ID number has too little freedom for a plain hash: all of them can be tried in minutes. So
every hash that is stored is an HMAC-SHA256 under 32 random bytes that lie in their own file,
readable by its owner alone, and never in the database.
"""

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from scanner.errors import ConfigError, UnreadableError
from scanner.lang import tr

KEY_BYTES = 32
MARK_BYTES = 4  # of the hash of one shown character: two that differ seldom look alike
_SEPARATOR = b"\x00"


def load_key(path: Path) -> bytes:
    """The 32 bytes of the key file, which is created with mode 0600 if there is none.

    Raises ConfigError for a file that others may read or that holds no key, UnreadableError for
    one that cannot be opened.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        return _create(path)
    except FileExistsError:
        return load_key(path)  # another process was quicker: its key is the key
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    why = error.strerror or type(error).__name__
    return UnreadableError(
        tr(
            f"打不开密钥文件 {path}（{why}），请检查路径和权限。",
            f"The key file {path} cannot be opened ({why}): check its path and permissions.",
        )
    )


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise ConfigError(
                tr(
                    f"密钥文件 {path} 能被其他用户读取（权限 {mode:04o}），"
                    f"请执行：chmod 600 {path}",
                    f"The key file {path} is open to other users (mode {mode:04o}): "
                    f"run chmod 600 {path}",
                )
            )
        text = file.read(4 * KEY_BYTES)
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(
            tr(
                f"{path} 不是密钥文件（应为 {2 * KEY_BYTES} 个十六进制字符），请从备份恢复。",
                f"{path} is not a key file ({2 * KEY_BYTES} hexadecimal characters are expected): "
                "restore it from a backup.",
            )
        )
    return key


def _create(path: Path) -> bytes:
    """Write a new key beside `path` and link it into place, so that no half key is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # fails when the name is taken: never overwrites a key
    finally:
        draft.unlink()
    return key


class Keyring:
    """The keyed hashes of values. All are HMAC-SHA256 in hexadecimal, 64 characters."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        self._begun = hmac.new(key, digestmod="sha256")  # the key mixed in, once for all values

    def __repr__(self) -> str:
        return f"Keyring({self.key_id})"

    def _hash(self, *parts: str) -> str:
        # Lengths before the parts: no two different lists of parts give the same bytes.
        message = b"".join(
            str(len(data)).encode() + _SEPARATOR + data
            for data in (part.encode("utf-8", "surrogatepass") for part in parts)
        )
        mac = self._begun.copy()
        mac.update(message)
        return mac.hexdigest()

    @property
    def key_id(self) -> str:
        """Names the key without giving it away: 16 hexadecimal characters, kept in the ledger."""
        return self._hash("key")[:16]

    def value_hash(self, kind: str, value: str) -> str:
        """The same for the same value anywhere. `value`: half width, no separators."""
        return self._hash("value", kind, value)

    def fingerprint(self, kind: str, value: str, page_url: str) -> str:
        """The identity of a finding: this value on this page, wherever on the page it stands."""
        return self._hash("finding", kind, value, page_url)

    def name_hash(self, kind: str, name: str) -> str:
        """The same for masked values of a kind that stand beside the same name."""
        return self._hash("masked name", kind, name)

    def marks(self, kind: str, name: str, shown: Iterable[tuple[int, str]]) -> bytes:
        """`MARK_BYTES` for each shown (position, character) of a masked value beside a name.

        Equal marks mean the same character at the same place, for the same name and kind alone.
        """
        key = bytes.fromhex(self._hash("masked marks", kind, name))
        return b"".join(
            hashlib.blake2b(f"{place}{char}".encode(), digest_size=MARK_BYTES, key=key).digest()
            for place, char in shown
        )

    def person_hash(self, identity: str) -> str:
        """The same for one person. `identity`: the strongest value known of that person."""
        return self._hash("person", identity)
