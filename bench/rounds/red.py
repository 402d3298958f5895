"""The peer in a process of its own: red-dwarf's pipeline on one log, which it is given as it wants it.

    python bench/rounds/red.py FOLDER

Prints one JSON line: seconds of the pipeline alone, peak MiB of the process, how many groups. Runs in the peer's own
environment, without ``shangliang``.
"""

import json
import sys
import time

import numpy as np


def main(folder):
    from reddwarf.implementations.polis import run_pipeline

    people, said, given = (np.load(f"{folder}/{name}.npy").tolist() for name in ("people", "statements", "votes"))
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": vote, "modified": n}
        for n, (person, statement, vote) in enumerate(zip(people, said, given, strict=True))
    ]  # fmt: skip
    del people, said, given
    began, worked = time.perf_counter(), time.process_time()
    found = run_pipeline(votes=votes, random_state=1)
    told = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked, "mib": peak()}
    frame = found.participants_df
    told["groups"] = int(frame["cluster_id"].nunique())
    print(json.dumps(told))


def peak():
    """The most memory of this process in MiB."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(sys.argv[1])
