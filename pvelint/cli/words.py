"""The words that options of ``check`` take."""

TIERS = ("donor", "field")
TYPES = ("proposal", "report", "press", "flyer", "note", "policy", "web")
FORMS = ("text", "concise", "json", "html", "sarif", "github", "junit", "rdjson")
FAIL_ON = ("suggestion", "warning", "error", "never")
