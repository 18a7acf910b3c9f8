"""Opening the ledger that a command works on."""

from pathlib import Path

from scanner.commands.context import Common, need_config, user_name
from scanner.config import Config
from scanner.errors import UnreadableError
from scanner.keys import Keyring, load_key
from scanner.lang import tr
from scanner.ledger import Ledger

SQLITE = "sqlite:///"


def open_ledger(config: Config, *, rekey: bool = False) -> Ledger:
    """The ledger of the configuration, with its key; both are made where there is none yet.

    `rekey`: the old key is lost, go on with this one. Raises AuditError in one sentence.
    """
    key = load_key(config.key_file)
    return Ledger.open(
        config.ledger_url,
        key_id=Keyring(key).key_id,
        rekey=rekey,
        who=user_name(),
        deadline_days=config.deadline_days,
    )


def existing_ledger(common: Common, *, with_key: bool = False) -> tuple[Config, Ledger]:
    """The ledger, for a command that only makes sense where a sweep has been.

    What was kept until a day that has passed is brought back first. `with_key`: the command makes
    hashes; without it no key is needed, since the hashes are in the ledger already. Raises
    UnreadableError where an SQLite ledger is not there: nothing is created.
    """
    config = need_config(common)
    path = config.ledger_url.removeprefix(SQLITE)
    if config.ledger_url.startswith(SQLITE) and not Path(path).exists():
        raise UnreadableError(
            tr(
                f"还没有台账 {path}：请先运行 audit sweep",
                f"there is no ledger {path} yet: run audit sweep first",
            )
        )
    key_id = Keyring(load_key(config.key_file)).key_id if with_key else ""
    ledger = Ledger.open(
        config.ledger_url, key_id=key_id, who=user_name(), deadline_days=config.deadline_days
    )
    try:
        ledger.expire()
    except BaseException:
        ledger.close()
        raise
    return config, ledger
