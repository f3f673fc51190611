"""Teaches the network: `teach.py BRIEFS LESSONS [key=value…]`. README.md tells what the folders hold.

    fold=K    every fifth text from K on is left out and scored (default: none is)
    twice=N   texts whose number is N or more are taught twice a round,
    once=N    those from N on once all the same
    rounds=N width=N pair=N word=N most=N (words known by heart) seed=N drop=X hide=X (how many words are not seen) rate=X
    fine=X    steps in a table's spread
    exact=X   share of the rounds in which numbers are not rounded yet
    follow=X  how much of each step the mean that is kept takes over
    start=FILE  a taught.pt to go on from, with its words and sizes
    teachers=FILE+FILE…  taught.pt of networks; what they say together, which is right more often than each, is taught beside the models
    share=X   how much they count, of one
    alone=N   texts whose number is N or more are taught by their models alone
    out=FOLDER  where words.txt and weights.bin go, and taught.pt, the same not rounded
"""
import math, os, random, sys, time
from collections import Counter
import torch, torch.nn as nn, torch.nn.functional as F
import lessons as L
from network import Reader
from score import Score

OPTIONS = {"rounds": 32, "width": 40, "pair": 32, "word": 12, "seed": 0, "drop": 0.1, "hide": 0.15, "exact": 0.66, "follow": 0.01, "rate": 4e-3, "fold": -1, "most": 3000, "fine": 2.0, "twice": 10 ** 9, "once": 10 ** 9, "start": "", "teachers": "", "share": 0.5, "alone": 10 ** 9, "out": ""}


def teacher(path):
    """A network that was taught, rounded as it was written, and the words that it knows."""
    state, known, o = torch.load(path, weights_only=False)
    net = Reader(known, o["width"], o["pair"], o["word"])
    net.load_state_dict(state); net.eval()
    if o["fine"]: net.round(o["fine"])
    return net, known


def vocabulary(all_, most):
    """The words that stand in most texts, in order of the alphabet."""
    count = Counter(w for l in all_ for w in set(l.lemma))
    known = [w for w, n in count.most_common() if n >= 4 and w.isascii() and all(c.isalpha() or c in "'-" for c in w) or len(w) == 1 and n >= 4 and not w.isdigit()]
    return {w: i + 1 for i, w in enumerate(sorted(known[:most]))}


def at(labels): return torch.tensor([it[0] for it in labels], dtype=torch.long)


def owners_of(l, own, none):
    """How likely each candidate is whose a property is, and then that nobody is, as logarithms."""
    q, n = l.owners[0], len(l.owned)
    most = torch.maximum(torch.full((n,), -1e4).scatter_reduce(0, q, own.detach(), "amax"), none.detach())
    own, none = own - most[q], none - most
    sums = torch.log(torch.zeros(n).scatter_add(0, q, torch.exp(own)) + torch.exp(none))
    return torch.cat([own - sums[q], none - sums])


def owner_loss(l, said):
    q, n = l.owners[0], len(l.owned)
    own, none = said.exp().split([len(q), n])
    right = torch.zeros(n).scatter_add(0, q, own * l.right) + none * l.of_pair
    return -torch.log(right[right > 0] + 1e-9).sum()


def told(net, l):
    """All that a network says of a lesson where there is something to say: what of, and numbers before they become likelihoods."""
    x, points, apart = net.read(l)
    yield "apart", apart
    yield "points", points
    yield "parts", net.parts(x)
    if l.values: yield "values", net.value_names(x[at(l.values)])
    if l.types: yield "types", net.types(x[at(l.types)])
    if l.owners and l.owned: yield "owners", net.owner_points(x, torch.tensor(l.owned), at(l.candidates), l.owners, l.beside)
    if l.ties: yield "ties", net.tie_points(x, at(l.named), torch.tensor([n[1] for n in l.named]), l.ties, l.pair, l.turned, l.ends)


def likely(l, of, z):
    if of in ("apart", "points"): return z.sigmoid()
    if of == "owners": return owners_of(l, *z[1:]).exp()
    return (z[1] if of == "ties" else z).softmax(1)


def want(l, nets, known, share):
    """What is taught of a lesson: what its model says, and with `share` the mean of what `nets` say, each with its words. Whose a
    property is they say beside the model, which may have several right places for it."""
    shares = lambda labels, n: F.one_hot(torch.as_tensor(labels), n).float()
    l.wanted = {"apart": l.apart, "points": l.y, "parts": shares(l.parts, 5)}
    if l.values: l.wanted["values"] = shares([it[1] for it in l.values], len(L.VALUE_NAMES))
    if l.types: l.wanted["types"] = shares([it[1] for it in l.types], len(L.TYPES))
    if l.ties: l.wanted["ties"] = shares(l.kinds, 5)
    l.share = share if nets else 0.0
    if not nets: return
    said = []
    with torch.no_grad():
        for net, words in nets:
            l.tensors(words)
            said.append({of: likely(l, of, z) for of, z in told(net, l)})
    l.tensors(known)
    for of in said[0]:
        mean = sum(it[of] for it in said) / len(said)
        l.wanted[of] = share * mean + (1 - share) * l.wanted[of] if of in l.wanted else mean
    for k in l.second: l.wanted["points"][k] *= 0.3 # what taught the teachers had them as things


def loss_of(net, l):
    cross = lambda z, wanted: -(wanted * F.log_softmax(z, 1)).sum(1)
    either = lambda z, wanted: F.binary_cross_entropy_with_logits(z, wanted, reduction="none")
    out = 0.0
    for of, z in told(net, l):
        wanted = l.wanted.get(of)
        if of == "apart": out = out + (either(z, wanted) * l.apart_weight).sum() / 10
        elif of == "points": out = out + (either(z, wanted) * l.weight).sum() / 20
        elif of == "parts": out = out + (cross(z, wanted) * l.counts).sum() / 60
        elif of == "values": out = out + cross(z, wanted).sum() / 60
        elif of == "types": out = out + cross(z, wanted).sum() / 160
        elif of == "ties":
            for it, worth in zip(z, (0.3, 0.7)): out = out + worth * (cross(it, wanted) * l.kind_weights).sum() / 40
        else:
            first, second, none = z
            for own, worth in ((first, 0.3), (second, 0.7)):
                said = owners_of(l, own, none)
                out = out + worth * (1 - l.share) * owner_loss(l, said) / 40
                if l.share: out = out - worth * l.share * (wanted * said).sum() / 40
    return out


def name_of(l, i, j, kind):
    """The words as a name; `kind`: the number of its type."""
    moment = {4: "_on", 5: "_at", 6: "_at"}.get(kind, "")
    past = [k for k in range(i, j + 1) if l.tag[k] == "Past" or l.tag[k] == "Verb" and moment]
    if i == j and past: return l.word[i] + (moment or ("" if kind == 3 else "_at"))
    if moment and past and past[-1] == j and l.lemma[i] in ("day", "date", "time", "moment", "when"): return l.word[j] + moment
    out = []
    for k in range(i, j + 1):
        if l.tag[k] in ("Det", "Aux", "Modal", "Pron", "Sub", "Sign") or l.word[k] in ("how", "what", "when", "where", "who", "why"): continue
        if l.tag[k] == "Past" and k == j and not out: return l.word[k] + (moment or ("" if kind == 3 else "_at"))
        out += [w for w in L.re.split(r"[-_\s/]", l.lemma[k]) if w]
    return "_".join(out[-5:])


INSIDE = 0 # of the column of chunks: a noun phrase that began before


def spans_of(l, share):
    """Of all words that rather name a property than nothing the first and the last, and whether they are its values. As in
    `properties.rs` no name goes on behind a comma, and none begins inside a phrase."""
    spans, i = [], 0
    most, none = share.argmax(1).tolist(), share[:, 0].tolist()
    value = [v > 0.5 for v in (share[:, 3] + share[:, 4]).tolist()]
    names = [n < 0.5 and (v or w not in (",", ";")) for n, v, w in zip(none, value, l.word)]
    opens = [m in (1, 3) and (v or c[3] != INSIDE) for m, v, c in zip(most, value, l.columns)]
    while i < len(most):
        if not names[i]: i += 1; continue
        j = i + 1
        while j < len(most) and names[j] and not opens[j] and value[j] == value[i] and l.block[j] == l.block[i]: j += 1
        spans.append((i, j - 1, value[i] > 0.5)); i = j
    return spans


def decode(net, l, things=-0.3, ties=0.45):
    """The text's model as the network alone would have it: a rough picture of what the reader makes of it."""
    x, points, _ = net.read(l)
    chosen, of = [], {}
    for p, k in sorted(((float(p), k) for k, p in enumerate(points)), reverse=True):
        if p < things: break
        n = l.said(l.keys[k])
        if not n: continue
        hit = next((o for o in chosen if L.alike(n.replace("_", " "), o.replace("_", " "))), None)
        if hit is None: chosen.append(n); hit = n
        of[k] = hit
    spans = spans_of(l, net.parts(x).softmax(1))
    at = [i if v else j for i, j, v in spans]
    named, partners = L.ties_of(l, of, at)
    maybe = {k for k, p in enumerate(points.tolist()) if p > L.MAYBE} | set(of)
    candidates, owners, beside = L.owners_of(l, maybe, at)
    entities, relationships, pending = {n: {"name": n, "attributes": []} for n in chosen}, [], []
    where = torch.tensor([n[0] for n in named], dtype=torch.long)

    def give(entity, n):
        if n and not any(L.alike(n.replace("_", " "), a["name"].replace("_", " ")) == 3 for a in entities[entity]["attributes"]):
            entities[entity]["attributes"].append({"name": n})

    if owners:
        _, own, nobody = net.owner_points(x, torch.tensor(at), torch.tensor([n[0] for n in candidates], dtype=torch.long), owners, beside)
        values, types, sums = net.value_names(x).argmax(1).tolist(), net.types(x).argmax(1).tolist(), {}
        for q, j, p in zip(owners[0].tolist(), owners[1].tolist(), own.tolist()):
            thing = of.get(candidates[j][1])
            if thing is None: continue
            of_q = sums.setdefault(q, {}); of_q[thing] = of_q.get(thing, 0) + math.exp(min(p, 30))
        for q, (i, j, v) in enumerate(spans):
            if q not in sums: continue
            n, p = max(sums[q].items(), key=lambda it: it[1])
            name = L.VALUE_NAMES[values[i]] if v else name_of(l, i, j, types[j])
            if math.exp(min(float(nobody[q]), 30)) > p: pending.append((j, name))
            else: give(n, name)
    if partners:
        pair, turned, order = L.pairs_of(named, partners)
        number = {}
        own = torch.tensor([number.setdefault(n[1], len(number)) for n in named])
        ends = [tuple(number[n] for n in it) for it in order]
        share = net.tie_points(x, where, own, partners, pair, turned, ends)[1].softmax(1).tolist()
        near = {}
        for a, p in zip(partners[0].tolist(), pair.tolist()): near.setdefault(p, []).append(named[a][0])
        made = []
        for p, (one, other) in enumerate(order):
            if 1 - share[p][0] < ties: continue
            c = max(range(1, 5), key=lambda k: share[p][k])
            f, t = (other, one) if c == 2 else (one, other)
            r = {"from": f, "to": t, "kind": {1: "many-to-one", 2: "many-to-one", 3: "one-to-one", 4: "many-to-many"}[c]}
            if c == 4:
                r["via"] = f"{f}_{t}"; made.append((p, r["via"])); entities[r["via"]] = {"name": r["via"], "attributes": []}
            relationships.append(r)
        for j, n in pending:
            if not made: break
            p, via = min(made, key=lambda it: min(abs(j - y) for y in near[it[0]]))
            if min(abs(j - y) for y in near[p]) < 80: give(via, n)
    return {"entities": list(entities.values()), "relationships": relationships}


def score(net, all_, **how):
    net.eval()
    out = Score()
    with torch.no_grad():
        for l in all_: out.add(l.gold, decode(net, l, **how))
    return out


def teach(net, all_, o, batch=4):
    """Teaches; behind the share `exact` of the rounds each step sees the numbers rounded as they are written, and moves those that are not."""
    rounds, rate = o["rounds"], o["rate"]
    opt = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.05)
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, rate, total_steps=rounds * (len(all_) // batch) + 5)
    mean = {k: v.clone() for k, v in net.state_dict().items()}
    for r in range(rounds):
        net.train(); random.shuffle(all_)
        for i in range(0, len(all_) - batch + 1, batch):
            opt.zero_grad()
            exact = [p.detach().clone() for p in net.parameters()] if r >= o["exact"] * rounds else []
            if exact: net.round(o["fine"])
            (sum(loss_of(net, l) for l in all_[i:i + batch]) / batch).backward()
            with torch.no_grad():
                for p, e in zip(net.parameters(), exact): p.copy_(e)
            nn.utils.clip_grad_norm_(net.parameters(), 5.0); opt.step(); plan.step()
            for k, v in net.state_dict().items(): mean[k].lerp_(v, o["follow"])
    net.load_state_dict(mean)


def main():
    o = dict(OPTIONS)
    for a in sys.argv[3:]:
        k, v = a.split("="); o[k] = type(OPTIONS[k])(v)
    torch.manual_seed(o["seed"]); random.seed(o["seed"])
    began = time.time()
    all_ = L.load(sys.argv[1], sys.argv[2])
    number = lambda l: int("".join(c for c in l.name if c.isdigit()) or 0)
    left_out = [l for l in all_ if number(l) % 5 == o["fold"]]
    taught = [l for l in all_ if l not in left_out]
    state, known, sizes = torch.load(o["start"], weights_only=False) if o["start"] else ({}, vocabulary(taught, o["most"]), {})
    o |= {k: v for k, v in sizes.items() if k in ("width", "pair", "word", "most")}
    for l in all_: l.tensors(known); L.prepare(l)
    nets = [teacher(it) for it in o["teachers"].split("+") if it]
    for l in taught: want(l, nets if number(l) < o["alone"] else [], known, o["share"])
    net = Reader(known, o["width"], o["pair"], o["word"], drop=o["drop"], hide=o["hide"])
    if state: net.load_state_dict(state, strict=False) # what the file does not know is taught from nothing
    print(len(taught), "texts", len(known), "words", sum(p.numel() for p in net.parameters()), "numbers", f"{time.time() - began:.0f} s", flush=True)
    teach(net, taught + [l for l in taught if o["twice"] <= number(l) < o["once"]], o)
    if left_out: print("as taught ", score(net, left_out))
    if o["out"]:
        os.makedirs(o["out"], exist_ok=True)
        torch.save((net.state_dict(), known, o), o["out"] + "/taught.pt")
        print(net.export(o["out"], o["fine"]), "bytes")
        if left_out: print("as written", score(net, left_out))
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__": main()
