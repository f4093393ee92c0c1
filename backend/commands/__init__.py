"""The subcommands of ``repline``, a file per noun."""
