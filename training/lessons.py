"""Texts with models as lessons: which signs name things and properties, whose they are, and what belongs together.

A lesson is what `cargo run --release --example lesson` makes of a text (signs, mentions, keys) beside the model that its brief has.
What stands here about candidates is what `src/brief/learned/candidates.rs` does.
"""
import bisect, json, os, re
import torch

STOP = {"a", "an", "the", "of", "s"}
ODD = {"people": "person", "children": "child", "men": "man", "women": "woman", "data": "data", "media": "media", "series": "series",
       "status": "status", "address": "address", "analyses": "analysis", "news": "news", "bus": "bus", "gas": "gas"}
FILL = {"at", "on", "is", "has", "to", "by", "for", "in", "from"}
HERE = os.path.dirname(os.path.abspath(__file__))
LEXICON = os.path.join(HERE, "..", "src", "brief", "lexicon")


def lines(name):
    for line in open(os.path.join(LEXICON, name), encoding="utf-8"):
        if line.strip() and line[0] != "#":
            yield line.split()


IRREGULAR = {form: base for base, *forms in lines("irregular_verbs.txt") for form in forms}
NOUNS = {}
for name in ("event_verbs.txt", "doing_nouns.txt"):
    for verb, noun, *_ in lines(name):
        NOUNS.setdefault(verb, noun)


def singular(w):
    if w in ODD: return ODD[w]
    if w.endswith("ies") and len(w) > 4: return w[:-3] + "y"
    if re.search(r"(ss|x|ch|sh|us)es$", w): return w[:-2]
    if w.endswith("s") and not w.endswith(("ss", "us", "is")) and len(w) > 3: return w[:-1]
    return w


def words(name):
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", str(name))
    return tuple(singular(w) for w in re.split(r"[^A-Za-z0-9]+", name.lower()) if w and w not in STOP)


def alike(a, b):
    """3 the same, 2 the one is a kind of the other, 0 neither."""
    a, b = words(a), words(b)
    if not a or not b: return 0
    if a == b or "".join(a) == "".join(b): return 3
    if len(a) > 1 and sorted(a) == sorted(b): return 2
    return 2 if a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a)) else 0


def same_stem(a, b):
    a, b = IRREGULAR.get(a, a), IRREGULAR.get(b, b)
    n = len(os.path.commonprefix([a, b]))
    return a == b or n >= 4 and n >= min(len(a), len(b)) - 2 and max(len(a), len(b)) - n <= 6


class Lesson:
    """A text's signs, one list each, and its mentions and keys."""

    def __init__(self, name, raw, lesson, gold=None):
        self.name, self.raw, self.gold = name, raw, gold
        signs = lesson["signs"]
        column = lambda k: [s[k] for s in signs]
        (self.start, self.end, self.word, self.lemma, self.columns, self.lists, self.block, self.cell, self.paren, self.clause, self.key,
         self.chunk, self.tag, self.sentence) = map(column, range(14))
        self.blocks, self.mentions, self.keys, self.told = lesson["blocks"], lesson["mentions"], lesson["keys"], lesson["told"]
        self.points = lesson.get("points")
        self.of_block = {}
        for i, b in enumerate(self.block): self.of_block.setdefault(b, [i, i])[1] = i
        colons, verbs = [0], [0]
        for i in range(len(signs)):
            colons.append(colons[-1] + (self.word[i] == ":"))
            verbs.append(verbs[-1] + (self.columns[i][3] in (3, 5)))
        self.colons, self.verbs = colons, verbs
        self.by_key = {}
        for m in self.mentions: self.by_key.setdefault(m[3], []).append(m[2])

    def said(self, key):
        """What a key would be called as a thing."""
        return NOUNS.get(key[1:], key[1:]) if key.startswith("~") else key

    def find_compounds(self):
        """Compounds that may be things beside what they end in, as in `compounds.rs`: both keys, whether some sentence names both and
        how often each is named, and for each two compounds of one word which they are and whether some sentence names both."""
        at = {k: i for i, k in enumerate(self.keys)}
        pairs = [(i, at[k.rsplit("_", 1)[1]]) for i, k in enumerate(self.keys) if "_" in k and k[:1] != "~" and k.rsplit("_", 1)[1] in at]
        said = {k: {self.sentence[m] for m in self.by_key.get(k, []) if self.sentence[m] is not None} for p in pairs for k in p}
        told, beside = [], []
        for n, (own, head) in enumerate(pairs):
            places, heads = self.by_key.get(own, []), self.by_key.get(head, [])
            before = sum(m < places[0] for m in heads) if places else 0
            both, after = len(said[own] & said[head]), len(heads) - before
            told.append([float(it) for it in (both >= 1, both >= 2, len(places) >= 2, len(places) >= 4, before >= 1, before >= 3, after >= 1, after >= 3)])
            beside += [(n, k, float(bool(said[k] & said[own]))) for k, h in pairs if h == head and k != own]
        self.compounds, self.compound_facts = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2), torch.tensor(told).reshape(-1, 8)
        self.beside_compounds = tuple(torch.tensor(x) for x in zip(*beside)) if beside else None

    def tensors(self, vocabulary):
        number = {}
        lemma = [number.setdefault(l, len(number)) for l in self.lemma]
        columns = [[vocabulary.get(l, 0), *c[1:]] for l, c in zip(self.lemma, self.columns)]
        self.x = (torch.tensor(columns), torch.tensor([[x >> k & 1 for k in range(25)] for x in self.lists], dtype=torch.float),
                  torch.tensor(lemma), len(number))
        self.heads = torch.tensor([m[2] for m in self.mentions], dtype=torch.long)
        self.head_keys = torch.tensor([m[3] for m in self.mentions], dtype=torch.long)
        self.facts = torch.tensor(self.told, dtype=torch.float)
        self.find_compounds()


# ---- the model as labels ----

def label_keys(l):
    """Of each key: whether it means a thing, which, and how much that counts."""
    entities = l.gold["entities"]
    names = [(i, words(n)) for i, e in enumerate(entities) for n in [e["name"], *e["aliases"]]]
    l.labels = []
    found = set()
    for key in l.keys:
        w = words(key.replace("_", " ")) if key[:1] != "~" else ()
        label = (0, -1, 1.0)
        if w:
            same = [i for i, n in names if n == w or len(w) > 1 and sorted(n) == sorted(w)]
            wider = [i for i, n in names if n[-1:] == w[-1:] and set(n) < set(w)]
            narrower = [i for i, n in names if n[-1:] == w[-1:] and set(w) < set(n)]
            for of, weight in ((same, 1.0), (wider, 0.5), (narrower, 0.3)):
                if of:
                    label = (1, of[0], 0.0 if entities[of[0]]["optional"] and weight > 0.3 else weight)
                    break
        l.labels.append(label)
        if label[0] and key: found.add(label[1])
    for k, key in enumerate(l.keys):
        if key[:1] != "~": continue
        verb, label = key[1:], (0, -1, 0.5)
        for i, e in enumerate(entities):
            if i in found: continue
            of = [e["name"], *e["aliases"]]
            if l.said(key) in of or any(made_of(verb, n.split("_")[-1]) for n in of):
                label = (1, i, 0.0 if e["optional"] else 1.0)
                break
        l.labels[k] = label


def made_of(verb, noun):
    n = len(os.path.commonprefix([verb, noun]))
    return n >= max(4, len(verb) - 1) and len(noun) - n <= 6


def second_names(l):
    """Keys that are another name of a thing that is named more often: no tables beside it. Names that only say more or less of it are not among them."""
    of = {}
    for k, (is_thing, i, _) in enumerate(l.labels):
        if is_thing and l.keys[k] and l.keys[k][:1] != "~": of.setdefault(i, []).append(k)
    out = set()
    for names in of.values():
        best = max(names, key=lambda k: (l.labels[k][2] in (0, 1), len(l.by_key.get(k, []))))
        head = l.keys[best].rsplit("_", 1)[-1]
        out |= {k for k in names if l.keys[k].rsplit("_", 1)[-1] != head}
    return out


def label_properties(l):
    """(entity, attribute, first word, last word, optional, told by its values alone), and the words that teach nothing."""
    flat, place = [], []
    for i, (s, e) in enumerate(zip(l.start, l.end)):
        for w in re.findall(r"\w+", l.raw[s:e].decode("utf8", "ignore").lower()):
            flat.append(w); place.append(i)
    l.properties, l.unsure = [], set()
    for ei, e in enumerate(l.gold["entities"]):
        for a in e["attributes"]:
            quote = re.findall(r"\w+", (a.get("quote") or "").lower().replace("**", "").replace("`", ""))
            at = next((i for i in range(len(flat) - len(quote) + 1) if flat[i:i + len(quote)] == quote), None) if quote else None
            if at is None: continue
            span = sorted({place[k] for k in range(at, at + len(quote))})
            optional = bool(a["optional"] or e["optional"])
            best = named(l, span, a)
            if best:
                l.properties.append((ei, a, best[0], best[1], optional, False)); continue
            values = {w for v in a.get("values") or [] for w in words(v)}
            hit = [i for i in span if set(words(l.lemma[i])) & values or set(words(l.word[i])) & values]
            if hit: l.properties.append((ei, a, hit[0], hit[-1], optional, True))
            else: l.unsure.update(span)


def named(l, span, attribute):
    """The fewest words of a quote that have all words of one of the attribute's names."""
    for fuzzy in (False, True):
        best = None
        for n in [attribute["name"], *attribute["aliases"]]:
            need = [w for w in words(n) if w not in FILL] if fuzzy else list(words(n))
            if not need: continue
            for i in range(len(span)):
                have = set()
                for j in range(i, min(i + 7, len(span))):
                    have |= set(words(l.lemma[span[j]])) | set(words(l.word[span[j]]))
                    if l.columns[span[j]][3] // 2 in (1, 2): have.add(l.key[span[j]])
                    if all(any(same_stem(x, y) for y in have) for x in need) if fuzzy else set(need) <= have:
                        worth = (len(need), i - j)
                        if best is None or worth > best[0]: best = (worth, span[i], span[j])
                        break
        if best: return best[1:]


# ---- candidates, as in candidates.rs ----

DISTANCES = [1, 2, 3, 5, 8, 12, 20, 35, 60, 120]
RELATIVE = [22, 6, 6, 6, 6, 4, 4, 4, 4, 4, 6]


def bucket(n, limits): return next((i for i, e in enumerate(limits) if n <= e), len(limits))


def step(d): return d if 0 <= d <= 2 else 3 if 3 <= d <= 5 else 4 if d > 5 else 5


class Places:
    """What `Places` in candidates.rs is."""

    def __init__(self, l, named, properties):
        self.l, self.named, self.properties = l, named, properties
        self.at = [n[0] for n in named]
        self.in_block = {}
        for j, n in enumerate(named): self.in_block.setdefault(l.block[n[0]], []).append(j)

    def above(self, block, which):
        out, at = [], self.l.blocks[block][which]
        while at is not None and len(out) < 3 and at in self.l.of_block and at not in out:
            out.append(at); at = self.l.blocks[at][which]
        return out

    def around(self, i, own, before, behind, shares):
        l, named = self.l, self.named
        nxt = bisect.bisect_left(self.at, i)
        found, seen = {}, set()
        for j in range(nxt - 1, -1, -1):
            if len(seen) >= before or i - self.at[j] >= 220: break
            if named[j][1] not in seen: seen.add(named[j][1]); found[j] = [0, 0]
        seen = set()
        for j in range(nxt, len(named)):
            if len(seen) >= behind or self.at[j] - i >= 25 or l.block[self.at[j]] != l.block[i]: break
            if j != own and self.at[j] != i and named[j][1] not in seen: seen.add(named[j][1]); found[j] = [0, 0]
        for level, b in enumerate(self.above(l.block[i], 0)):
            for j in self.in_block.get(b, [])[-2:]:
                if j != own: found.setdefault(j, [0, 0])[0] = level + 1
        for level, b in enumerate(self.above(l.block[i], 1)):
            all_ = self.in_block.get(b, [])
            for j in {*all_[:1], *all_[-2:]}:
                if j != own: found.setdefault(j, [0, 0])[1] = level + 1
        opens = next((j for j in self.in_block.get(l.block[i], []) if j != own), None)
        if opens is not None and self.at[opens] < i: found.setdefault(opens, [0, 0])
        return [(j, self.relative(i, j, nxt, found[j], shares(named[j][1]))) for j in sorted(found)]

    def relative(self, i, j, nxt, levels, shares):
        l, m = self.l, self.at[j]
        low, high = min(i, m), max(i, m)
        colons, verbs = (max(0, x[high] - x[low + 1]) if low + 1 < len(x) else 0 for x in (l.colons, l.verbs))
        things = nxt - j - 1 if j < nxt else j - nxt
        kept = abs(bisect.bisect_right(self.properties, low) - bisect.bisect_left(self.properties, high))
        same = l.block[i] == l.block[m]
        return [bucket(high - low, DISTANCES) * 2 + (m >= i), step(l.clause[i] - l.clause[m]), step(l.block[i] - l.block[m]), min(things, 5),
                bucket(kept, [0, 1, 2, 4, 8]), min(levels[0], 3), min(levels[1], 3), int(colons > 0) + 2 * (l.paren[i] > l.paren[m]), min(verbs, 3),
                2 * int(same and l.cell[i] == l.cell[m]) + int(same and l.cell[m] == 0 and l.cell[i] > 0), int(shares)]


def packed(rows):
    if not rows: return None
    return tuple(torch.tensor(x) for x in zip(*rows))


def owners_of(l, keys, properties):
    """Mentions of keys that may own properties; `properties`: their places in order. Every key is a thing by itself."""
    named = [(m[2], m[3]) for m in l.mentions if m[3] in keys]
    parts = {k: {p for p in l.keys[k].split("_") if p} if l.keys[k][:1] != "~" else set() for k in keys}
    places = Places(l, named, properties)
    shares = lambda i: lambda k: any(p in parts[k] for p in re.split(r"[-_]", l.lemma[i]))
    rows = [(q, j, f) for q, i in enumerate(properties) for j, f in places.around(i, None, 6, 3, shares(i))]
    return named, packed(rows), beside(l, properties, named, rows)


def beside(l, properties, named, rows):
    """For each row the number of its property's key, of the same key at the properties before and behind it in the block, and in the one next to it."""
    number = {}
    own = [number.setdefault((q, named[j][1]), len(number)) for q, j, _ in rows]
    none = len(number)

    def at(q, other, key):
        if not 0 <= other < len(properties): return none, none
        d = abs(l.block[properties[q]] - l.block[properties[other]])
        n = number.get((other, key), none)
        return (n, none) if d == 0 else (none, n) if d == 1 else (none, none)

    out = []
    for (q, j, _), n in zip(rows, own):
        key = named[j][1]
        out.append((n, *at(q, q - 1, key), *at(q, q + 1, key)))
    return (torch.tensor(out, dtype=torch.long).reshape(-1, 5), torch.tensor([q for q, _ in number] or [0], dtype=torch.long), none)


def ties_of(l, things, properties):
    """Partners of mentions. `things`: what each key means, by its number."""
    named = [(m[2], things[m[3]]) for m in l.mentions if m[3] in things]
    places = Places(l, named, properties)
    return named, packed([(q, j, f) for q, n in enumerate(named) for j, f in places.around(n[0], q, 4, 0, lambda t: False) if named[j][1] != n[1]])


# Points from which on a key may own properties.
MAYBE = -1.5

VALUE_NAMES = ["status", "kind", "role", "decision"]


def value_name(n):
    return 0 if n in ("status", "state", "stage", "condition") else 2 if n == "role" else 3 if n in ("decision", "outcome", "result", "verdict", "answer") else 1


TYPES = ["text", "integer", "numeric", "boolean", "date", "timestamptz", "time", "interval", "enum", "other"]


def type_number(t):
    t = {"timestamp": "timestamptz", "bigint": "integer", "smallint": "integer", "text[]": "text", "varchar": "text", "money": "numeric", "float": "numeric", "real": "numeric"}.get(t, t)
    return TYPES.index(t) if t in TYPES else len(TYPES) - 1


def prepare(l):
    """All labels as tensors."""
    label_keys(l); label_properties(l)
    g = l.gold
    l.second = second_names(l)
    l.y = torch.tensor([0.0 if k in l.second else float(x[0]) for k, x in enumerate(l.labels)])
    l.weight = torch.tensor([x[2] * (0.7 if k in l.second else 1.0) for k, x in enumerate(l.labels)])
    of = [(l.labels[own], l.labels[head]) for own, head in l.compounds.tolist()]
    l.apart = torch.tensor([float(own[1] != head[1]) for own, head in of])
    l.apart_weight = torch.tensor([own[2] * head[2] if own[0] and head[0] else 0.0 for own, head in of])
    parts, counts, values, types = torch.zeros(len(l.word), dtype=torch.long), torch.ones(len(l.word)), [], []
    for i in l.unsure: counts[i] = 0
    for ei, a, i, j, optional, by_values in sorted(l.properties, key=lambda x: not x[5]):
        o = 3 if by_values else 1
        parts[i] = o; parts[i + 1:j + 1] = o + 1; counts[i:j + 1] = 0.0 if optional else 1.0
        if by_values: values.append((i, value_name(a["name"])))
        else: types.append((j, type_number(a["type"])))
    l.parts, l.counts, l.values, l.types = parts, counts, values, types
    things = {k: x[1] for k, x in enumerate(l.labels) if x[0] and x[1] >= 0 and (x[2] >= 0.5 or x[2] == 0.0)}
    have = set(things.values())
    owned = sorted((i if by_values else j, ei) for ei, a, i, j, optional, by_values in l.properties)
    l.owned = [x[0] for x in owned]
    maybe = {k for k in range(len(l.keys)) if k in things or l.points and l.points[k] > MAYBE}
    l.candidates, l.owners, l.beside = owners_of(l, maybe, l.owned)
    l.named, l.ties = ties_of(l, things, l.owned)
    index = {e["name"]: i for i, e in enumerate(g["entities"])}
    pairs = {index[r["via"]] for r in g["relationships"] if r["via"]} - have
    if l.owners:
        q, j, _ = l.owners
        l.right = torch.tensor([float(things.get(l.candidates[b][1]) == owned[a][1]) for a, b in zip(q.tolist(), j.tolist())])
        l.of_pair = torch.tensor([float(e not in have and e in pairs) for _, e in owned])
    kinds = {}
    for r in g["relationships"]:
        a, b, w = index[r["from"]], index[r["to"]], 0.0 if r["optional"] else 1.0
        if r["kind"] == "many-to-many":
            v = index[r["via"]]
            if v in have:
                for e in (a, b): kinds[(v, e)] = (1, w); kinds[(e, v)] = (2, w)
                # What is named stands between them: nothing ties them besides.
                kinds.setdefault((a, b), (0, w)); kinds.setdefault((b, a), (0, w))
            else: kinds[(a, b)] = kinds[(b, a)] = (4, w)
        elif r["kind"] == "one-to-one": kinds.setdefault((a, b), (3, w)); kinds.setdefault((b, a), (3, w))
        else: kinds[(a, b)] = (1, w); kinds[(b, a)] = (2, w)
    if l.ties:
        l.pair, l.turned, order = pairs_of(l.named, l.ties)
        of = [kinds.get(p, (0, 1.0)) for p in order]
        l.ends = order
        l.kinds, l.kind_weights = torch.tensor([x[0] for x in of]), torch.tensor([x[1] for x in of])


def pairs_of(named, ties):
    """For each place its pair's number and whether it is told from the other side; the pairs in order."""
    number, ids, turned = {}, [], []
    for a, b in zip(ties[0].tolist(), ties[1].tolist()):
        x, y = named[a][1], named[b][1]
        ids.append(number.setdefault((min(x, y), max(x, y)), len(number))); turned.append(int(x > y))
    return torch.tensor(ids), torch.tensor(turned), list(number)


def load(folder, lessons, names=None):
    """All briefs of a folder that have a lesson: `NAME.md` and `NAME.gold.json`, and `NAME.lesson.json` in `lessons`."""
    out = []
    for f in sorted(os.listdir(folder)):
        name = f[:-10]
        if not f.endswith(".gold.json") or names and name not in names or not os.path.exists(f"{lessons}/{name}.lesson.json"): continue
        gold = json.load(open(f"{folder}/{f}"))
        for e in gold["entities"]:
            e.setdefault("optional", False); e.setdefault("aliases", [])
            for a in e["attributes"]: a.setdefault("optional", False); a.setdefault("aliases", [])
        for r in gold["relationships"]: r.setdefault("optional", False); r.setdefault("via", None)
        text = f"{folder}/{name}.md"
        text = text if os.path.exists(text) else f"{folder}/{name}.txt"
        out.append(Lesson(name, open(text, "rb").read(), json.load(open(f"{lessons}/{name}.lesson.json")), gold))
    return out
