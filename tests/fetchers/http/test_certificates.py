"""Certificates are checked always, and no redirect leaves TLS."""

from __future__ import annotations

import asyncio
import datetime
import socket
import ssl
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fetchers.http import Answer, Failure, Why
from tests.fakes.fetching import fetch
from tests.fakes.server import Request, answer, redirect, serving


def context(authority: trustme.CA, *names: str, expired: bool = False) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    until = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC) if expired else None
    authority.issue_cert(*names, not_after=until).configure_cert(made)
    return made


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    began = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(began).not_valid_after(began.replace(year=2120))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "own.pem").write_bytes(pem + secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "own.pem")
    return context


async def test_a_certificate_that_vouches_for_itself_is_not_believed(tmp_path: Path) -> None:
    async with serving({"/": answer(b"safe")}, self_signed(tmp_path)) as server:
        got = await fetch(server.url("/", "localhost"))
    assert isinstance(got, Failure)
    assert got.why is Why.TLS
    assert "self-signed" in got.sentence
    assert not server.seen


@pytest.mark.parametrize(
    ("name", "trusted", "expired", "fine"),
    [
        ("localhost", True, False, True),
        ("localhost", False, False, False),
        ("localhost", True, True, False),
        ("example.org", True, False, False),
    ],
    ids=["trusted", "of an unknown authority", "expired", "wrong host"],
)
async def test_a_certificate_is_checked_always(tmp_path: Path, name: str, trusted: bool, expired: bool, fine: bool) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    pem = tmp_path / "ca.pem"
    (authority if trusted else stranger).cert_pem.write_to_path(pem)
    async with serving({"/": answer(b"safe")}, context(authority, name, expired=expired)) as server:
        got = await fetch(server.url("/", "localhost"), trust=str(pem))
    if fine:
        assert isinstance(got, Answer)
    else:
        assert isinstance(got, Failure)
        assert got.why is Why.TLS


async def test_a_common_name_alone_is_no_host_and_a_name_may_end_in_its_dot(tmp_path: Path) -> None:
    authority = trustme.CA()
    pem = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(pem)
    named = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(common_name="localhost").configure_cert(named)
    async with serving({"/": answer(b"safe")}, named) as server:
        got = await fetch(server.url("/", "localhost"), trust=str(pem))
    assert isinstance(got, Failure)
    assert got.why is Why.TLS
    async with serving({"/": answer(b"safe")}, context(authority, "localhost")) as server:
        assert isinstance(await fetch(server.url("/", "localhost."), trust=str(pem)), Answer)


async def test_who_hangs_up_before_tls_is_agreed_on_is_said_to() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        got = await fetch(f"https://localhost:{server.sockets[0].getsockname()[1]}/")
    assert isinstance(got, Failure)
    assert got.why is Why.NETWORK
    assert got.sentence != "the connection failed", "as is said where there is no word for it"


async def test_no_redirect_leads_from_https_to_http(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with serving({"/": redirect("http://localhost/")}, context(authority, "localhost")) as server:
        got = await fetch(server.url("/", "localhost"), trust=str(tmp_path / "ca.pem"))
    assert isinstance(got, Failure)
    assert got.why is Why.REDIRECT


@pytest.mark.parametrize("says_farewell", [True, False])
async def test_a_body_without_a_length_is_whole_where_tls_ends_with_its_farewell(tmp_path: Path, says_farewell: bool) -> None:
    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *")
        await writer.drain()
        if says_farewell:
            writer.close()
        else:
            writer.get_extra_info("socket").shutdown(socket.SHUT_WR)

    authority = trustme.CA()
    pem = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(pem)
    async with serving({"/": play}, context(authority, "localhost")) as server:
        got = await fetch(server.url("/", "localhost"), trust=str(pem))
        kept = await fetch(server.url("/", "localhost"), trust=str(pem), keeps_cut=True)
    assert isinstance(kept, Answer)
    assert (kept.body, kept.cut) == (b"User-agent: *", not says_farewell)
    if says_farewell:
        assert isinstance(got, Answer)
    else:
        assert isinstance(got, Failure)
        assert got.sentence == "the answer was cut off"
