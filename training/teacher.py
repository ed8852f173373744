"""The teacher: all-mpnet-base-v2, four times as large as what ships, read by the same head for pairs.

    python -m training.teacher learn --shared ../shared --start MPNET_FOLDER --vocabulary MINILM_FOLDER --out training/runs/teacher

It learns what the small reader learns, then its answers on unlabelled news (`training.pupil`) teach that one more.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from comity.encoder.wordpiece import WordPiece
from training.model import Layer, Reader, layer_weights
from training.train import fit, keep, load_vocabulary, pair_tasks, read_lessons

BUCKETS, FURTHEST = 32, 128


class Large(nn.Module):
    """MPNet (Song and others 2020) over the pieces of BERT's vocabulary: ids [B, T] and mask [B, T] to vectors [B, T, 768].

    MPNet's vocabulary is BERT's with four marks before it, of which three stand for BERT's own.
    """

    width = 768

    def __init__(self, pieces: WordPiece, layers: int = 12, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30527, self.width)
        self.places = nn.Embedding(514, self.width)
        self.distances = nn.Embedding(BUCKETS, 12)
        self.norm = nn.LayerNorm(self.width, eps=1e-5)
        self.layers = nn.ModuleList(Layer(self.width, 12, 4 * self.width, dropout) for _ in range(layers))
        self.drop = nn.Dropout(dropout)
        carried = torch.arange(30522) + 4
        for theirs, ours in ((pieces.cls, 0), (pieces.sep, 2), (pieces.unknown, 3)):
            carried[theirs] = ours
        self.register_buffer("carried", carried, persistent=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        length = ids.shape[1]
        own = self.carried[ids].masked_fill(~mask.bool(), 1)
        order = (torch.arange(length, device=ids.device) + 2).expand_as(ids)
        x = self.drop(self.norm(self.words(own) + self.places(order)))
        far = self.distances(distance_buckets(length)).permute(2, 0, 1).unsqueeze(0)
        bias = far + (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @classmethod
    def pretrained(cls, folder: Path, pieces: WordPiece, layers: int = 12) -> Large:
        """all-mpnet-base-v2's weights (Apache-2.0 by its card) from a folder with model.safetensors."""
        theirs = load_file(folder / "model.safetensors")
        model = cls(pieces, layers)
        ours = {
            "words.weight": theirs["embeddings.word_embeddings.weight"],
            "places.weight": theirs["embeddings.position_embeddings.weight"],
            "distances.weight": theirs["encoder.relative_attention_bias.weight"],
            "norm.weight": theirs["embeddings.LayerNorm.weight"],
            "norm.bias": theirs["embeddings.LayerNorm.bias"],
        }
        attention = ("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm")
        model.load_state_dict(ours | layer_weights(theirs, layers, attention))
        for layer in model.layers:
            layer.norm1.eps = layer.norm2.eps = 1e-5
        return model


def distance_buckets(length: int) -> Tensor:
    """The bucket [T, T] of each distance key - query: near ones apart, far ones by logarithm (Raffel and others 2020)."""
    places = torch.arange(length)
    away = places[:, None] - places[None, :]
    half = BUCKETS // 2
    side = (away < 0).long() * half
    away = away.abs()
    near = half // 2
    far = near + (
        torch.log(away.clamp(min=1).float() / near) / torch.log(torch.tensor(FURTHEST / near)) * (half - near)
    ).long().clamp(max=half - near - 1)
    return side + torch.where(away < near, away, far)


def load_teacher(folder: Path, pieces: WordPiece) -> Reader:
    """A teacher that was saved."""
    reader = Reader(Large(pieces), 1, 1)
    reader.load_state_dict(torch.load(folder / "reader.pt"))
    return reader.eval()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="all-mpnet-base-v2's folder")
    parser.add_argument("--vocabulary", type=Path, required=True, help="all-MiniLM-L6-v2's folder")
    parser.add_argument("--warm", type=Path, help="go on from the teacher in this folder")
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument("--written-only", action="store_true", help="leave the labelled pairs out")
    parser.add_argument("--aside", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--head-rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    pieces = load_vocabulary(args.vocabulary)
    reader = (
        load_teacher(args.warm, pieces) if args.warm else Reader(Large.pretrained(args.start, pieces), 1, 1)
    )
    lessons, aside = read_lessons(args)
    tasks = [
        task for _ in range(args.epochs) for task in pair_tasks(lessons.rows(rng), 16, pieces, rng, "pair")
    ]
    args.out.mkdir(parents=True, exist_ok=True)
    fit(reader, tasks, rate=args.rate, head_rate=args.head_rate, note="teacher", save=args.out)
    keep(reader, args.out, aside, pieces)


if __name__ == "__main__":
    main()
