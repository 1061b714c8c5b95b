"""What sortition-algorithms' maximin finds for a pool: run by that package's own Python, in an environment apart.

Reads a problem as JSON from its input, writes the smallest chance and the CPU seconds as JSON.
"""

import json
import sys
import time


def main() -> None:
    from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
    from sortition_algorithms.features import read_in_features
    from sortition_algorithms.people import read_in_people
    from sortition_algorithms.settings import Settings

    given = json.load(sys.stdin)
    rows = [{"feature": q[0], "value": q[1], "min": str(q[2]), "max": str(q[3])} for q in given["quotas"]]
    features, _name, _value = read_in_features(["feature", "value", "min", "max"], rows)
    questions = list(given["people"][0]["answers"])
    settings = Settings(id_column="id", columns_to_keep=[])
    body = [{"id": one["key"], **one["answers"]} for one in given["people"]]
    people, _report = read_in_people(["id", *questions], body, features, settings)
    began = time.process_time()
    committees, chances, _more = find_distribution_maximin(features, people, given["size"], [])
    seconds = time.process_time() - began
    on = dict.fromkeys((one["key"] for one in given["people"]), 0.0)
    for committee, chance in zip(committees, chances, strict=True):
        for key in committee:
            on[key] += chance
    print("\n" + json.dumps({"least": min(on.values()), "seconds": seconds}))  # the solver itself prints before it


if __name__ == "__main__":
    main()
