"""An encrypted stream: AES-256-GCM in chunks, so that a file of any size is written and read as it
comes, and a chunk that was changed, moved or cut off is noticed.

Layout: MAGIC, 8 bytes that name the key (half of `Keyring.key_id`), 16 random bytes; then chunks,
each a length of four bytes and the ciphertext with its tag. The key of a file is derived from the
ledger's key and the random bytes (HKDF-SHA256), so that chunk numbers can be nonces; header and
the sign of the last chunk are authenticated with each chunk (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015).
"""

import io
import os
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scanner.errors import ConfigError, UnreadableError
from scanner.keys import Keyring
from scanner.lang import tr

MAGIC = b"PSWEEP-SEALED-1\n"
_SALT = 16
_CHUNK = 64 * 1024  # bytes of plain text
_TAG = 16
_INFO = b"privacy-sweep archive"


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, _INFO).derive(key))


def _key_name(key: bytes) -> bytes:
    return bytes.fromhex(Keyring(key).key_id)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it. `close` writes the last chunk and closes the file."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        salt = secrets.token_bytes(_SALT)
        self._head = MAGIC + _key_name(key) + salt
        self._cipher = _cipher(key, salt)
        self._number = 0
        self._waiting = bytearray()
        file.write(self._head)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take `data`; whole chunks go into the file."""
        self._waiting += data
        while len(self._waiting) > _CHUNK:
            self._seal(bytes(self._waiting[:_CHUNK]), b"\0")
            del self._waiting[:_CHUNK]
        return len(data)

    def _seal(self, plain: bytes, last: bytes) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), plain, self._head + last)
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1

    def settle(self) -> None:
        """Bring what was written so far to the disk, so that a kill loses nothing of it."""
        if self._waiting:
            self._seal(bytes(self._waiting), b"\0")
            self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the stream."""
        if not self.closed:
            self._seal(bytes(self._waiting), b"\1")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            super().close()


class SealedReader(io.RawIOBase):
    """Decrypts a sealed file. `is_whole` after the end says whether the end was the true one.

    Raises ConfigError where the key is another one; UnreadableError from `read` at a chunk that
    was changed.
    """

    def __init__(self, file: BinaryIO, key: bytes, name: str) -> None:
        self._file = file
        self._name = name
        self._head = file.read(len(MAGIC) + 8 + _SALT)
        if self._head[len(MAGIC) : len(MAGIC) + 8] != _key_name(key):
            raise ConfigError(
                tr(
                    f"{name} 是用另一个密钥加密的，请用 --config 指明它的配置。",
                    f"{name} was encrypted with another key: "
                    "name the configuration that it belongs to with --config.",
                )
            )
        self._cipher = _cipher(key, self._head[-_SALT:])
        self._number = 0
        self._plain = b""
        self.is_whole = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; none at the end, be it the true one or where the file is cut."""
        while not self._plain and not self.is_whole:
            if not self._open_next():
                break
        if size < 0:
            size = len(self._plain)
        given, self._plain = self._plain[:size], self._plain[size:]
        return given

    def _open_next(self) -> bool:
        length = int.from_bytes(self._file.read(4), "big")
        if not 0 < length <= _CHUNK + _TAG:
            return False
        sealed = self._file.read(length)
        if len(sealed) < length:
            return False
        for last in (b"\0", b"\1"):
            try:
                nonce = _nonce(self._number)
                self._plain = self._cipher.decrypt(nonce, sealed, self._head + last)
            except InvalidTag:
                continue
            self._number += 1
            self.is_whole = last == b"\1"
            return True
        raise UnreadableError(
            tr(
                f"{self._name} 已损坏或被改动，第 {self._number + 1} 块起读不出。",
                f"{self._name} is damaged or was changed: block {self._number + 1} and what "
                "follows cannot be read.",
            )
        )
