# SPDX-License-Identifier: MIT
"""What does the argument string say of Java's list of authorities, where the person told of it?"""

from __future__ import annotations

from wizard.checks import expert_setting
from wizard.errors import BadInput
from wizard.fixes import arguments
from wizard.model import Scope, Secret
from wizard.nakivo import trust_store
from wizard.nakivo.trust_store import Setting
from wizard.product import Product


def told(scope: Scope, pasted: Secret | None, product: Product) -> Setting | None:
    """The properties that a Java started with it would have; None where it isn't known.

    A file that can't be read is told of by the check of the temporary folder.
    """
    key = product.facts.arguments_setting.value
    if pasted is not None:
        return _setting(pasted.reveal(), key)
    if scope.arguments_file is None:
        return None
    try:
        current = expert_setting.read_file(scope.arguments_file, product)
    except BadInput:
        return None
    return _setting(current, scope.arguments_file)


def _setting(current: str, source: str) -> Setting:
    given = {name: arguments.properties(current, name) for name in trust_store.PROPERTIES}
    values = {name: arguments.value_of(found[-1].plain) for name, found in given.items() if found}
    return Setting(values, source)
