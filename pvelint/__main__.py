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
    from pvelint.cli.plain import plain_request
    from pvelint.errors import PvelintError
    from pvelint.report.streams import prepare, remark, silence

    prepare()
    try:
        request = plain_request(sys.argv[1:] if argv is None else argv)
        if request is None:
            status = _by_click(argv)
        else:
            from pvelint.cli.run import run_and_report

            status = run_and_report(request)
        sys.stdout.flush()
    except KeyboardInterrupt:
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
    return status


def _by_click(argv: Sequence[str] | None) -> int:
    """Run a command as click reads the arguments. Raises KeyboardInterrupt and what the command raises."""
    import click

    from pvelint.cli.app import pvelint

    try:
        status = pvelint.main(args=list(argv) if argv is not None else None, prog_name="pvelint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return FAILED
    except click.Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    sys.exit(main())
