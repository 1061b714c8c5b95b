"""Tells mypy that every action takes `key` and `rev` besides its own keywords: no ParamSpec can say so."""

from collections.abc import Callable

from mypy.nodes import ARG_NAMED_OPT
from mypy.plugin import MethodSigContext, Plugin
from mypy.types import CallableType, NoneType, UnionType

CALL = "alongside.ground.history.acting.Action.__call__"


def keyed(context: MethodSigContext) -> CallableType:
    """The signature of one action's call, with both keywords added where the function lacks them."""
    own = context.default_signature
    named = context.api.named_generic_type
    both = {"key": named("builtins.str", []), "rev": UnionType([named("builtins.int", []), NoneType()])}
    new = {name: type_ for name, type_ in both.items() if name not in own.arg_names}
    return own.copy_modified(
        arg_names=[*own.arg_names, *new],
        arg_kinds=[*own.arg_kinds, *[ARG_NAMED_OPT for _ in new]],
        arg_types=[*own.arg_types, *new.values()],
    )


class Keyed(Plugin):
    """The hook itself; mypy finds it by `plugin` below."""

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], CallableType] | None:
        return keyed if fullname == CALL else None


def plugin(version: str) -> type[Plugin]:
    """What mypy asks a plugin's module for; `version` is mypy's own."""
    return Keyed
