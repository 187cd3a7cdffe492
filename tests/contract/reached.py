"""How many operations got to answer with a success; fails below 95%."""

import json
import sys
import urllib.request

LEAST = 0.95


def read(path):
    with urllib.request.urlopen(sys.argv[1] + path) as answer:
        return json.load(answer)


operations = read("/__sandbox/")["operations"]
reports = {it["operation"]: it for it in read("/__sandbox/report")["operations"]}
missed = [
    name
    for name in operations
    if not any(status.startswith("2") for status in reports.get(name, {}).get("statuses", {}))
]
reached = len(operations) - len(missed)
print(f"{reached} of {len(operations)} operations answered with a success")
if reached < LEAST * len(operations):
    sys.exit("never: " + ", ".join(missed))
