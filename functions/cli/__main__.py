"""The way in for `./staybase`. Until the commands are there, Ctrl-C ends it without a word of Python's."""

import signal


def enter() -> None:
    """Load the commands and run the one that was asked for."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from functions.cli.main import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


enter()
