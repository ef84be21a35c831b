from . import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
SOLVE_STATUS_CONVERGED: SolveStatus
SOLVE_STATUS_DIVERGED: SolveStatus
SOLVE_STATUS_STOPPED: SolveStatus
SOLVE_STATUS_UNSPECIFIED: SolveStatus

class Bound(_message.Message):
    __slots__ = ["measured", "name", "premise_holds", "statement", "value"]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PREMISE_HOLDS_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    measured: float
    name: str
    premise_holds: bool
    statement: str
    value: float
    def __init__(self, name: _Optional[str] = ..., value: _Optional[float] = ..., premise_holds: bool = ..., statement: _Optional[str] = ..., measured: _Optional[float] = ...) -> None: ...

class Certificate(_message.Message):
    __slots__ = ["bounds", "concept", "gap", "players"]
    BOUNDS_FIELD_NUMBER: _ClassVar[int]
    CONCEPT_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    bounds: _containers.RepeatedCompositeFieldContainer[Bound]
    concept: str
    gap: float
    players: _containers.RepeatedCompositeFieldContainer[PlayerGap]
    def __init__(self, concept: _Optional[str] = ..., gap: _Optional[float] = ..., players: _Optional[_Iterable[_Union[PlayerGap, _Mapping]]] = ..., bounds: _Optional[_Iterable[_Union[Bound, _Mapping]]] = ...) -> None: ...

class CertifyRequest(_message.Message):
    __slots__ = ["concept", "concept_options_json", "game", "joint_policy", "policies"]
    CONCEPT_FIELD_NUMBER: _ClassVar[int]
    CONCEPT_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    JOINT_POLICY_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    concept: str
    concept_options_json: str
    game: _common_pb2.GameSpec
    joint_policy: _common_pb2.Tensor
    policies: _containers.RepeatedCompositeFieldContainer[PlayerPolicy]
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., policies: _Optional[_Iterable[_Union[PlayerPolicy, _Mapping]]] = ..., concept: _Optional[str] = ..., joint_policy: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., concept_options_json: _Optional[str] = ...) -> None: ...

class NamedTensor(_message.Message):
    __slots__ = ["name", "value"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: _common_pb2.Tensor
    def __init__(self, name: _Optional[str] = ..., value: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ...) -> None: ...

class PlayerGap(_message.Message):
    __slots__ = ["gap", "player", "value"]
    GAP_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    gap: float
    player: str
    value: float
    def __init__(self, player: _Optional[str] = ..., gap: _Optional[float] = ..., value: _Optional[float] = ...) -> None: ...

class PlayerPolicy(_message.Message):
    __slots__ = ["player", "policy"]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    player: str
    policy: _common_pb2.Tensor
    def __init__(self, player: _Optional[str] = ..., policy: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ...) -> None: ...

class PlayerSolution(_message.Message):
    __slots__ = ["opponent_model", "player", "policy", "values"]
    OPPONENT_MODEL_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    opponent_model: _common_pb2.Tensor
    player: str
    policy: _common_pb2.Tensor
    values: _common_pb2.Tensor
    def __init__(self, player: _Optional[str] = ..., policy: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., values: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., opponent_model: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ...) -> None: ...

class Solution(_message.Message):
    __slots__ = ["arrays", "certificate", "game_id", "game_options_json", "iterations", "joint_policy", "options_json", "players", "residual", "seed", "solver", "status", "stop_reason", "trace"]
    ARRAYS_FIELD_NUMBER: _ClassVar[int]
    CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
    GAME_ID_FIELD_NUMBER: _ClassVar[int]
    GAME_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    ITERATIONS_FIELD_NUMBER: _ClassVar[int]
    JOINT_POLICY_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    STOP_REASON_FIELD_NUMBER: _ClassVar[int]
    TRACE_FIELD_NUMBER: _ClassVar[int]
    arrays: _containers.RepeatedCompositeFieldContainer[NamedTensor]
    certificate: Certificate
    game_id: str
    game_options_json: str
    iterations: int
    joint_policy: _common_pb2.Tensor
    options_json: str
    players: _containers.RepeatedCompositeFieldContainer[PlayerSolution]
    residual: float
    seed: int
    solver: str
    status: SolveStatus
    stop_reason: str
    trace: Trace
    def __init__(self, status: _Optional[_Union[SolveStatus, str]] = ..., stop_reason: _Optional[str] = ..., iterations: _Optional[int] = ..., residual: _Optional[float] = ..., players: _Optional[_Iterable[_Union[PlayerSolution, _Mapping]]] = ..., certificate: _Optional[_Union[Certificate, _Mapping]] = ..., trace: _Optional[_Union[Trace, _Mapping]] = ..., solver: _Optional[str] = ..., options_json: _Optional[str] = ..., seed: _Optional[int] = ..., game_id: _Optional[str] = ..., game_options_json: _Optional[str] = ..., joint_policy: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., arrays: _Optional[_Iterable[_Union[NamedTensor, _Mapping]]] = ...) -> None: ...

class SolveEvent(_message.Message):
    __slots__ = ["progress", "solution", "started"]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    SOLUTION_FIELD_NUMBER: _ClassVar[int]
    STARTED_FIELD_NUMBER: _ClassVar[int]
    progress: SolveProgress
    solution: Solution
    started: SolveStarted
    def __init__(self, started: _Optional[_Union[SolveStarted, _Mapping]] = ..., progress: _Optional[_Union[SolveProgress, _Mapping]] = ..., solution: _Optional[_Union[Solution, _Mapping]] = ...) -> None: ...

class SolveProgress(_message.Message):
    __slots__ = ["iteration", "metrics", "residual"]
    ITERATION_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    iteration: int
    metrics: _containers.RepeatedScalarFieldContainer[float]
    residual: float
    def __init__(self, iteration: _Optional[int] = ..., residual: _Optional[float] = ..., metrics: _Optional[_Iterable[float]] = ...) -> None: ...

class SolveRequest(_message.Message):
    __slots__ = ["concept", "concept_options_json", "game", "options_json", "progress_seconds", "seed", "solver", "start", "threads", "time_limit_seconds", "trace_rows"]
    CONCEPT_FIELD_NUMBER: _ClassVar[int]
    CONCEPT_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_SECONDS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    THREADS_FIELD_NUMBER: _ClassVar[int]
    TIME_LIMIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TRACE_ROWS_FIELD_NUMBER: _ClassVar[int]
    concept: str
    concept_options_json: str
    game: _common_pb2.GameSpec
    options_json: str
    progress_seconds: float
    seed: int
    solver: str
    start: WarmStart
    threads: int
    time_limit_seconds: float
    trace_rows: int
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., solver: _Optional[str] = ..., options_json: _Optional[str] = ..., seed: _Optional[int] = ..., time_limit_seconds: _Optional[float] = ..., progress_seconds: _Optional[float] = ..., trace_rows: _Optional[int] = ..., concept: _Optional[str] = ..., concept_options_json: _Optional[str] = ..., start: _Optional[_Union[WarmStart, _Mapping]] = ..., threads: _Optional[int] = ...) -> None: ...

class SolveStarted(_message.Message):
    __slots__ = ["max_iterations", "metric_names", "options_json", "solve_id"]
    MAX_ITERATIONS_FIELD_NUMBER: _ClassVar[int]
    METRIC_NAMES_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    SOLVE_ID_FIELD_NUMBER: _ClassVar[int]
    max_iterations: int
    metric_names: _containers.RepeatedScalarFieldContainer[str]
    options_json: str
    solve_id: str
    def __init__(self, solve_id: _Optional[str] = ..., options_json: _Optional[str] = ..., max_iterations: _Optional[int] = ..., metric_names: _Optional[_Iterable[str]] = ...) -> None: ...

class StopRequest(_message.Message):
    __slots__ = ["solve_id"]
    SOLVE_ID_FIELD_NUMBER: _ClassVar[int]
    solve_id: str
    def __init__(self, solve_id: _Optional[str] = ...) -> None: ...

class StopResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Trace(_message.Message):
    __slots__ = ["columns", "rows"]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    columns: _containers.RepeatedScalarFieldContainer[str]
    rows: _common_pb2.Tensor
    def __init__(self, columns: _Optional[_Iterable[str]] = ..., rows: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ...) -> None: ...

class WarmStart(_message.Message):
    __slots__ = ["arrays", "joint_policy", "players"]
    ARRAYS_FIELD_NUMBER: _ClassVar[int]
    JOINT_POLICY_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    arrays: _containers.RepeatedCompositeFieldContainer[NamedTensor]
    joint_policy: _common_pb2.Tensor
    players: _containers.RepeatedCompositeFieldContainer[PlayerSolution]
    def __init__(self, players: _Optional[_Iterable[_Union[PlayerSolution, _Mapping]]] = ..., joint_policy: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., arrays: _Optional[_Iterable[_Union[NamedTensor, _Mapping]]] = ...) -> None: ...

class SolveStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
