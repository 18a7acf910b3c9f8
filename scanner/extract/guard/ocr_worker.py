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
    result = engine(cast(Any, import_module("numpy")).asarray(image), use_cls=not turned)
    if result is None or result.txts is None or result.boxes is None:
        return ()
    out: list[wire.Line] = []
    for text, box, score in zip(result.txts, result.boxes, result.scores, strict=True):
        xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
        out.append((str(text), min(xs), min(ys), max(xs), max(ys), float(score)))
    return tuple(out)


if __name__ == "__main__":
    main()
