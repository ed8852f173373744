"""The brief of one state in sentences."""

from __future__ import annotations

from comity.faces.sentences import Lines, chance, month, told_lines, turn_sentence
from comity.model import Gain, Isolation
from comity.run.briefs import StateBrief


def state_lines(page: StateBrief) -> Lines:
    """Isolation now and a year before, the ties lost and by what, whom it turned to, and the turns."""
    lines: Lines = [("title", f"{page.name}, as of {page.as_of}")]
    if page.isolation is None:
        return [*lines, ("text", "Nothing about this state's relations has been read.")]
    lines.append(
        ("text", f"Isolation {_share(page.isolation)}. 0 is the best connected state, 1 is cut off from all.")
    )
    if page.before is not None:
        lines.append(
            ("text", f"A year before, on {page.before.on}, it was {_share(page.before)}. {_trend(page)}")
        )
    lines += _lost(page)
    lines += _turned(page)
    lines.append(("heading", "Who moved toward it, who away"))
    lines += [
        ("item", turn_sentence(turn, page.names[turn.pair[0]], page.names[turn.pair[1]]))
        for turn in page.turns
    ]
    if not page.turns:
        lines.append(("text", "No turn in the last two years is likelier than not."))
    lines.append(("heading", "How sure"))
    lines.append(
        ("text", "Isolation tells what was read: what a state meets that no report told is not in it, and where little is told it "
                 "is taken as usual, with a wide interval.")
    )  # fmt: skip
    return lines


def _share(isolation: Isolation) -> str:
    return f"{isolation.mean:.2f} (90 % interval {isolation.lo:.2f} to {isolation.hi:.2f})"


def _trend(page: StateBrief) -> str:
    """Whether the two intervals part."""
    if page.isolation is None or page.before is None:
        return ""
    if page.isolation.lo > page.before.hi:
        return "It has surely grown."
    if page.isolation.hi < page.before.lo:
        return "It has surely fallen."
    return "The two intervals overlap: whether it changed can't be said surely."


def _lost(page: StateBrief) -> Lines:
    if not page.lost:
        return [("text", "No tie fell by more than 0.10 within the year.")]
    lines: Lines = [("heading", "Ties it lost")]
    for lost in page.lost:
        tie = lost.tie
        name = page.names.get(tie.state, tie.state)
        lines.append(
            ("text", f"{name}: the level changed by {tie.change:+.2f} ({tie.lo:+.2f} to {tie.hi:+.2f}) within the year, most of it "
                     f"about {month(tie.on)}.")
        )  # fmt: skip
        lines += told_lines(lost.reasons)
    return lines


def _turned(page: StateBrief) -> Lines:
    turned = page.turned
    if turned is None or not turned.gains:
        return []
    lines: Lines = [("heading", "Whom it turned to")]
    if turned.others is not None:
        mean, lo, hi = turned.others
        lines.append(
            ("text", f"From {turned.start} to {turned.as_of} the warmth of its other {turned.ties - 1} ties changed by {mean:+.2f} "
                     f"on average ({lo:+.2f} to {hi:+.2f}).")
        )  # fmt: skip
    for gain, reasons in zip(turned.gains, page.gained, strict=False):
        lines.append(("text", _gain(gain, page)))
        lines += told_lines(reasons)
    return lines


def _gain(gain: Gain, page: StateBrief) -> str:
    name = page.names.get(gain.state, gain.state)
    words = f"{name}: {gain.change:+.2f} ({gain.lo:+.2f} to {gain.hi:+.2f})"
    if gain.mutual:
        words += f", which is the largest gain of {name} too"
    return f"{words}. Were the news dealt out to its partners by chance, the probability of such a gain would be {chance(gain.chance)}."
