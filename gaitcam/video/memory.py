"""Keeps memory flat while pictures pass through threads."""

import ctypes
import sys
from contextlib import suppress
from functools import cache

M_MMAP_THRESHOLD = -3  # glibc's name for the setting
PICTURE_BYTES = 1_000_000


@cache
def give_pictures_back() -> None:
    """Let freed pictures go back to the system at once, where the C library is glibc.

    By default glibc learns to keep blocks of a picture's size on heaps, one a thread, which
    fragment: about 0.1 MB a frame, for as long as the clip lasts.  Elsewhere this does nothing.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, PICTURE_BYTES)
