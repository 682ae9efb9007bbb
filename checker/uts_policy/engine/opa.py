"""Engine `opa`: a real OPA server, our own or one that runs already."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uts_policy.common.fields import default_timeout
from uts_policy.engine import canary
from uts_policy.engine.opa_client import parse_address
from uts_policy.engine.opa_server import find_binary, own_server
from uts_policy.engine.opa_supervisor import OUT_OF_MEMORY
from uts_policy.engine.result import read_result
from uts_policy.engine.worker_process import MEMORY, out_of_memory
from uts_policy.model.corpus import Corpus
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evaluation import EngineInfo, Evaluation
from uts_policy.model.rule import RuleSet

if TYPE_CHECKING:
    from opa_client.opa import OpaClient

NAME = "opa"
_FAREWELL = 0.5
"""Seconds that a server which broke off has to end, so that it can be said why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpaEngine:
    """Evaluates on an OPA server.

    Without `url` a server of our own is started with the rule set and ended afterwards (`binary`, else `opa` on PATH).
    With it, the server named must serve exactly the same rule set: its answer carries the digest. `token` is sent as a
    bearer token; `ca_file` holds the certificates to trust. `timeout` is in seconds, for everything together; `memory`
    is what a server of our own may take, in bytes, where the system can limit it.
    """

    timeout: float = field(default_factory=default_timeout)
    url: str | None = None
    token: str | None = None
    ca_file: Path | None = None
    binary: str | None = None
    memory: int = MEMORY

    def evaluate(self, corpus: Corpus, rule_set: RuleSet) -> Evaluation:
        """Everything that the rules of `corpus.data["rules"]` find. Raises NoVerdictError rather than guess."""
        # The HTTP client takes half a second to import, which only those who use this engine pay.
        from uts_policy.engine import opa_client as client  # noqa: PLC0415 - see above

        deadline = time.monotonic() + self.timeout
        if self.url is None:
            with own_server(find_binary(self.binary), rule_set, deadline, self.memory) as server:
                connection = client.connect_unix(server.socket, self.timeout)
                return self._ask(connection, corpus.data, rule_set, deadline, lambda: server.failure(_FAREWELL))
        address = parse_address(self.url, with_token=self.token is not None)
        connection = client.connect(address, token=self.token, ca_file=self.ca_file, timeout=self.timeout)
        return self._ask(connection, corpus.data, rule_set, deadline, lambda: None)

    def _ask(
        self,
        connection: "OpaClient",
        data: Mapping[str, Any],
        rule_set: RuleSet,
        deadline: float,
        failure: Callable[[], str | None],
    ) -> Evaluation:
        """The canary first, then the corpus, both within the time that is left."""
        from uts_policy.engine import opa_client as client  # noqa: PLC0415 - as above

        def work() -> Evaluation:
            info = EngineInfo(name=NAME, version=client.server_version(connection))
            canary_data = canary.corpus()
            canary.require_finding(
                read_result(
                    client.query_result(connection, canary_data),
                    asked=canary_data["rules"],
                    rule_set=rule_set,
                    engine=info,
                )
            )
            return read_result(
                client.query_result(connection, data),
                asked=data["rules"],
                rule_set=rule_set,
                engine=info,
                views=data.get("views", ()),
            )

        try:
            return client.within(max(deadline - time.monotonic(), 0.0), work)
        except NoVerdictError as error:
            said = failure()
            if said is None:
                raise
            if OUT_OF_MEMORY in said:
                raise out_of_memory("the OPA server", self.memory) from error
            raise NoVerdictError(f"the OPA server ended while it was asked: {said}", error.hint) from error
        finally:
            connection.close_connection()
