"""A worker process that reads pictures: `python -m scanner.extract.guard.ocr_worker`.

It holds the models, so its memory limit is wider than that of the other workers.
"""

import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import Any, cast

from PIL import Image

from scanner.extract.guard import wire

try:
    import resource
except ImportError:  # pragma: no cover - not on this system: the wall limit alone holds
    resource = None  # type: ignore[assignment]

MEMORY = 6_000_000_000  # bytes of address space: models, their runtime, and one page
_TALL = 1.6  # height to width of a box of a sideways line
_SURE = 0.8
_GAP = 0.8  # of a letter's width: more is another column


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    library: Any = import_module("rapidocr")
    engine = library.RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    while True:
        request = wire.receive(sys.stdin.buffer)
        if not isinstance(request, wire.ReadPicture):
            return
        with Image.open(BytesIO(request.data)) as image:
            wire.send(answers, wire.PictureText(read(image.convert("RGB"), engine)))


def read(image: Image.Image, engine: Callable[..., Any]) -> tuple[wire.Line, ...]:
    """Lines of a picture; one that lies on its side is turned."""
    lines = _lines(image, engine, turned=False)
    tall = sum(1 for line in lines if line[4] - line[2] > _TALL * (line[3] - line[1]))
    if len(lines) < 4 or tall * 2 <= len(lines):
        return lines
    best = lines
    for angle in (90, 270):
        turned = _lines(image.rotate(angle, expand=True), engine, turned=True)
        if _score(turned) > _score(best) or best is lines:
            best = turned
        if _score(best) > len(best) * 0.9:
            break
    return best


def _score(lines: tuple[wire.Line, ...]) -> float:
    return sum(line[5] for line in lines if line[5] > _SURE)


def _lines(
    image: Image.Image, engine: Callable[..., Any], *, turned: bool
) -> tuple[wire.Line, ...]:
    """(text, x0, y0, x1, y1, confidence). Turned pictures without the turning of single lines,
    which would read them upside down too."""
    result = engine(
        cast(Any, import_module("numpy")).asarray(image),
        use_cls=not turned,
        return_word_box=True,
        return_single_char_box=True,
    )
    if result is None or result.txts is None or result.boxes is None:
        return ()
    out: list[wire.Line] = []
    letters = result.word_results
    for number, (text, box, score) in enumerate(
        zip(result.txts, result.boxes, result.scores, strict=True)
    ):
        line = (str(text), *_around([box]), float(score))
        out.extend(_cut(line, letters[number] if number < len(letters) else ()))
    return tuple(line for line in out if not any(_repeats(line, other) for other in out))


def _repeats(line: wire.Line, other: wire.Line) -> bool:
    """Whether a piece is the end of a line beside it, which two boxes overlap."""
    if len(line[0]) >= len(other[0]) or not other[0].endswith(line[0]):
        return False
    middle = (line[2] + line[4]) / 2
    overlap = min(line[3], other[3]) - max(line[1], other[1])
    return other[2] < middle < other[4] and overlap > 0.5 * (line[3] - line[1])


def _cut(line: wire.Line, letters: Any) -> list[wire.Line]:
    """A line read over two columns is cut where its letters stand too far apart; each piece's box
    is that of its letters.

    `letters`: (letter, confidence, box) of each letter but spaces.
    """
    text = line[0]
    found = [letter for letter in letters or () if letter[2] is not None]
    if len(found) < 2 or any(len(letter[0]) != 1 for letter in found):
        return [line]
    if "".join(letter[0] for letter in found) != text.replace(" ", ""):
        return [line]
    boxes = [_around([letter[2]]) for letter in found]
    groups: list[list[int]] = [[0]]
    for at in range(1, len(found)):
        before, here = boxes[at - 1], boxes[at]
        if here[0] - before[2] > _GAP * max(before[2] - before[0], here[2] - here[0]):
            groups.append([])
        groups[-1].append(at)
    places = [at for at, letter in enumerate(text) if letter != " "]
    return [
        (
            text[places[group[0]] : places[group[-1]] + 1],
            *_around([found[at][2] for at in group]),
            sum(float(found[at][1]) for at in group) / len(group),
        )
        for group in groups
    ]


def _around(boxes: Any) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all corners."""
    xs = [float(corner[0]) for box in boxes for corner in box]
    ys = [float(corner[1]) for box in boxes for corner in box]
    return min(xs), min(ys), max(xs), max(ys)


if __name__ == "__main__":
    main()
