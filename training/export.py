"""A trained reader -> the files that ship: encoder.onnx (int8), tree.onnx, pair.onnx, names.json, vocabulary.txt.

    python -m training.export --run training/runs/joint --start MINILM_FOLDER --out src/comity/encoder/weights
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

    def forward(self, hidden: Tensor, mask: Tensor, row: Tensor, actor: Tensor, recipient: Tensor) -> tuple:
        out = self.head(hidden, mask, row, actor, recipient)
        return tuple(out[name] for name in PAIR_OUTPUTS)


PAIR_OUTPUTS = ("type", "status", "mode", "context", "mutual", "start", "end")


def export(run: Path, start: Path, out: Path) -> None:
    """Writes the five files into `out`."""
    reader, names = load_reader(run)
    reader.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids, mask = torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.bool)
    batch, length = {0: "batch", 1: "length"}, {0: "pairs", 1: "length"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            reader.encoder, (ids, mask), str(full), input_names=["ids", "mask"], output_names=["hidden"],
            dynamic_axes={"ids": batch, "mask": batch, "hidden": batch}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    words = torch.randn(2, 5, WIDTH)
    torch.onnx.export(
        _Tree(reader), (words,), str(out / "tree.onnx"), input_names=["words"],
        output_names=["arcs", "relations", "tags"], opset_version=17, dynamo=False,
        dynamic_axes={"words": batch, "arcs": {0: "batch", 1: "length", 2: "length"},
                      "relations": {0: "batch", 1: "length", 2: "length"}, "tags": batch},
    )  # fmt: skip
    hidden, spans = torch.randn(2, 7, WIDTH), torch.full((3, 7), 1 / 7)
    torch.onnx.export(
        _Pair(reader.pair), (hidden, mask, torch.tensor([0, 1, 1]), spans, spans), str(out / "pair.onnx"),
        input_names=["hidden", "mask", "row", "actor", "recipient"], output_names=list(PAIR_OUTPUTS),
        dynamic_axes={"hidden": batch, "mask": batch, "row": {0: "pairs"}, "actor": length, "recipient": length,
                      "start": length, "end": length, **{n: {0: "pairs"} for n in PAIR_OUTPUTS[:5]}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    vocabulary = load_vocabulary(start)
    (out / "vocabulary.txt").write_text("\n".join(vocabulary.vocabulary), encoding="utf-8")
    digest = hashlib.sha256(b"".join((out / f"{n}.onnx").read_bytes() for n in ("encoder", "tree", "pair")))
    names = {**names, "types": TYPES, "statuses": STATUSES, "modes": MODES, "contexts": CONTEXTS}
    names["version"] = [digest.hexdigest()[:12]]
    (out / "names.json").write_text(json.dumps(names, indent=1), encoding="utf-8")
    for file in sorted(out.iterdir()):
        print(f"{file.name} {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/comity/encoder/weights"))
    args = parser.parse_args()
    export(args.run, args.start, args.out)


if __name__ == "__main__":
    main()
