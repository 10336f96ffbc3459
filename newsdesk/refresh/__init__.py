"""A refresh: every source that has changed, read into the archive, and what is told of it meanwhile and afterwards.

:mod:`.run` is the refresh itself, :mod:`.sources` says what it reads, :mod:`.seeds` and :mod:`.feeds` what came of that,
:mod:`.events` what it tells. :mod:`.story` follows one story to its page; :mod:`.lock` lets one refresh run at a time.
"""
