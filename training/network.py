"""The network that `src/brief/learned` runs, for PyTorch; `Reader.export` writes what `weights.rs` reads."""
import struct
import torch, torch.nn as nn, torch.nn.functional as F
from lessons import RELATIVE

VALUES = [17, 18, 30, 8, 7, 8, 6, 8, 12, 6]
ELSEWHERE, TURNED = 12, [0, 2, 1, 3, 4]
ENDINGS, LISTS, TOLD, STEPS = 509, 25, 71, [-2.0, -0.7, 0.7, 2.0]
COMPOUND, APART = 13, 20


def pooled(x, numbers, count):
    n = x.shape[1]
    index = numbers[:, None].expand(-1, n)
    mean = torch.zeros(count, n).scatter_reduce(0, index, x, "mean", include_self=False)
    most = torch.zeros(count, n).scatter_reduce(0, index, x, "amax", include_self=False)
    return torch.cat([mean, most], 1)


def elsewhere(ends, share):
    """What is told of each pair's two things besides, seen from the one and from the other: how often each refers to others, is
    referred to, is one's only one, is one of many; and how they hang together by way of others."""
    one, other = torch.tensor(ends, dtype=torch.long).T
    n = int(max(one.max(), other.max())) + 1
    refers = torch.zeros(n, n)
    refers[one, other], refers[other, one] = share[:, 1], share[:, 2]
    both = torch.zeros(n, n, 2)
    both[one, other] = both[other, one] = share[:, 3:]
    out = torch.stack([refers.sum(1), refers.sum(0), both[:, :, 0].sum(1), both[:, :, 1].sum(1)], 1)
    way, children, parents = refers @ refers, refers.T @ refers, refers @ refers.T

    def seen(a, b, own):
        of = torch.cat([out[a] - own, out[b] - own[:, [1, 0, 2, 3]]], 1)
        return torch.cat([of, torch.stack([way[a, b], way[b, a], children[a, b], parents[a, b]], 1)], 1).clamp(0, 3)

    return seen(one, other, share[:, 1:]), seen(other, one, share[:, [2, 1, 3, 4]])


class Near(nn.Module):
    def __init__(self, width, reach):
        super().__init__()
        self.conv = nn.Conv1d(width, width, 3, padding=reach, dilation=reach); self.norm = nn.LayerNorm(width)

    def forward(self, x): return F.relu(self.norm(self.conv(x.T[None])[0].T))


class Memory(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(2 * width, width); self.norm = nn.LayerNorm(width)

    def forward(self, x, lemma, count): return F.relu(self.norm(self.linear(pooled(x, lemma, count))))[lemma]


class Pairs(nn.Module):
    def __init__(self, width, pair, out, drop):
        super().__init__()
        self.one, self.other, self.between = nn.Linear(width, pair), nn.Linear(width, pair), nn.Linear(width, pair, bias=False)
        self.relative = nn.ModuleList(nn.Embedding(n, pair) for n in RELATIVE)
        for e in self.relative: nn.init.normal_(e.weight, 0, 0.2)
        self.out, self.drop = nn.Linear(pair, out), nn.Dropout(drop / 2)

    def forward(self, x, one, other, relative):
        sums = torch.cat([torch.zeros(1, self.between.out_features), torch.cumsum(self.between(x), 0)], 0)
        low, high = torch.minimum(one, other), torch.maximum(one, other)
        mean = (sums[high] - sums[(low + 1).clamp(max=len(x))]) / (high - low - 1).clamp(min=1)[:, None]
        mean = torch.where(((high - low < 60) & (high > low))[:, None], mean, torch.zeros_like(mean))
        z = self.one(x)[one] + self.other(x)[other] + mean + sum(e(relative[:, k]) for k, e in enumerate(self.relative))
        return z

    def points(self, z): return self.out(self.drop(F.relu(z)))


class Reader(nn.Module):
    def __init__(self, words, width=32, pair=24, word=12, ending=8, drop=0.15, hide=0.15):
        super().__init__()
        self.words, self.width, self.hide = words, width, hide
        self.word, self.wide = nn.Embedding(len(words) + 1, word), nn.Linear(word, width, bias=False)
        self.ending, self.wide_ending = nn.Embedding(ENDINGS, ending), nn.Linear(ending, width, bias=False)
        self.columns = nn.ModuleList(nn.Embedding(n, width) for n in VALUES)
        self.lists = nn.Linear(LISTS, width, bias=False)
        for e in (self.word, self.ending): nn.init.normal_(e.weight, 0, 0.5)
        for w in (self.wide, self.wide_ending): nn.init.normal_(w.weight, 0, 0.1)
        for e in self.columns: nn.init.normal_(e.weight, 0, 0.15)
        self.opening, self.drop = nn.LayerNorm(width), nn.Dropout(drop)
        self.early, self.memory, self.middle = nn.ModuleList(Near(width, r) for r in (1, 2, 4)), Memory(width), nn.ModuleList(Near(width, r) for r in (1, 3))
        self.sure, self.later, self.late = nn.Embedding(6, width), Memory(width), nn.ModuleList(Near(width, r) for r in (1, 2))
        nn.init.normal_(self.sure.weight, 0, 0.3)
        self.thing, self.is_thing, self.hidden_drop = nn.Linear(2 * width + TOLD, width), nn.Linear(width, 1), nn.Dropout(drop)
        self.compound, self.is_apart = nn.Linear(2 * width + COMPOUND, APART), nn.Linear(APART, 1)
        self.parts, self.value_names, self.types = nn.Linear(width, 5), nn.Linear(width, 4), nn.Linear(width, 10)
        self.owners, self.of_pair = Pairs(width, pair, 1, drop), nn.Linear(width, 1)
        self.beside, self.again = nn.Linear(4, pair, bias=False), nn.Linear(pair, 1)
        self.ties = Pairs(width, pair, 5, drop)
        self.settling, self.settled = nn.Linear(ELSEWHERE + 2 * pair + 4 * width, width), nn.Linear(width, 5)
        self.settled_drop = nn.Dropout(drop / 2)
        nn.init.zeros_(self.settled.weight); nn.init.zeros_(self.settled.bias)

    def read(self, l):
        """What each word is in the end, the points of each key, and those of each compound that it is not what its last word means."""
        columns, lists, lemma, count = l.x
        word = columns[:, 0]
        if self.training: word = torch.where(torch.rand(len(word)) < self.hide, 0, word)
        x = self.wide(self.word(word)) + self.wide_ending(self.ending(columns[:, 1])) + self.lists(lists)
        x = x + sum(e(columns[:, k + 2]) for k, e in enumerate(self.columns))
        x = self.drop(self.opening(x))
        for layer in self.early: x = x + self.drop(layer(x))
        x = x + self.drop(self.memory(x, lemma, count))
        for layer in self.middle: x = x + self.drop(layer(x))
        told = torch.cat([pooled(x[l.heads], l.head_keys, len(l.keys)), l.facts], 1)
        hidden = self.hidden_drop(F.relu(self.thing(told)))
        points = self.is_thing(hidden)[:, 0]
        apart = self.apart_points(l, hidden, points.detach())
        steps = torch.zeros(len(x), dtype=torch.long)
        steps[l.heads] = torch.bucketize(points.detach(), torch.tensor(STEPS))[l.head_keys] + 1
        x = x + self.sure(steps)
        x = x + self.drop(self.later(x, lemma, count))
        for layer in self.late: x = x + self.drop(layer(x))
        return x, points, apart

    def apart_points(self, l, hidden, points):
        beside = torch.zeros(len(l.compounds), 2)
        if l.beside_compounds:
            n, key, near = l.beside_compounds
            is_thing = (points[key] > 0).float()
            beside.index_add_(0, n, torch.stack([is_thing, is_thing * near], 1))
        often = torch.cat([beside[:, :1] >= torch.tensor([1.0, 2.0, 3.0]), beside[:, 1:] >= torch.tensor([1.0, 2.0])], 1).float()
        own, head = l.compounds.T
        told = torch.cat([hidden[own], hidden[head], l.compound_facts, often], 1)
        return self.is_apart(self.hidden_drop(F.relu(self.compound(told))))[:, 0]

    def owner_points(self, x, at, named, rows, beside):
        """Points of each candidate at first sight and once it is known whose the neighbours are, and of a pair of things."""
        q, j, f = rows
        around, of, count = beside
        z, nobody = self.owners(x, at[q], named[j], f), self.of_pair(x)[at][:, 0]
        first = self.owners.points(z)[:, 0]
        most = torch.maximum(torch.full((len(at),), -1e4).scatter_reduce(0, q, first, "amax"), nobody)
        power = torch.exp(first - most[q])
        sums = torch.zeros(len(at)).scatter_add(0, q, power) + torch.exp(nobody - most)
        share = torch.zeros(count).scatter_add(0, around[:, 0], power) / sums[of]
        share = torch.cat([share, torch.zeros(1)]).detach()
        second = self.again(self.owners.drop(F.relu(z + self.beside(share[around[:, 1:]]))))[:, 0]
        return first, second, nobody

    def tie_points(self, x, named, things, rows, pair, turned, ends):
        """Points of each pair at first sight; and once all is known of it together: how its two things are tied to others, what each
        is wherever it is named, and what all places make of the pair, seen from the one and from the other."""
        q, j, f = rows
        places = self.ties(x, named[q], named[j], f)
        z = self.ties.points(places)
        z = torch.where(turned[:, None].bool(), z[:, TURNED], z)
        count = len(ends)
        index = pair[:, None].expand(-1, 5)
        most = torch.zeros(count, 5).scatter_reduce(0, index, z, "amax", include_self=False)
        first = most + torch.zeros(count, 5).scatter_add(0, index, F.relu(z) * 0.3) * torch.tensor([0.0, 1, 1, 1, 1])
        places, sides = F.relu(places), pair * 2 + turned
        seen = torch.zeros(2 * count, places.shape[1]).scatter_reduce(0, sides[:, None].expand_as(places), places, "amax")
        own, other = seen[0::2], seen[1::2]
        one, two = torch.tensor(ends, dtype=torch.long).T
        thing = pooled(x[named], things, int(things.max()) + 1)
        forth, back = elsewhere(ends, first.detach().softmax(1))
        judge = lambda *told: self.settled(self.settled_drop(F.relu(self.settling(torch.cat(told, 1)))))
        told = judge(forth, own, other, thing[one], thing[two])
        return first, first + told + judge(back, other, own, thing[two], thing[one])[:, TURNED]

    def tables(self):
        """All tables in the order of `weights.rs`, each as rows by what comes in."""
        linear = lambda l: [l.weight.T, l.bias]
        bare = lambda l: [l.weight.T]
        norm = lambda n: [n.weight, n.bias]
        near = lambda n: [n.conv.weight.permute(2, 1, 0), n.conv.bias, *norm(n.norm)]
        memory = lambda m: [*linear(m.linear), *norm(m.norm)]
        pairs = lambda p: [*linear(p.one), *linear(p.other), *bare(p.between), *(e.weight for e in p.relative), *linear(p.out)]
        yield from [self.word.weight, *bare(self.wide), self.ending.weight, *bare(self.wide_ending)]
        yield from (e.weight for e in self.columns)
        yield from [*bare(self.lists), *norm(self.opening)]
        for layer in self.early: yield from near(layer)
        yield from memory(self.memory)
        for layer in self.middle: yield from near(layer)
        yield self.sure.weight
        yield from memory(self.later)
        for layer in self.late: yield from near(layer)
        for l in (self.thing, self.is_thing, self.compound, self.is_apart, self.parts, self.value_names, self.types): yield from linear(l)
        yield from pairs(self.owners)
        yield from [*bare(self.beside), *linear(self.again)]
        yield from linear(self.of_pair)
        yield from pairs(self.ties)
        for l in (self.settling, self.settled): yield from linear(l)

    def round(self, fine):
        """Rounds all tables to what a byte a number can say; gives for each what one is worth, and the bytes. `fine`: steps in a table's spread."""
        out = []
        with torch.no_grad():
            for t in self.tables():
                most, spread = float(t.abs().max()), float(t.std()) if t.numel() > 64 else 0.0
                worth = max(most / 127, spread / fine) if t.dim() > 1 and spread else most / 127
                worth = struct.unpack("<f", struct.pack("<f", worth or 1.0))[0]
                numbers = (t / worth).round().clamp(-127, 127)
                t.copy_(numbers * worth)
                out.append((worth, numbers))
        return out

    def export(self, folder, fine):
        """Writes words and numbers, rounded; what is measured from then on is what is written."""
        out = b"".join(struct.pack(f"<f{numbers.numel()}b", worth, *numbers.int().flatten().tolist()) for worth, numbers in self.round(fine))
        open(f"{folder}/weights.bin", "wb").write(out)
        open(f"{folder}/words.txt", "w").write("".join(w + "\n" for w in sorted(self.words, key=self.words.get)))
        return len(out)
