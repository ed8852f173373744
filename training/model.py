"""The network: one encoder, read by a head for trees and a head for pairs of spans."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from training.data import CONTEXTS, MODES, STATUSES, TYPES

WIDTH, LAYERS, HEADS = 384, 6, 12


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Piece ids [B, T] and mask [B, T] to vectors [B, T, WIDTH]."""

    width = WIDTH

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 4 * WIDTH, dropout) for _ in range(layers))
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.positions(places) + self.kind))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @classmethod
    def pretrained(cls, folder: Path, layers: int = LAYERS) -> Encoder:
        """all-MiniLM-L6-v2's weights (Apache-2.0) from a folder with model.safetensors."""
        theirs = load_file(folder / "model.safetensors")
        if json.loads((folder / "config.json").read_text())["hidden_size"] != WIDTH:
            raise ValueError(f"{folder} holds no model of width {WIDTH}")
        model = cls(layers=layers)
        ours = {
            "words.weight": theirs["embeddings.word_embeddings.weight"],
            "positions.weight": theirs["embeddings.position_embeddings.weight"],
            "kind": theirs["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": theirs["embeddings.LayerNorm.weight"],
            "norm.bias": theirs["embeddings.LayerNorm.bias"],
        }
        attention = ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")
        model.load_state_dict(ours | layer_weights(theirs, layers, attention))
        return model


def layer_weights(
    theirs: Mapping[str, Tensor], layers: int, attention: tuple[str, str, str, str, str]
) -> dict[str, Tensor]:
    """The weights of BERT-like layers by the names of ours; `attention` names query, key, value, output and norm."""
    *qkv, out, norm = (f"attention.{name}" for name in attention)
    parts = {"qkv": qkv, "out": [out], "norm1": [norm], "up": ["intermediate.dense"], "down": ["output.dense"],
             "norm2": ["output.LayerNorm"]}  # fmt: skip
    return {
        f"layers.{n}.{here}.{part}": torch.cat(
            [theirs[f"encoder.layer.{n}.{there}.{part}"] for there in those]
        )
        for n in range(layers)
        for here, those in parts.items()
        for part in ("weight", "bias")
    }


class TreeHead(nn.Module):
    """Biaffine arcs and relations (Dozat and Manning 2017) over word vectors; index 0 stands for the root."""

    def __init__(self, relations: int, tags: int, arc: int = 192, label: int = 96) -> None:
        super().__init__()
        self.dependent = nn.Linear(WIDTH, arc)
        self.head = nn.Linear(WIDTH, arc)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.dependent_label = nn.Linear(WIDTH, label)
        self.head_label = nn.Linear(WIDTH, label)
        self.label = nn.Parameter(torch.zeros(relations, label + 1, label + 1))
        self.tag = nn.Linear(WIDTH, tags)
        self.drop = nn.Dropout(0.2)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Words [B, N+1, W] (first is the root) to arcs [B, N+1, N+1], both label vectors, tags [B, N+1, K]."""
        dependent = self.drop(F.gelu(self.dependent(words)))
        head = self.drop(F.gelu(self.head(words)))
        one = torch.ones_like(dependent[..., :1])
        arcs = torch.cat([dependent, one], -1) @ self.arc @ head.transpose(-1, -2)
        low = torch.cat([self.drop(F.gelu(self.dependent_label(words))), one], -1)
        high = torch.cat([self.drop(F.gelu(self.head_label(words))), one], -1)
        return arcs, low, high, self.tag(self.drop(words))

    def relations(self, low: Tensor, high: Tensor) -> Tensor:
        """Label vectors of dependents and of their heads [M, L+1] to relation scores [M, R]."""
        return torch.einsum("mi,rij,mj->mr", low, self.label, high)


class PairHead(nn.Module):
    """What one span does to another: type, status, mode, contexts, mutual, role, and the evidence's two ends."""

    def __init__(self, width: int = WIDTH, inner: int = 384, ask: int = 128) -> None:
        super().__init__()
        self.nobody = nn.Parameter(torch.zeros(width))
        self.query = nn.Linear(2 * width, 3 * ask)
        self.key = nn.Linear(width, 3 * ask)
        self.ask = ask
        self.mix = nn.Linear(6 * width, inner)
        self.kind = nn.Linear(inner, len(TYPES))
        self.status = nn.Linear(inner, len(STATUSES))
        self.mode = nn.Linear(inner, len(MODES))
        self.context = nn.Linear(inner, len(CONTEXTS))
        self.mutual = nn.Linear(inner, 1)
        self.role = nn.Linear(inner, 3)
        self.drop = nn.Dropout(0.1)

    def forward(
        self, hidden: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor, index: Tensor
    ) -> dict[str, Tensor]:
        """Vectors [B, T, W], mask [B, T], span weights [B, P, T] (each sums to 1 or 0), `index` [N] of real pairs in B*P.

        Gives [N, ...] for each output. Padded products spare the costly copy of a sentence for each of its pairs.
        """

        def real(x: Tensor) -> Tensor:
            return x.reshape(-1, x.shape[-1])[index]

        b, p, t = actor.shape
        a, r = actor @ hidden, recipient @ hidden
        r = r + (1.0 - recipient.sum(-1, keepdim=True)) * self.nobody
        query = self.query(torch.cat([a, r], -1)).view(b, p, 3, self.ask).transpose(1, 2)
        keys = self.key(hidden).view(b, t, 3, self.ask).permute(0, 2, 3, 1)
        scores = query @ keys * self.ask**-0.5
        scores = scores + (1.0 - mask[:, None, None, :].to(scores.dtype)) * -1e4
        asked = scores[:, 0].softmax(-1) @ hidden
        weights = mask.to(hidden.dtype) / mask.sum(-1, keepdim=True).to(hidden.dtype)
        mean = (weights.unsqueeze(1) @ hidden).expand(b, p, -1)
        first = hidden[:, :1].expand(b, p, -1)
        a, r = real(a), real(r)
        mixed = torch.cat([real(first), real(mean), a, r, real(asked), a * r], -1)
        x = self.drop(F.gelu(self.mix(self.drop(mixed))))
        return {
            "type": self.kind(x),
            "status": self.status(x),
            "mode": self.mode(x),
            "context": self.context(x),
            "mutual": self.mutual(x).squeeze(-1),
            "role": self.role(x),
            "start": real(scores[:, 1]),
            "end": real(scores[:, 2]),
        }


class Reader(nn.Module):
    """Encoder, trees and pairs together."""

    def __init__(self, encoder: Encoder, relations: int, tags: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.tree = TreeHead(relations, tags)
        self.pair = PairHead(encoder.width)
