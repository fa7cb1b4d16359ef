"""Keeps memory flat while pictures pass through threads."""

import ctypes
import sys
from contextlib import suppress
from functools import cache

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # glibc's names for the settings
PICTURE_BYTES = 1_000_000
KEPT_BYTES = 64 << 20


@cache
def give_pictures_back() -> None:
    """Let freed pictures go back to the system at once, where the C library is glibc.

    By default glibc learns to keep blocks of a picture's size on heaps, one a thread, which
    fragment: about 0.1 MB a frame, for as long as the clip lasts.  What is smaller is kept: each
    page that is asked for anew must be cleared first.  Elsewhere this does nothing.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            library.mallopt(M_MMAP_THRESHOLD, PICTURE_BYTES)
            library.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def give_all_back() -> None:
    """Let all that is free go back to the system, where the C library is glibc.

    After a stage whose memory no later one needs: the networks leave more than 100 MB.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
