"""Which inputs could carry a place, or name where a copy goes: judged by their names and by the SDK's words on them.

In:  a leaf, as ``paths`` found it.
Out: why it is listed, or None. It is a coarse sieve on purpose: what it lists somebody must answer, and what it drops
     nobody will look at. So a word is here only if a value under it cannot be a place, and doubt is listed.
"""

from __future__ import annotations

import re

from residency.catalogue.generated import Why
from residency.catalogue.sdk.paths import Leaf


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words of a name that speak of a place, or of how many places something is in.
_PLACE = _set(
    "region regions regional location locations zone zones zonal az azs geo geography geographic geographies geos "
    "country countries jurisdiction residency sovereign sovereignty continent territory datacenter datacentre "
    "outpost outposts multiregion crossregion redundancy redundant georedundant grs zrs lrs paired edge edges pop "
    "residence placement global globally regionally"
)
# Words of a name under which data, or a copy of it, goes somewhere.
_COPY = _set(
    "destination destinations dest target targets partner partners failover failovers secondary secondaries standby "
    "peer peers peering sink sinks export exports exporter copy copies backup backups backed snapshot snapshots stream "
    "streams streaming log logs logging replica replicas replication replicate replicated replicator mirror mirrors "
    "mirroring cache caches caching cdn archive archives archival recovery dr delivery deliver output outputs results "
    "result forward forwarding forwarder publish publisher publishing diagnostic diagnostics telemetry transfer sync "
    "synchronization offload spill staging inventory report reports connector connectors connection connections "
    "webhook webhooks callback share shares shared sharing consumer consumers subscriber subscribers integration "
    "inference firehose kinesis kafka splunk datadog newrelic elasticsearch opensearch snowflake redshift redrive "
    "deadletter dlq seed"
)
# Words of a name whose value names another resource or an address.
_NAME = _set(
    "arn arns bucket buckets uri uris url urls endpoint endpoints vault vaults account accounts workspace workspaces "
    "topic topics queue queues hub eventhub eventhubs dataset datasets database databases table tables cluster "
    "clusters server servers host hosts hostname hostnames fqdn fqdns domain domains broker brokers registry "
    "repository repositories storage container containers namespace project projects site sites datastore warehouse "
    "lake catalog model models profile profiles link links origin origins backend backends instance instances function "
    "bus relay definition definitions body "
    "functions lambda s3 gcs blob filesystem file files volume volumes disk disks feed channel channels kms"
)
_WORDS_THAT_NAME = _NAME | _set("name id ids names path paths value values address addresses resource resources self")
_TIER = _set("tier tiers sku skus class edition")
# A key that data is encrypted with: what it is called has two words.
_KEY_OF = _set("encryption managed vault identifier cmek customer")
# A mode or type of these says whether there is a copy, though no mode is a place.
_STRONG = _set("replica replicas replication replicate failover geo multiregion residency sovereignty jurisdiction")
_CHOICE = _set("mode modes type types kind status enabled")
# Last words of a name whose value is a number, a choice, a time or a text for people.
_NEVER = _set(
    "level levels format formats prefix prefixes suffix suffixes description descriptions period periods days hours "
    "minutes seconds time times timeout timeouts date retention window windows mode modes status state states size "
    "count enabled disabled enable interval frequency schedule password passwords username user users tag tags "
    "version versions type types kind protocol protocols port ports email emails display comment encoding encryption "
    "compression pattern patterns delimiter separator algorithm algorithms method methods percent percentage ratio "
    "threshold limit limits weight priority token tokens expression expressions filter filters statistic unit units "
    "title label labels scheme sql code timezone operator"
)
_FLAGS = _PLACE | _set(
    "replica replicas replication replicate replicated failover secondary copy copies backup mirror cdn acceleration "
    "accelerate"
)
_SPEAKS_OF_PLACE = re.compile(
    r"\b(?:regions?|availability zones?|locations?|data ?cent(?:er|re)s?|geograph\w*|geo-\w+|multi-region\w*|"
    r"cross-region\w*|countr(?:y|ies)|jurisdictions?|residency|sovereign\w*|edge|continents?)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_RESOURCE = re.compile(
    r"\b(?:ARNs?|Amazon Resource Names?|buckets?|ARM (?:resource )?ids?|resource ids?|resource identifiers?|"
    r"self[ -]?links?|URIs?|URLs?|endpoints?|destinations?|replicat\w+|topics?|projects/[{\w]+)\b",
    re.IGNORECASE,
)
_GEOGRAPHY = re.compile(r"geo|grs\b|zrs|zone|region|global|edge|multi|cross|standby|replica", re.IGNORECASE)
# The SDK declares as inputs what only the cloud sets.
_OUTPUT = ("(Output)", "Output only.", "[Output Only]")
_MARKS = re.compile(r"\[\*\]|\.\*")
_WORD = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name in camel case: ``geoRedundantBackup`` has three."""
    return tuple(word.lower() for word in _WORD.findall(name))


def why(leaf: Leaf) -> Why | None:
    """For which reason a leaf is listed; None if it cannot carry a place."""
    parts = _MARKS.sub("", leaf.path).split(".")
    own, above = words(parts[-1]), frozenset(word for part in parts[:-1] for word in words(part))
    block = frozenset(words(parts[-2])) if len(parts) > 1 else frozenset[str]()
    if leaf.forms <= {"number"} or leaf.doc.startswith(_OUTPUT):
        return None
    if leaf.forms <= {"flag", "number"}:
        return _of_flag(frozenset(own))
    if _is_place(block) and frozenset(own) & _WORDS_THAT_NAME:
        return Why.PLACE
    return _of_text(leaf, own, above)


def _of_flag(own: frozenset[str]) -> Why | None:
    if own & _PLACE:
        return Why.PLACE
    return Why.COPY if own & _FLAGS else None


def _of_text(leaf: Leaf, own: tuple[str, ...], above: frozenset[str]) -> Why | None:
    names, speaks = frozenset(own), bool(_SPEAKS_OF_PLACE.search(leaf.doc))
    if "block" in leaf.forms:
        return Why.COPY if names & _COPY or above & _COPY else None
    last = own[-1] if own else ""
    never = last in _NEVER and not (last in _CHOICE and names & _STRONG)
    if _is_tier(leaf, names, above, speaks=speaks) or (_is_place(names) and (speaks or not never)):
        return Why.PLACE
    if not never and (names & _COPY or (above & (_COPY | _PLACE) and names & _WORDS_THAT_NAME)):
        return Why.COPY
    if not never and (names & _NAME or "lambda" in above or ("key" in names and names & _KEY_OF)):
        return Why.NAME
    return Why.TEXT if speaks or (not never and _SPEAKS_OF_RESOURCE.search(leaf.doc)) else None


def _is_tier(leaf: Leaf, names: frozenset[str], above: frozenset[str], *, speaks: bool) -> bool:
    """Whether its choices imply geography, as redundancy does; an open list of tiers or storage types may as well."""
    if leaf.choices:
        return any(_GEOGRAPHY.search(choice) for choice in leaf.choices)
    open_sku = ("sku" in names and names <= {"sku", "name"}) or ("sku" in above and names == frozenset({"name"}))
    return open_sku or {"storage", "type"} <= names or (speaks and bool(names & _TIER))


def _is_place(names: frozenset[str]) -> bool:
    """Whether a word of a name is one of place; the zone of a clock is none."""
    return bool(names & _PLACE) and not {"time", "zone"} <= names
