"""Office files with a password: those that Excel opens without asking are read."""

from importlib import import_module
from io import BytesIO
from typing import Any

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.lang import tr
from scanner.model import PageMeta, Unread

_EXCELS_OWN = "VelvetSweatshop"  # Excel uses it for write-protected workbooks and never asks


def read_encrypted(body: bytes, nest: Nest) -> Read:
    """The file inside, or that it is locked. What a damaged one raises passes."""
    library: Any = import_module("msoffcrypto")
    faults = import_module("msoffcrypto.exceptions")
    out = BytesIO()
    try:
        office = library.OfficeFile(BytesIO(body))
        office.load_key(password=_EXCELS_OWN, verify_password=True)
        office.decrypt(out)
    except (faults.InvalidKeyError, faults.DecryptionError):
        words = tr("有密码保护，未读", "locked by a password: not read")
        what = tr("加密的 Office 文件", "encrypted Office file")
        return Read([], PageMeta(), (Unread(what, words),))
    return nest.same(out.getvalue(), "")
