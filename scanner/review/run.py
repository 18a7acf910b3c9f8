"""The two ways to review: by single keys on a terminal, by lines in a pipe."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Protocol

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from scanner.lang import tr
from scanner.model import Decision
from scanner.report.console import err, out
from scanner.review.keys import END_OF_INPUT, RESIZED, read_key, single_keys, terminal_size
from scanner.review.session import Effect, Mode, Save, Scope, Session
from scanner.review.view import end_text, help_text, item_lines, keys_line, screen

_HOME = "\x1b[H\x1b[2J"
_FOOT = 3  # rows: the rule and the keys, which may take two


class Store(Protocol):
    """Where decisions are kept. Each call returns when the decision is safe."""

    def save(self, save: Save) -> None:
        """Keep one stroke of decisions."""

    def take_back(self, save: Save) -> None:
        """Undo it."""

    def closed(self, fingerprints: Sequence[str]) -> set[str]:
        """Which of them were decided meanwhile by somebody else."""


def run_review(session: Session, store: Store) -> None:
    """Review until the end, by keys where both ends are a terminal, else by lines."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        review_by_keys(session, store)
    else:
        review_by_lines(session, store, sys.stdin)


def _refresh(session: Session, store: Store) -> bool:
    """Leave out what others decided meanwhile; whether there was anything."""
    changed = False
    while session.current is not None:
        closed = store.closed([subject.fingerprint for subject in session.concerned()])
        if not closed:
            break
        session.drop(closed)
        changed = True
    return changed


def _apply(effect: Effect | None, store: Store) -> None:
    if isinstance(effect, Save):
        store.save(effect)
    elif effect is not None:
        store.take_back(effect.save)


def review_by_keys(session: Session, store: Store) -> None:
    """One key a decision. The terminal is put back as it was, whatever happens."""
    with single_keys():
        while session.mode is not Mode.DONE:
            size = terminal_size()
            _refresh(session, store)
            _draw(session, size)
            key = read_key(size)
            if key == END_OF_INPUT:
                break
            # An answer to a question that somebody else has answered meanwhile does not count.
            if key != RESIZED and not _refresh(session, store):
                _apply(session.press(key), store)
    out().print(end_text(session))


def _draw(session: Session, size: os.terminal_size) -> None:
    console = out()
    # The terminal's own word: COLUMNS in the environment may be of another one.
    console.size = ConsoleDimensions(size.columns, size.lines)
    sys.stdout.write(_HOME)
    with console.capture() as capture:
        console.print(screen(session, console))
    lines = capture.get().rstrip("\n").split("\n")
    if len(lines) > console.height:
        # It would scroll its own top away; the keys at the foot have to stay.
        lines = [*lines[: console.height - _FOOT], *lines[-_FOOT:]]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()


def review_by_lines(session: Session, store: Store, lines: Iterable[str]) -> None:
    """One command a line; the items go to standard error, what was saved to standard output."""
    console = err()
    _refresh(session, store)
    _ask(session, console)
    for line in lines:
        if _refresh(session, store):
            _complain(console, tr("这一个刚由别人审过", "somebody else has just decided this one"))
            _ask(session, console)
        else:
            _take_line(line.split(), session, store, console)
        if session.mode is Mode.DONE:
            break
    console.print(end_text(session))


def _take_line(words: list[str], session: Session, store: Store, console: Console) -> None:
    if not words:
        return
    if words[0] in ("a", "v") and len(words) > 1 and session.mode is Mode.ITEM:
        session.scope = Scope.PAGE if words[0] == "a" else Scope.VALUE
        words = words[1:]
    effect = _line_effect(words, session, console)
    _apply(effect, store)
    if effect is not None:
        _tell(effect)
    _ask(session, console)


def _line_effect(words: list[str], session: Session, console: Console) -> Effect | None:
    key = words[0]
    if key == "?":
        console.print(help_text())
        return None
    if key in ("k", "2"):
        return _lawful(words[1:], session, console)
    if len(words) > 1 or key not in {"l", "1", "n", "3", "u", "s", "q", "a", "v"}:
        _complain(console, tr(f"看不懂“{' '.join(words)}”，? 可看帮助", f"{words!r}? See ?"))
        return None
    return session.press(key)


def _lawful(words: list[str], session: Session, console: Console) -> Effect | None:
    """`k CODE`; `k` alone takes the classifier's suggestion."""
    subject = session.current
    if subject is None:
        return None
    code = words[0] if words else subject.suggested
    if len(words) > 1 or not session.knows_basis(code):
        _complain(
            console,
            tr(
                "依法公开要写明依据：k 例外代码（见 audit rules list --exceptions）",
                "a lawful publication needs its basis: k CODE (see audit rules list --exceptions)",
            ),
        )
        return None
    return session.decide(Decision.LAWFUL, code)


def _complain(console: Console, words: str) -> None:
    console.print(Text(words, style="red"))


def _tell(effect: Effect) -> None:
    """One line a decided value on standard output, for whoever reads the pipe."""
    save = effect if isinstance(effect, Save) else effect.save
    verb = str(save.decision) if isinstance(effect, Save) else "undo"
    for fingerprint in save.fingerprints:
        sys.stdout.write("\t".join(part for part in (verb, fingerprint, save.basis) if part) + "\n")
    sys.stdout.flush()


def _ask(session: Session, console: Console) -> None:
    if session.mode is Mode.DONE:
        return
    console.print(item_lines(session, console.width))
    if session.mode is Mode.ITEM:
        console.print(keys_line(session))
