"""Teaches a network what the texts' models say and, beside it, what several networks say together, which is right more often than
each: `distil.py BRIEFS LESSONS start=FILE teachers=FILE+FILE… [key=value…]`. README.md tells what the folders hold.

    share=X   how much the networks count, of one
    fold=K twice=N rounds=N seed=N rate=X fine=X out=FOLDER  as in teach.py
"""
import os, random, sys, time
import torch, torch.nn.functional as F
import lessons as L
from network import Reader
from teach import owner_loss, score, teach

OPTIONS = {"start": "", "teachers": "", "share": 0.5, "rounds": 12, "seed": 0, "rate": 3e-3, "fold": -1, "fine": 2.0, "twice": 10 ** 9, "out": ""}


def read(path):
    state, known, o = torch.load(path, weights_only=False)
    net = Reader(known, o["width"], o["pair"], o["word"], drop=o["drop"])
    net.load_state_dict(state)
    return net, known, o


def at(labels): return torch.tensor([it[0] for it in labels], dtype=torch.long)


def owners_of(l, own, none):
    """How likely each candidate is whose a property is, and that nobody is, as logarithms."""
    q, n = l.owners[0], len(l.owned)
    most = torch.maximum(torch.full((n,), -1e4).scatter_reduce(0, q, own.detach(), "amax"), none.detach())
    own, none = own - most[q], none - most
    sums = torch.log(torch.zeros(n).scatter_add(0, q, torch.exp(own)) + torch.exp(none))
    return torch.cat([own - sums[q], none - sums])


def told(net, l):
    """All that a network says of a lesson where there is something to say: name and numbers before they become likelihoods."""
    x, points, apart = net.read(l)
    yield "points", points
    yield "apart", apart
    yield "parts", net.parts(x)
    if l.values: yield "values", net.value_names(x[at(l.values)])
    if l.types: yield "types", net.types(x[at(l.types)])
    if l.owners and l.owned: yield "owners", net.owner_points(x, torch.tensor(l.owned), at(l.candidates), l.owners, l.beside)
    if l.ties: yield "ties", net.tie_points(x, at(l.named), torch.tensor([n[1] for n in l.named]), l.ties, l.pair, l.turned, l.ends)


def likely(l, name, z):
    if name in ("points", "apart"): return z.sigmoid()
    if name == "owners": return owners_of(l, z[1], z[2]).exp()
    return (z[1] if name == "ties" else z).softmax(1)


def wanted(l, nets, vocabularies, share):
    """What is taught of each: the mean of what the networks say, and what the model says."""
    all_ = []
    for net, known in nets:
        l.x = vocabularies[id(known)]
        all_.append({name: likely(l, name, z) for name, z in told(net, l)})
    one = lambda labels, n: F.one_hot(torch.tensor([it[1] for it in labels]), n).float()
    hard = {"points": lambda: l.y, "apart": lambda: l.apart, "parts": lambda: F.one_hot(l.parts, 5).float(), "ties": lambda: F.one_hot(l.kinds, 5).float(),
            "values": lambda: one(l.values, len(L.VALUE_NAMES)), "types": lambda: one(l.types, len(L.TYPES))}
    mean = {name: sum(it[name] for it in all_) / len(all_) for name in all_[0]}
    return {name: share * m + (1 - share) * hard[name]() if name in hard else m for name, m in mean.items()}


def loss_of(share):
    def cross(z, of): return -(of * F.log_softmax(z, 1)).sum(1)

    def loss(net, l):
        out, of = 0, l.wanted
        for name, z in told(net, l):
            if name == "points": out = out + (F.binary_cross_entropy_with_logits(z, of[name], reduction="none") * l.weight).sum() / 20
            elif name == "apart": out = out + (F.binary_cross_entropy_with_logits(z, of[name], reduction="none") * l.apart_weight).sum() / 10
            elif name == "parts": out = out + (cross(z, of[name]) * l.counts).sum() / 60
            elif name == "values": out = out + cross(z, of[name]).sum() / 60
            elif name == "types": out = out + cross(z, of[name]).sum() / 160
            elif name == "ties":
                for it, worth in zip(z, (0.3, 0.7)): out = out + worth * (cross(it, of[name]) * l.kind_weights).sum() / 40
            else:
                first, second, none = z
                for own, worth in ((first, 0.3), (second, 0.7)):
                    said = -(of[name] * owners_of(l, own, none)).sum()
                    out = out + worth * (share * said + (1 - share) * owner_loss(l, own, none)) / 40
        return out

    return loss


def main():
    o = dict(OPTIONS)
    for a in sys.argv[3:]:
        k, v = a.split("="); o[k] = type(OPTIONS[k])(v)
    torch.manual_seed(o["seed"]); random.seed(o["seed"])
    began = time.time()
    all_ = L.load(sys.argv[1], sys.argv[2])
    number = lambda l: int("".join(c for c in l.name if c.isdigit()) or 0)
    left_out = [l for l in all_ if number(l) % 5 == o["fold"]]
    taught = [l for l in all_ if number(l) % 5 != o["fold"]]
    net, known, sizes = read(o["start"])
    nets = []
    for path in o["teachers"].split("+"):
        other, words, of = read(path)
        other.round(of["fine"]); other.eval()
        nets.append((other, words))
    with torch.no_grad():
        for l in taught:
            columns = {}
            for _, words in nets: l.tensors(words); columns[id(words)] = l.x
            L.prepare(l)
            l.wanted = wanted(l, nets, columns, o["share"])
            l.tensors(known)
        for l in left_out: l.tensors(known); L.prepare(l)
    print(len(taught), "texts", len(nets), "networks", f"{time.time() - began:.0f} s", flush=True)
    teach(net, taught + [l for l in taught if number(l) >= o["twice"]], o["rounds"], o["rate"], o["fine"], loss_of(o["share"]))
    if o["out"]:
        os.makedirs(o["out"], exist_ok=True)
        torch.save((net.state_dict(), known, sizes), o["out"] + "/taught.pt")
        print(net.export(o["out"], o["fine"]), "bytes")
    if left_out: print("as written", score(net, left_out))
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__": main()
