"""Fits confidence on the written sentences that training set aside: raw probability -> share of events that are right.

    python -m training.calibrate --written training/sentences --aside 10

Writes calibration.json beside the weights: at most 20 knots of an isotonic regression, drawn in a little.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from comity.events import confidence
from comity.lexicons.ontology import event_types
from comity.run.coder import load_coder
from comity.run.score_events import score_events
from training.data import is_aside, read_written

WEIGHTS = Path("src/comity/encoder/weights")


def knots(raw: np.ndarray, right: np.ndarray, count: int = 20) -> list[list[float]]:
    """Points of the isotonic fit at quantiles of the raw values, kept inside [0.02, 0.98]."""
    fit = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(raw, right)
    places = np.unique(np.quantile(raw, np.linspace(0, 1, count)))
    smooth = [fit.predict(places[max(0, n - 1) : n + 2]).mean() for n in range(len(places))]
    return [[round(float(x), 4), round(float(y), 4)] for x, y in zip(places, smooth, strict=True)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument("--aside", type=int, default=10)
    args = parser.parse_args()
    file = WEIGHTS / "calibration.json"
    file.write_text(json.dumps({"knots": [[0.0, 0.0], [1.0, 1.0]]}) + "\n")
    confidence._knots.cache_clear()
    blocks = read_written(args.written)
    aside = [b for b in blocks if is_aside(b, args.aside)]
    quads = {name: kind.quad for name, kind in event_types().items()}
    scores = score_events(load_coder(), aside, quads, include_uncertain=True)
    raw = np.array([c for c, _ in scores.outcomes])
    right = np.array([float(hit) for _, hit in scores.outcomes])
    file.write_text(json.dumps({"knots": knots(raw, right), "events": len(raw)}, indent=1) + "\n")
    print(f"{len(aside)} sentences, {len(raw)} pairs: typed F1 {scores.typed.f1:.3f}, pairs {scores.paired.f1:.3f}, "
          f"direction {scores.direction:.3f}")  # fmt: skip
    print(file.read_text())


if __name__ == "__main__":
    main()
