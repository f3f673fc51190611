"""Writes what PyTorch makes of texts, for `tests/it/learned.rs`: `compare.py TAUGHT LESSONS TEXT… > tests/data/brief/learned.json`.
TAUGHT is the file taught.pt that teach.py leaves beside the weights.
"""
import json, os, sys
import torch
import lessons as L
from network import Reader


def main():
    state, known, o = torch.load(sys.argv[1], weights_only=False)
    net = Reader(known, o["width"], o["pair"], o["word"], drop=0)
    net.load_state_dict(state); net.round(o["fine"]); net.eval()
    out = []
    for text in sys.argv[3:]:
        name = os.path.splitext(os.path.basename(text))[0]
        raw = open(text, "rb").read()
        l = L.Lesson(name, raw, json.load(open(f"{sys.argv[2]}/{name}.lesson.json")))
        l.tensors(known)
        with torch.no_grad():
            x, points = net.read(l)
            likely = 1 - net.parts(x).softmax(1)[:, 0]
        out.append({"text": raw.decode(), "points": [round(p, 4) for p in points.tolist()], "likely": [round(p, 4) for p in likely.tolist()]})
    json.dump(out, sys.stdout, ensure_ascii=False, separators=(",", ":")); print()


if __name__ == "__main__": main()
