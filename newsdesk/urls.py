"""Web addresses: the canonical form, by which stories are told apart and which is not for opening; hosts; links."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_LONGEST = 4000
# Parameters that say how a reader came, not what is read (as listed by ClearURLs and the vendors' manuals).
_TRACKING = re.compile(
    r"(?i)(?:utm_.*|ga_.*|mc_[ce]id|mkt_tok|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|twclid|ttclid|wbraid|gbraid|_hs(?:enc|mi)"
    r"|at_(?:medium|campaign|custom\d|link.*|format|ptr.*|bbc_team)|ocid|cmp(?:id)?|ncid|xtor|smid|sr_share|ref"
    r"|ref_?src|referrer|campaign|ito|taid|guccounter|guce_.*|amp|outputtype)"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP = re.compile(r"/amp(?:\.html)?$", re.IGNORECASE)
# Nothing to be changed but its scheme, unless it is an index or AMP page.
_PLAIN = re.compile(r"https?://(?!www\.)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9_~.-]+)*)")
_LINK = re.compile(r"https?://[^\s<>\x00-\x20]+")
_SAFE_PATH = "/~!$&'()*+,;=:@-._"
_SAFE_URI = _SAFE_PATH + "%?#[]"
_AS_BYTES = "surrogateescape"


def _host(parts: SplitResult) -> str | None:
    """Host and port in lower case and ASCII, without ``www.``, default port and user name. None if it is none."""
    try:
        host, port = parts.hostname, parts.port
        if not host:
            return None
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    host = host.rstrip(".").removeprefix("www.")
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()) else host


def host_of(url: str) -> str:
    """Host and port of a web address, in lower case, without a name and password; "" where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def web_link(url: str | None) -> str | None:
    """`url` where a document may link to it: an http(s) address in which nothing ends a link of Markdown or HTML. Else None."""
    return url if url and _LINK.fullmatch(url) else None


def as_uri(url: str | None) -> str | None:
    """`url` as RFC 3986 writes one, with all that may not stand there as %XX, where a document may link to it. Else None."""
    link = web_link(url)
    return quote(link, safe=_SAFE_URI, errors="replace") if link else None


def canonical(url: str | None) -> str | None:
    """The canonical form of a web address: ``https``, host in lower case without ``www.``, no fragment, no tracking
    parameters, the others sorted, no trailing slash, AMP and index pages as the page itself. None if it is no web address.
    """
    if not url or len(url) > _LONGEST:
        return None
    if (plain := _PLAIN.fullmatch(url)) and not _INDEX.search(url) and not _AMP.search(url):
        return f"https://{plain[1]}"
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not (host := _host(parts)):
        return None
    # Bytes that are no UTF-8 (%E9 of an old site) stay what they are: else two pages would have one address.
    path = quote(unquote(parts.path, errors=_AS_BYTES), safe=_SAFE_PATH, errors=_AS_BYTES)
    path = re.sub("/{2,}", "/", path)
    path = _AMP.sub("", _INDEX.sub("/", path).rstrip("/")).rstrip("/")
    asked = parse_qsl(parts.query, keep_blank_values=True, errors=_AS_BYTES)
    kept = sorted(pair for pair in asked if not _TRACKING.fullmatch(pair[0]))
    return f"https://{host}{path}" + (f"?{urlencode(kept, errors=_AS_BYTES)}" if kept else "")


def names_a_story(canonical_url: str) -> bool:
    """Whether a canonical address can be that of one story: a front page can't."""
    _, _, path = canonical_url.removeprefix("https://").partition("/")
    return bool(path.strip("/")) or "?" in canonical_url
