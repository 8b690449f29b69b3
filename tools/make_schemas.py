"""Write the JSON Schemas that are made from the code, so that editors can check lexicon files as they are typed.

    python tools/make_schemas.py [--check]

With ``--check`` nothing is written; the exit status is 1 when a checked-in schema is stale.
"""

from __future__ import annotations

import json
import sys

from pvelint import shipped
from pvelint.lexicon import json_schema


def main() -> int:
    path = shipped.schema("lexicon")
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if "--check" in sys.argv:
        fresh = path.is_file() and path.read_text(encoding="utf-8") == text
        print(f"{path.name}: {'fresh' if fresh else 'stale; run python tools/make_schemas.py'}")
        return 0 if fresh else 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
