"""The gate's tables as text."""

from collections.abc import Mapping

from bench.accuracy.score import Count, Score


def share(value: float | None) -> str:
    """Three decimals, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def report(title: str, score: Score, mistakes: int = 0) -> str:
    """All tables of one set of pages."""
    parts = [f"== {title}: {score.pages} pages"]
    parts += [f"{name:24}{value:8.3f}" for name, value in score.figures().items()]
    parts.append(_counts("type", score.by_type))
    parts.append(_counts("where", score.by_where))
    parts.append(_counts("page kind", _worst(score.by_kind)))
    parts.append(_traps(score))
    parts.append(_calibration(score))
    for mistake in score.mistakes[:mistakes]:
        parts.append(
            "\t".join((mistake.sort, mistake.page, mistake.kind, mistake.value, mistake.note))
        )
    return "\n".join(part for part in parts if part)


def _worst(rows: Mapping[str, Count]) -> dict[str, Count]:
    """Page kinds with the weakest first; the clean ones at the end."""

    def weakness(item: tuple[str, Count]) -> tuple[float, str]:
        count = item[1]
        lost = min(1.0 if x is None else x for x in (count.recall, count.precision))
        return lost - (count.accused_share or 0), item[0]

    return dict(sorted(rows.items(), key=weakness))


def _counts(title: str, rows: Mapping[str, Count]) -> str:
    words = ("leaks", "recall", "said", "prec.", "mand.", "kept", "accused")
    head = f"\n{title:26}" + "".join(f"{word:>8}" for word in words)
    lines = [
        f"{name:26}{c.leaks:8}{share(c.recall):>8}{c.said:8}{share(c.precision):>8}"
        f"{c.mandated:8}{share(c.retained_share):>8}{share(c.accused_share):>8}"
        for name, c in rows.items()
    ]
    return "\n".join([head, *lines]) if lines else ""


def _traps(score: Score) -> str:
    lines = [f"\n{'look-alike':34}{'total':>7}{'taken':>7}"]
    for name, count in sorted(score.traps.items(), key=lambda item: (-item[1].hit, item[0])):
        lines.append(f"{name:34}{count.total:7}{count.hit:7}")
    return "\n".join(lines) if score.traps else ""


def _calibration(score: Score) -> str:
    lines = [f"\n{'confidence of leaks':22}{'said':>7}{'right':>8}"]
    for decile, (said, right) in enumerate(score.calibration):
        if said:
            top = (decile + 1) / 10
            lines.append(f"{decile / 10:.1f} to {top:.1f}{'':12}{said:7}{right / said:8.3f}")
    return "\n".join(lines) if len(lines) > 1 else ""
