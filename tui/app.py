"""The dashboard's door. The composition root (`newsdesk.cli`) calls it, inside a function, once everything is settled:

    from tui.app import run
    code = run(
        paths,                       # newsdesk.paths.Paths: archive, notebook, state folder
        config=config,               # newsdesk.config.Config or None; `seeds` (and `keys`, `theme` where it has them) are read
        now=now,                     # Callable[[], datetime] or None: a fixed clock in tests
        refresh_command=[sys.executable, "-m", "newsdesk", ..., "refresh", "--events", "--seeds", PATH, ...],
        seeds=seeds,                 # files and folders whose changes start a refresh (configured ones and this sitting's)
        demo=False,                  # the sample seeds in a desk that is thrown away: said on the screen
    )

`refresh_command` is the whole argument list of a headless refresh into the same data folder, without a shell: it is run when
the dashboard opens, when a seed changes and on the refresh key, and its stdout is read as `refresh --events` NDJSON. The
return value is the exit code: 0, or 128 + n when signal n ended it. Errors of opening the desk are raised as `NewsdeskError`
before the screen is touched.
"""
