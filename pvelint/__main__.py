"""``python -m pvelint`` and the ``pvelint`` script: one place that turns errors into exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

#: Exit status after Ctrl-C, as shells have it (128 + SIGINT).
INTERRUPTED = 130
#: Exit status when the reader of our output went away (128 + SIGPIPE).
PIPE_CLOSED = 141
FAILED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 1, 2 (see the design of the commands) or 130.

    Every expected error is one line on standard error; an unexpected one is reported without a traceback,
    because drafts are confidential and tracebacks travel (``PVELINT_TRACEBACK=1`` shows it).
    """
    import click

    from pvelint.cli import pvelint
    from pvelint.errors import PvelintError
    from pvelint.report.streams import prepare, remark, silence

    prepare()
    try:
        status = pvelint.main(args=list(argv) if argv is not None else None, prog_name="pvelint", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        remark("interrupted")
        return INTERRUPTED
    except PvelintError as error:
        remark(f"error: {error}")
        return FAILED
    except BrokenPipeError:
        silence()
        return PIPE_CLOSED
    except Exception as error:
        if os.environ.get("PVELINT_TRACEBACK"):
            raise
        from pvelint.cli.faults import told

        remark(
            f"error: pvelint itself failed ({told(error)}). This is a fault of the program; please report "
            "it. PVELINT_TRACEBACK=1 in the environment shows more."
        )
        return FAILED
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    sys.exit(main())
