"""Reads briefs with models: `check.py [--json FOLDER] FILE…`. Prints what is wrong in them; with `--json` writes of each
that is right `NAME.md`, the text, and `NAME.gold.json`, its model. GUIDE.md tells the notation.
"""
import json, os, re, sys

TYPES = {"text","integer","numeric","boolean","date","time","timestamptz","interval","jsonb","enum","text[]","bytea","uuid","integer[]","numeric[]","timestamp","bigint","smallint","daterange","tstzrange","inet","point","geometry","money","float","real","double","char","varchar","json","url"}
def norm(s): return re.sub(r"\s+", " ", s.replace("’","'").replace("‘","'").replace("“",'"').replace("”",'"').replace("\u00a0"," ").replace("**","").replace("`","").replace("–","-").replace("—","-")).strip().lower()
def parse(path):
    raw = open(path, encoding="utf-8").read()
    errs = []
    parts = re.split(r"(?m)^={5,}\s*$", raw)
    if len(parts) != 2: return None, [f"needs exactly one ===== line, has {len(parts)-1}"]
    text, model = parts[0].strip("\n") + "\n", parts[1]
    flat = norm(text); flat2 = re.sub(r"[^\w]+", " ", flat)
    ents, rels, nots = {}, [], []
    cur = None
    for n, line in enumerate(model.splitlines(), 1):
        l = line.strip()
        if not l: continue
        m = re.match(r'^(.*?)(?:\s+"(.*)")?\s*$', l)
        body, quote = m[1], m[2]
        if quote is not None:
            q = norm(quote)
            if q not in flat and re.sub(r"[^\w]+", " ", q).strip() not in flat2: errs.append(f"line {n}: quote not in text: {quote}")
        if body.startswith("E"):
            m = re.match(r"E(\?)?\s+(core|lookup|junction)\s+([a-z][a-z0-9_]*)\s*(?:=\s*(.*))?$", body)
            if not m: errs.append(f"line {n}: cannot read: {l}"); continue
            cur = {"name": m[3], "kind": m[2], "optional": bool(m[1]), "aliases": [a.strip().replace(" ","_").lower() for a in (m[4] or "").split(",") if a.strip()], "attributes": []}
            if m[3] in ents: errs.append(f"line {n}: {m[3]} twice")
            ents[m[3]] = cur
        elif body.startswith("-"):
            m = re.match(r"-(\?)?\s*([a-z][a-z0-9_]*)\s+([a-z0-9\[\]_]+?)?(?:\s*\[([^\]]+)\])?(?:\(.*?\))?\s*(?:\{([^}]*)\})?\s*$", body)
            if not m or cur is None: errs.append(f"line {n}: cannot read: {l}"); continue
            t = m[3] or "text"
            if t not in TYPES: errs.append(f"line {n}: unknown type {t}")
            if m[4] and t != "enum": errs.append(f"line {n}: values need enum[..]: {l}")
            if not m[1] and quote is None: errs.append(f"line {n}: needs a quote: {l}")
            if m[2].endswith("_id") and m[2] != "external_id": errs.append(f"line {n}: {m[2]} looks like a key; foreign keys are R lines (rename if it is real data)")
            if any(a["name"] == m[2] for a in cur["attributes"]): errs.append(f"line {n}: {m[2]} twice")
            cur["attributes"].append({"name": m[2], "type": t, "values": [v.strip() for v in m[4].split("|")] if m[4] else None, "aliases": [a.strip().replace(" ","_").lower() for a in (m[5] or "").split(",") if a.strip()], "optional": bool(m[1]), "quote": quote})
        elif body.startswith("R"):
            m = re.match(r"R(\?)?\s+([a-z0-9_]+)\s*(<>|>|1-1)\s*([a-z0-9_]+)((?:\s+(?:as|via)\s+[a-z0-9_]+)*)\s*$", body)
            if not m: errs.append(f"line {n}: cannot read: {l}"); continue
            o = dict(re.findall(r"(as|via)\s+([a-z0-9_]+)", m[5] or ""))
            if m[3] == "<>" and "via" not in o: errs.append(f"line {n}: <> needs via")
            if not m[1] and quote is None: errs.append(f"line {n}: needs a quote: {l}")
            rels.append({"from": m[2], "to": m[4], "kind": {">": "many-to-one", "1-1": "one-to-one", "<>": "many-to-many"}[m[3]], "role": o.get("as"), "via": o.get("via"), "optional": bool(m[1]), "quote": quote})
        elif body.startswith("N"):
            nots += [x.strip() for x in re.sub(r"^N:?\s*", "", l).split(";") if x.strip()]
        else: errs.append(f"line {n}: cannot read: {l}")
    for r in rels:
        for k in ("from", "to", "via"):
            if r[k] and r[k] not in ents: errs.append(f"R {r['from']} {r['to']}: no entity {r[k]}")
        if r["via"] and r["via"] in ents and ents[r["via"]]["kind"] != "junction": errs.append(f"via {r['via']} is not E junction")
        if r["kind"] != "many-to-many" and r["from"] in ents and ents[r["from"]]["kind"] == "junction" and any(v["via"] == r["from"] and r["to"] in (v["from"], v["to"]) for v in rels) and not r["role"]: errs.append(f"R {r['from']} > {r['to']}: already said by the <> line")
    for e in ents.values():
        if e["kind"] == "junction" and not any(r["via"] == e["name"] for r in rels): errs.append(f"junction {e['name']} is no R's via")
        if not any(e["name"] in (r["from"], r["to"], r["via"]) for r in rels) and not e["optional"]: errs.append(f"{e['name']} has no R at all (fine only if really alone: then mark it in a line '# alone {e['name']}')") if f"# alone {e['name']}" not in model else None
    errs = [e for e in errs if "cannot read: # alone" not in e]
    if len(nots) < 3: errs.append("N has fewer than 3")
    if len(ents) < 3: errs.append("fewer than 3 entities")
    return {"slug": os.path.basename(path)[:-6], "text": text, "entities": list(ents.values()), "relationships": rels, "not_entities": nots}, errs
if __name__ == "__main__":
    args = sys.argv[1:]; out = None
    if args and args[0] == "--json": out = args[1]; args = args[2:]; os.makedirs(out, exist_ok=True)
    bad = 0
    for f in args:
        d, errs = parse(f)
        if errs: bad += 1; print(f"{f}:"); [print("  ", e) for e in errs]
        elif not out: print(f"{f}: ok, {len(d['text'].split())} words, {len(d['entities'])} entities, {sum(len(e['attributes']) for e in d['entities'])} attributes, {len(d['relationships'])} relationships")
        if out and d and not errs:
            s = d["slug"]; open(f"{out}/{s}.md", "w").write(d.pop("text")); json.dump(d, open(f"{out}/{s}.gold.json", "w"), ensure_ascii=False)
    sys.exit(bad > 0)
