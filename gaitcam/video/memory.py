"""Keeps memory flat, and its pages in use, while pictures pass through threads."""

import ctypes
import sys
from contextlib import suppress
from functools import cache

# glibc's names for the settings (malloc.h).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
LARGEST_ON_HEAP = 32 << 20  # bytes; the most that glibc allows
NEVER_TRIMMED = 1 << 30


@cache
def reuse_picture_memory() -> None:
    """Let the next picture take the place of one that was freed, where the C library is glibc.

    By default glibc asks the system for each large block anew, which then clears every page of
    it, a fifth of all processor time; or it keeps blocks on heaps, one a thread, which fragment:
    about 0.1 MB a frame, for as long as the clip lasts.  One heap for all threads, which keeps
    what is freed, does neither.  Elsewhere this does nothing.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            libc.mallopt(M_ARENA_MAX, 1)
            libc.mallopt(M_MMAP_THRESHOLD, LARGEST_ON_HEAP)
            libc.mallopt(M_TRIM_THRESHOLD, NEVER_TRIMMED)
