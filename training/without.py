"""Leaves words out of what is shipped: `without.py WEIGHTS WORDS` reads a word a line from the file WORDS, and takes each out
of words.txt and its row out of the first table of weights.bin, in the folder WEIGHTS. The network knows such a word by its ending from then on.
"""
import struct, sys
from teach import OPTIONS


def main():
    folder, less = sys.argv[1], set(open(sys.argv[2]).read().split())
    words = open(f"{folder}/words.txt").read().splitlines()
    if missing := less - set(words): sys.exit(f"{folder}/words.txt has no {', '.join(sorted(missing))}")
    width = OPTIONS["word"]
    raw = open(f"{folder}/weights.bin", "rb").read()
    first = struct.calcsize("<f") # what one is worth stands before the rows; the row of all unknown words is the first of them
    kept = [0] + [i + 1 for i, w in enumerate(words) if w not in less]
    rows = b"".join(raw[first + i * width:first + (i + 1) * width] for i in kept)
    behind = raw[first + (len(words) + 1) * width:]
    open(f"{folder}/weights.bin", "wb").write(raw[:first] + rows + behind)
    open(f"{folder}/words.txt", "w").write("".join(w + "\n" for w in words if w not in less))


if __name__ == "__main__": main()
