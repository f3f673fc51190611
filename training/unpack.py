"""Makes a taught.pt of what is shipped, to go on from or to learn from: `unpack.py WEIGHTS OUT` reads words.txt and weights.bin
of the folder WEIGHTS and writes OUT/taught.pt. The numbers are the rounded ones.
"""
import os, struct, sys
import torch
from network import Reader
from teach import OPTIONS


def main():
    folder, out = sys.argv[1:]
    known = {w: i + 1 for i, w in enumerate(open(f"{folder}/words.txt").read().splitlines())}
    net = Reader(known, OPTIONS["width"], OPTIONS["pair"], OPTIONS["word"], drop=OPTIONS["drop"])
    raw, at = open(f"{folder}/weights.bin", "rb").read(), 0
    with torch.no_grad():
        for table in net.tables(): # each is its parameter, seen in the order that is written
            worth, *numbers = struct.unpack_from(f"<f{table.numel()}b", raw, at)
            table.copy_(torch.tensor(numbers).reshape(table.shape) * worth)
            at += 4 + table.numel()
    if at != len(raw): sys.exit(f"{folder}/weights.bin has {len(raw)} bytes for {at}: taught with other sizes")
    os.makedirs(out, exist_ok=True)
    torch.save((net.state_dict(), known, {**OPTIONS, "fine": 0}), out + "/taught.pt")


if __name__ == "__main__": main()
