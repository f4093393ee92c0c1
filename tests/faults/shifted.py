"""``python -m tests.faults.shifted SECONDS MODULE …`` runs a module under a clock that is so much
ahead: a machine whose clock stepped, without touching the machine's."""

import runpy
import sys
import time

import time_machine


def main() -> None:
    seconds, module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    with time_machine.travel(time.time() + float(seconds), tick=True):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
