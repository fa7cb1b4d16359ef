"""Small checks on arrays that the typed records share."""

from typing import Any, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
SingleArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]


def frozen(
    values: ArrayLike,
    shape: tuple[int | None, ...],
    name: str,
    dtype: type[np.floating[Any]] = np.float64,
) -> NDArray[Any]:
    """Return ``values`` as a read-only float array of ``shape`` (``None`` = any length).

    What another record has frozen already is not copied.  Raises ``ValueError`` that says which
    record field has which shape instead.
    """
    array = values if is_frozen(values, dtype) else np.array(values, dtype=dtype)
    check_shape(array.shape, shape, name)
    array.flags.writeable = False
    return array


def finite(values: FloatArray) -> FloatArray:
    """Return the values that are no gaps, in one row."""
    return values[np.isfinite(values)]


def is_frozen(
    values: ArrayLike, dtype: type[np.floating[Any]] = np.float64
) -> TypeGuard[NDArray[Any]]:
    """Tell whether ``values`` is an array of ``dtype`` that nobody changes any more."""
    return (
        isinstance(values, np.ndarray)
        and values.dtype == dtype
        and values.flags.owndata
        and not values.flags.writeable
    )


def check_shape(got: tuple[int, ...], expected: tuple[int | None, ...], name: str) -> None:
    """Raise ``ValueError`` when ``got`` does not fit ``expected`` (``None`` = any length)."""
    fits = len(got) == len(expected) and all(
        want is None or want == have for want, have in zip(expected, got, strict=True)
    )
    if not fits:
        raise ValueError(f"{name}: expected shape {expected}, got {got}")
