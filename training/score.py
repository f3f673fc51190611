"""Counts what of a model is found, the way docs/reader.md tells."""
from lessons import words, alike


def pair_up(gold, found, names):
    likeness = sorted(((max(alike(f, n) for n in names(g)), -j, -i) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used, out = set(), {}
    for s, j, i in likeness:
        if s and -j not in out and -i not in used: out[-j] = -i; used.add(-i)
    return out


def share(right, found, wanted):
    p, r = (right / found if found else 0.0), (right / wanted if wanted else 0.0)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


class Score:
    """Entities, attributes, relationships and cardinality, summed over texts."""

    def __init__(self): self.e, self.a, self.r, self.c = [0] * 3, [0] * 3, [0] * 3, [0] * 2

    def __str__(self):
        return " | ".join(f"{n} {'%.3f %.3f %.3f' % share(*t)}" for n, t in zip("EAR", (self.e, self.a, self.r))) + f" | c {self.c[0] / max(self.c[1], 1):.3f}"

    def add(self, gold, out):
        names = lambda x: [x["name"], *x.get("aliases", [])]
        wanted, found = gold["entities"], out["entities"]
        match = pair_up(wanted, [e["name"] for e in found], names)
        worth = lambda x: 1 / 3 if x.get("assumed") else 1.0
        right = sum(not wanted[i]["optional"] for i in match.values())
        self.sum(self.e, right, right + sum(worth(e) for j, e in enumerate(found) if j not in match), sum(not g["optional"] for g in wanted))
        back = {i: j for j, i in match.items()}
        for i, g in enumerate(wanted):
            if g["optional"]: continue
            own = found[back[i]].get("attributes", []) if i in back else []
            m = pair_up(g["attributes"], [a["name"] for a in own], names)
            right = sum(not g["attributes"][k]["optional"] for k in m.values())
            self.sum(self.a, right, right + sum(worth(a) for j, a in enumerate(own) if j not in m), sum(not a["optional"] for a in g["attributes"]))
        called = {words(found[j]["name"]): wanted[i]["name"] for j, i in match.items()}
        index = {words(n): g["name"] for g in wanted for n in names(g)}
        canon = lambda n: called.get(words(n)) or index.get(words(n), n)
        want, got = {}, {}
        for r in gold["relationships"]:
            k = frozenset((r["from"], r["to"]))
            if k not in want or want[k]["optional"] and not r["optional"]: want[k] = r
        for r in out["relationships"]:
            a, b = called.get(words(r["from"])), called.get(words(r["to"]))
            if a and b: got.setdefault(frozenset((a, b)), r)
        for k, r in want.items():
            if r.get("via"):
                if k not in got and all(frozenset((r["via"], e)) in got for e in k): got[k] = {"kind": "many-to-many"}
                for e in k: got.pop(frozenset((r["via"], e)), None)
        hit = [k for k in got if k in want and not want[k]["optional"]]
        self.sum(self.r, len(hit), len(hit) + sum(worth(r) for k, r in got.items() if k not in want), len(hit) + sum(k not in got and not r["optional"] for k, r in want.items()))
        side = lambda r: canon(r["from"]) if r["kind"] == "many-to-one" and "from" in r else None
        self.c[0] += sum(got[k]["kind"] == want[k]["kind"] and side(got[k]) == side(want[k]) for k in hit); self.c[1] += len(hit)

    def sum(self, to, *what):
        for k, x in enumerate(what): to[k] += x
