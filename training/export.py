"""Trained readers -> the files that ship: encoder.onnx and parser.onnx (int8), pair.onnx, tree.onnx, names, vocabulary.

python -m training.export --pairs training/runs/pairs --trees training/runs/trees --start MINILM_FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.data import CONTEXTS, MODES, STATUSES, TYPES
from training.model import WIDTH, PairHead, Reader
from training.train import load_reader, load_vocabulary


class _Tree(nn.Module):
    """The tree head with the relation scores of all pairs of words."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.head = reader.tree

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        arcs, low, high, tags = self.head(words)
        relations = torch.einsum("bmi,rij,bnj->bmnr", low, self.head.label, high)
        return arcs, relations, tags


class _Pair(nn.Module):
    def __init__(self, head: PairHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, hidden: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor, index: Tensor) -> tuple:
        out = self.head(hidden, mask, actor, recipient, index)
        return tuple(out[name] for name in PAIR_OUTPUTS)


PAIR_OUTPUTS = ("type", "status", "mode", "context", "mutual", "start", "end")


def export(pairs: Path, trees: Path, start: Path, out: Path) -> None:
    """Writes the files into `out`: the pair head with the encoder of `pairs`, the tree head with that of `trees`."""
    out.mkdir(parents=True, exist_ok=True)
    reader, names = load_reader(pairs)
    parser, _ = load_reader(trees)
    _encoder(reader.eval(), out / "encoder.onnx")
    _encoder(parser.eval(), out / "parser.onnx")
    _heads(reader, parser, out)
    vocabulary = load_vocabulary(start)
    (out / "vocabulary.txt").write_text("\n".join(vocabulary.vocabulary), encoding="utf-8")
    parts = sorted(out.glob("*.onnx"))
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts))
    names = {**names, "types": TYPES, "statuses": STATUSES, "modes": MODES, "contexts": CONTEXTS}
    names["version"] = [digest.hexdigest()[:12]]
    (out / "names.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    for file in sorted(out.iterdir()):
        print(f"{file.name} {file.stat().st_size / 1e6:.1f} MB")


def _encoder(reader: Reader, path: Path) -> None:
    ids, mask = torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.bool)
    batch = {0: "batch", 1: "length"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            reader.encoder, (ids, mask), str(full), input_names=["ids", "mask"], output_names=["hidden"],
            dynamic_axes={"ids": batch, "mask": batch, "hidden": batch}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)


def _heads(reader: Reader, parser: Reader, out: Path) -> None:
    batch = {0: "batch", 1: "length"}
    spans = {0: "batch", 1: "pairs", 2: "length"}
    words = torch.randn(2, 5, WIDTH)
    torch.onnx.export(
        _Tree(parser), (words,), str(out / "tree.onnx"), input_names=["words"],
        output_names=["arcs", "relations", "tags"], opset_version=17, dynamo=False,
        dynamic_axes={"words": batch, "arcs": {0: "batch", 1: "length", 2: "length"},
                      "relations": {0: "batch", 1: "length", 2: "length"}, "tags": batch},
    )  # fmt: skip
    hidden, weights = torch.randn(2, 7, WIDTH), torch.full((2, 3, 7), 1 / 7)
    mask = torch.ones(2, 7, dtype=torch.bool)
    torch.onnx.export(
        _Pair(reader.pair), (hidden, mask, weights, weights, torch.tensor([0, 3, 4])), str(out / "pair.onnx"),
        input_names=["hidden", "mask", "actor", "recipient", "index"], output_names=list(PAIR_OUTPUTS),
        dynamic_axes={"hidden": batch, "mask": batch, "actor": spans, "recipient": spans, "index": {0: "real"},
                      "start": {0: "real", 1: "length"}, "end": {0: "real", 1: "length"},
                      **{n: {0: "real"} for n in PAIR_OUTPUTS[:5]}},
        opset_version=17, dynamo=False,
    )  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--trees", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/comity/encoder/weights"))
    args = parser.parse_args()
    export(args.pairs, args.trees, args.start, args.out)


if __name__ == "__main__":
    main()
