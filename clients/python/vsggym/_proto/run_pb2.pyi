from . import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
RUN_STATE_CANCELLED: RunState
RUN_STATE_COMPLETED: RunState
RUN_STATE_FAILED: RunState
RUN_STATE_PAUSED: RunState
RUN_STATE_QUEUED: RunState
RUN_STATE_RUNNING: RunState
RUN_STATE_UNSPECIFIED: RunState

class DeleteRunResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class DownloadRunRequest(_message.Message):
    __slots__ = ["files", "run_id"]
    FILES_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    files: _containers.RepeatedScalarFieldContainer[str]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ..., files: _Optional[_Iterable[str]] = ...) -> None: ...

class FileChunk(_message.Message):
    __slots__ = ["bytes", "data", "name", "sha256"]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    bytes: int
    data: bytes
    name: str
    sha256: str
    def __init__(self, name: _Optional[str] = ..., bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...

class ListRunsRequest(_message.Message):
    __slots__ = ["states"]
    STATES_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[RunState]
    def __init__(self, states: _Optional[_Iterable[_Union[RunState, str]]] = ...) -> None: ...

class ListRunsResponse(_message.Message):
    __slots__ = ["runs"]
    RUNS_FIELD_NUMBER: _ClassVar[int]
    runs: _containers.RepeatedCompositeFieldContainer[Run]
    def __init__(self, runs: _Optional[_Iterable[_Union[Run, _Mapping]]] = ...) -> None: ...

class Model(_message.Message):
    __slots__ = ["action", "bytes", "file", "game_id", "game_options_json", "metadata", "model_id", "observation", "player", "run_id", "sha256"]
    class MetadataEntry(_message.Message):
        __slots__ = ["key", "value"]
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ACTION_FIELD_NUMBER: _ClassVar[int]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    GAME_ID_FIELD_NUMBER: _ClassVar[int]
    GAME_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    action: _common_pb2.Space
    bytes: int
    file: str
    game_id: str
    game_options_json: str
    metadata: _containers.ScalarMap[str, str]
    model_id: str
    observation: _common_pb2.Space
    player: str
    run_id: str
    sha256: str
    def __init__(self, model_id: _Optional[str] = ..., player: _Optional[str] = ..., game_id: _Optional[str] = ..., game_options_json: _Optional[str] = ..., run_id: _Optional[str] = ..., file: _Optional[str] = ..., bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., observation: _Optional[_Union[_common_pb2.Space, _Mapping]] = ..., action: _Optional[_Union[_common_pb2.Space, _Mapping]] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class PlayerEvaluation(_message.Message):
    __slots__ = ["mean_action", "mean_return", "player", "std_error"]
    MEAN_ACTION_FIELD_NUMBER: _ClassVar[int]
    MEAN_RETURN_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    STD_ERROR_FIELD_NUMBER: _ClassVar[int]
    mean_action: _common_pb2.Tensor
    mean_return: float
    player: str
    std_error: float
    def __init__(self, player: _Optional[str] = ..., mean_return: _Optional[float] = ..., std_error: _Optional[float] = ..., mean_action: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ...) -> None: ...

class Run(_message.Message):
    __slots__ = ["checkpoint_step", "created_unix_ms", "elapsed_seconds", "ended_unix_ms", "faults", "game_id", "game_options_json", "hash", "last_sequence", "learner", "max_steps", "metric_names", "models", "name", "options_json", "players", "queue_position", "run_id", "seed", "state", "step", "steps_per_second"]
    CHECKPOINT_STEP_FIELD_NUMBER: _ClassVar[int]
    CREATED_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    ELAPSED_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ENDED_UNIX_MS_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    GAME_ID_FIELD_NUMBER: _ClassVar[int]
    GAME_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LEARNER_FIELD_NUMBER: _ClassVar[int]
    MAX_STEPS_FIELD_NUMBER: _ClassVar[int]
    METRIC_NAMES_FIELD_NUMBER: _ClassVar[int]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    QUEUE_POSITION_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STEPS_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    checkpoint_step: int
    created_unix_ms: int
    elapsed_seconds: float
    ended_unix_ms: int
    faults: _containers.RepeatedCompositeFieldContainer[_common_pb2.Fault]
    game_id: str
    game_options_json: str
    hash: str
    last_sequence: int
    learner: str
    max_steps: int
    metric_names: _containers.RepeatedScalarFieldContainer[str]
    models: _containers.RepeatedCompositeFieldContainer[Model]
    name: str
    options_json: str
    players: _containers.RepeatedScalarFieldContainer[str]
    queue_position: int
    run_id: str
    seed: int
    state: RunState
    step: int
    steps_per_second: float
    def __init__(self, run_id: _Optional[str] = ..., name: _Optional[str] = ..., state: _Optional[_Union[RunState, str]] = ..., queue_position: _Optional[int] = ..., step: _Optional[int] = ..., max_steps: _Optional[int] = ..., last_sequence: _Optional[int] = ..., checkpoint_step: _Optional[int] = ..., game_id: _Optional[str] = ..., game_options_json: _Optional[str] = ..., learner: _Optional[str] = ..., options_json: _Optional[str] = ..., seed: _Optional[int] = ..., players: _Optional[_Iterable[str]] = ..., metric_names: _Optional[_Iterable[str]] = ..., faults: _Optional[_Iterable[_Union[_common_pb2.Fault, _Mapping]]] = ..., created_unix_ms: _Optional[int] = ..., ended_unix_ms: _Optional[int] = ..., elapsed_seconds: _Optional[float] = ..., steps_per_second: _Optional[float] = ..., models: _Optional[_Iterable[_Union[Model, _Mapping]]] = ..., hash: _Optional[str] = ...) -> None: ...

class RunCheckpoint(_message.Message):
    __slots__ = ["bytes", "sha256"]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    bytes: int
    sha256: str
    def __init__(self, sha256: _Optional[str] = ..., bytes: _Optional[int] = ...) -> None: ...

class RunEnd(_message.Message):
    __slots__ = ["faults", "reason", "state"]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    faults: _containers.RepeatedCompositeFieldContainer[_common_pb2.Fault]
    reason: str
    state: RunState
    def __init__(self, state: _Optional[_Union[RunState, str]] = ..., reason: _Optional[str] = ..., faults: _Optional[_Iterable[_Union[_common_pb2.Fault, _Mapping]]] = ...) -> None: ...

class RunEvaluation(_message.Message):
    __slots__ = ["episodes", "greedy", "nash_conv", "opponent_model_distance", "sampled"]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    GREEDY_FIELD_NUMBER: _ClassVar[int]
    NASH_CONV_FIELD_NUMBER: _ClassVar[int]
    OPPONENT_MODEL_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    SAMPLED_FIELD_NUMBER: _ClassVar[int]
    episodes: int
    greedy: _containers.RepeatedCompositeFieldContainer[PlayerEvaluation]
    nash_conv: float
    opponent_model_distance: _containers.RepeatedScalarFieldContainer[float]
    sampled: _containers.RepeatedCompositeFieldContainer[PlayerEvaluation]
    def __init__(self, episodes: _Optional[int] = ..., greedy: _Optional[_Iterable[_Union[PlayerEvaluation, _Mapping]]] = ..., sampled: _Optional[_Iterable[_Union[PlayerEvaluation, _Mapping]]] = ..., nash_conv: _Optional[float] = ..., opponent_model_distance: _Optional[_Iterable[float]] = ...) -> None: ...

class RunEvent(_message.Message):
    __slots__ = ["checkpoint", "end", "evaluation", "export", "metrics", "sequence", "step"]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    EVALUATION_FIELD_NUMBER: _ClassVar[int]
    EXPORT_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    checkpoint: RunCheckpoint
    end: RunEnd
    evaluation: RunEvaluation
    export: RunExport
    metrics: RunMetrics
    sequence: int
    step: int
    def __init__(self, sequence: _Optional[int] = ..., step: _Optional[int] = ..., metrics: _Optional[_Union[RunMetrics, _Mapping]] = ..., evaluation: _Optional[_Union[RunEvaluation, _Mapping]] = ..., checkpoint: _Optional[_Union[RunCheckpoint, _Mapping]] = ..., export: _Optional[_Union[RunExport, _Mapping]] = ..., end: _Optional[_Union[RunEnd, _Mapping]] = ...) -> None: ...

class RunExport(_message.Message):
    __slots__ = ["models"]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    models: _containers.RepeatedCompositeFieldContainer[Model]
    def __init__(self, models: _Optional[_Iterable[_Union[Model, _Mapping]]] = ...) -> None: ...

class RunMetrics(_message.Message):
    __slots__ = ["values"]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, values: _Optional[_Iterable[float]] = ...) -> None: ...

class RunRequest(_message.Message):
    __slots__ = ["run_id"]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

class RunUpdate(_message.Message):
    __slots__ = ["event", "run"]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    RUN_FIELD_NUMBER: _ClassVar[int]
    event: RunEvent
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ..., event: _Optional[_Union[RunEvent, _Mapping]] = ...) -> None: ...

class StartRunRequest(_message.Message):
    __slots__ = ["checkpoint_every", "evaluate_every", "evaluation_episodes", "game", "learner", "metrics_every", "name", "options_json", "request_id", "seed"]
    CHECKPOINT_EVERY_FIELD_NUMBER: _ClassVar[int]
    EVALUATE_EVERY_FIELD_NUMBER: _ClassVar[int]
    EVALUATION_EPISODES_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    LEARNER_FIELD_NUMBER: _ClassVar[int]
    METRICS_EVERY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    checkpoint_every: int
    evaluate_every: int
    evaluation_episodes: int
    game: _common_pb2.GameSpec
    learner: str
    metrics_every: int
    name: str
    options_json: str
    request_id: str
    seed: int
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., learner: _Optional[str] = ..., options_json: _Optional[str] = ..., seed: _Optional[int] = ..., name: _Optional[str] = ..., evaluate_every: _Optional[int] = ..., evaluation_episodes: _Optional[int] = ..., checkpoint_every: _Optional[int] = ..., metrics_every: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class WatchRunRequest(_message.Message):
    __slots__ = ["follow", "from_sequence", "run_id"]
    FOLLOW_FIELD_NUMBER: _ClassVar[int]
    FROM_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    follow: bool
    from_sequence: int
    run_id: str
    def __init__(self, run_id: _Optional[str] = ..., from_sequence: _Optional[int] = ..., follow: bool = ...) -> None: ...

class RunState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
