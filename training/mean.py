"""The mean of networks that were taught on from each other: `mean.py OUT TAUGHT TAUGHT…` writes it as `teach.py` does.
Each TAUGHT is a file taught.pt; what they know by heart must be the same words.
"""
import os, sys
import torch
from network import Reader


def main():
    out, *taught = sys.argv[1:]
    read = [torch.load(it, weights_only=False) for it in taught]
    (first, known, o), *others = read
    if any(it[1] != known for it in others): sys.exit("they know other words")
    state = {k: sum(it[0][k] for it in read) / len(read) if v.is_floating_point() else v for k, v in first.items()}
    net = Reader(known, o["width"], o["pair"], o["word"], drop=o["drop"])
    net.load_state_dict(state)
    os.makedirs(out, exist_ok=True)
    torch.save((state, known, o), out + "/taught.pt")
    print(net.export(out, o["fine"]), "bytes")


if __name__ == "__main__": main()
