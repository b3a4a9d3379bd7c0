"""What all components share: they are asked for by country, check before they register, and place every child.

In:  a name, arguments, and Pulumi's options.
Out: a component whose outputs are the ones that its interface declares.
"""
# Annotations are values here, not text: Pulumi's analyser derives the component package's schema from them and does not
# resolve text (pulumi 3.259.0, pulumi/provider/experimental/analyzer.py, analyze_component). Names that begin with `_`
# are no outputs to it.

import importlib
import inspect
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, NotRequired, Optional, Self, TypedDict, TypeVar

import pulumi

from residency_components.arguments import Argument
from residency_components.ask import Asked, camel, checked, country_of
from residency_components.errors import ArgumentFaultError
from residency_components.providers import refuse_unconfigured
from residency_components.regions import BUILT_IN, CLOUDS, clouds_in, region_for
from residency_components.spots import Spot

PACKAGE = "residency-components"
"""The name of the component package, the first part of each component's type token."""


class PlacedArgs(TypedDict):
    """What every component is asked for. There is no region here: it follows from the country."""

    country: str
    """Where the data is to be, as ISO 3166-1 alpha-2 code: IE or NO, unless the perimeter is wider."""
    owner: str
    """Who answers for the data; becomes the tag `owner`."""
    data_class: str
    """What kind of data it is, for example `personal`; becomes the tag `data-class`."""
    perimeter: NotRequired[list[str]]
    """The countries where the data may be. Without it: IE and NO."""


Args = TypeVar("Args", bound=PlacedArgs)


class Component(pulumi.ComponentResource, Generic[Args]):
    """The base of all components; an interface adds arguments and outputs, a cloud's class the children."""

    country: pulumi.Output[str]
    """Where the data is."""
    region: pulumi.Output[str]
    """The cloud's region in that country."""

    _arguments: ClassVar[Mapping[str, Argument]]
    _cloud: ClassVar[str]
    _cost: ClassVar[str]
    _example: ClassVar[Mapping[str, Any]] = {}

    def __init__(
        self,
        name: str,
        args: Args,
        opts: Optional[pulumi.ResourceOptions] = None,
    ) -> None:
        """Check the arguments, then register the component and its children.

        Raises:
            ComponentError: a subclass that names the fault; nothing has been registered.
        """
        asked = checked(lambda country: self._region_in(country, args), name, args, self._arguments)
        self._refuse(asked)
        refuse_unconfigured(self._cloud, opts)
        super().__init__(f"{PACKAGE}:index:{type(self).__name__}", name, asked.inputs, opts)
        protect = opts is None or opts.protect is not False
        self._child = pulumi.ResourceOptions(parent=self)
        self._kept = pulumi.ResourceOptions(parent=self, protect=protect)
        self._finish({"country": asked.country, "region": asked.region, **self._children(name, asked)})

    @classmethod
    def build(
        cls,
        name: str,
        args: Args,
        *,
        cloud: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """Build the component in the country that the arguments ask for; called on an interface.

        Args:
            name: 3 to 12 lower-case letters and digits.
            args: what is asked for.
            cloud: ``aws``, ``azure``, ``gcp`` or ``site``. Without it, the country's preferred cloud: AWS in Ireland,
                Azure in Norway.
                Where a copy is wanted does not change that choice: it would move what already exists.
            opts: Pulumi's options of the component.

        Raises:
            ComponentError: a subclass that names the fault; nothing has been registered.
        """
        chosen = cloud or next(iter(clouds_in(country_of(args.get("country"), "country"))), CLOUDS[0])
        if chosen not in BUILT_IN:
            raise ArgumentFaultError(f"unknown cloud `{chosen}`", where="cloud", help=f"one of {', '.join(BUILT_IN)}")
        return cls.of(chosen)(name, args, opts)

    @classmethod
    def of(cls, cloud: str) -> type[Self]:
        """The class of a cloud, called on an interface. Its module is imported here, so that no other cloud's SDK is.

        Raises:
            ArgumentFaultError: this cloud has none.
        """
        module = f"residency_components.{cloud}.{cls.__module__.rpartition('.')[2]}"
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise ArgumentFaultError(
                f"{cls.__name__} is not built for `{cloud}`", where="cloud", help="choose another cloud"
            ) from None
        made: type[Self] = getattr(found, f"{cloud.capitalize()}{cls.__name__}")
        return made

    @classmethod
    def arguments(cls) -> Mapping[str, Argument]:
        """The interface's own arguments by name: their checks, defaults and reasons."""
        return cls._arguments

    @classmethod
    def example(cls) -> Mapping[str, Any]:
        """What the interface needs besides country, owner and class, as the docs show it."""
        return cls._example

    @classmethod
    def cost(cls) -> str:
        """What its bill depends on, as the docs say it; of a cloud's class."""
        return cls._cost

    def _region_in(self, country: str, args: Args) -> str:  # noqa: ARG002 - a site is in the arguments
        """The cloud's region in a country. Raises ``CloudWithoutCountryError``."""
        return region_for(self._cloud, country)

    def _refuse(self, asked: Asked) -> None:
        """Refuse what this cloud would place outside by itself; nothing has been registered yet."""

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        """Register the children; gives the interface's own outputs by name."""
        raise NotImplementedError

    def _spot(self, asked: Asked, region: str | None = None) -> Spot:
        """Where parts of this component stand: in the region of its country, or of its copy."""
        return Spot(region or asked.region, asked, self._child, self._kept)

    def _finish(self, outputs: dict[str, Any]) -> None:
        """Set and register every output that the interface declares."""
        for key in _declared(type(self)):
            setattr(self, key, pulumi.Output.from_input(outputs[key]))
        self.register_outputs({camel(key): getattr(self, key) for key in _declared(type(self))})


def _declared(kind: type[Any]) -> list[str]:
    """Names of the outputs that a component's classes declare."""
    return sorted({key for one in lineage(kind) for key in inspect.get_annotations(one) if not key.startswith("_")})


def lineage(kind: type[Any]) -> tuple[type[Any], ...]:
    """A component's class and those that it is made from, up to ``Component``."""
    return tuple(one for one in kind.__mro__ if Component in one.__mro__)
