"""Writes what PyTorch makes of texts, for `tests/it/learned.rs`: `compare.py TAUGHT LESSONS TEXT… > tests/data/brief/learned.json`.
TAUGHT is the file taught.pt that teach.py leaves beside the weights.
"""
import json, os, sys
import torch
import lessons as L
from network import Reader
from teach import spans_of

FINE = 2048.0 # as in `weights.rs`


def coarse(_, come):
    """What comes into a table, in whole steps as `weights.rs` rounds it."""
    return tuple((x * FINE).round().clamp(-32767, 32767) / FINE for x in come)


def main():
    state, known, o = torch.load(sys.argv[1], weights_only=False)
    net = Reader(known, o["width"], o["pair"], o["word"], drop=0)
    net.load_state_dict(state); net.eval()
    if o["fine"]: net.round(o["fine"]) # what unpack.py made is rounded
    summed = (net.wide, net.wide_ending, net.lists, net.beside) # of bytes or of shares: nothing is rounded
    for m in net.modules():
        if isinstance(m, (torch.nn.Linear, torch.nn.Conv1d)) and m not in summed: m.register_forward_pre_hook(coarse)
    out = []
    for text in sys.argv[3:]:
        name = os.path.splitext(os.path.basename(text))[0]
        raw = open(text, "rb").read()
        l = L.Lesson(name, raw, json.load(open(f"{sys.argv[2]}/{name}.lesson.json")))
        l.tensors(known)
        with torch.no_grad():
            x, points, apart = net.read(l)
            share = net.parts(x).softmax(1)
            at = [i if v else j for i, j, v in spans_of(l, share)]
            named, ties = L.ties_of(l, {k: k for k, p in enumerate(l.points) if p > 0}, at)
            pair, turned, ends = L.pairs_of(named, ties)
            kinds = net.tie_points(x, *(torch.tensor(it) for it in zip(*named)), ties, pair, turned, ends)[1].softmax(1)
        ties = sorted((*it, *(round(p, 4) for p in own)) for it, own in zip(ends, kinds.tolist()))
        likely, rounded = 1 - share[:, 0], lambda all_: [round(p, 4) for p in all_.tolist()]
        out.append({"text": raw.decode(), "points": rounded(points), "apart": rounded(apart), "likely": rounded(likely), "ties": [n for tie in ties for n in tie]})
    json.dump(out, sys.stdout, ensure_ascii=False, separators=(",", ":")); print()


if __name__ == "__main__": main()
