from . import common_pb2 as _common_pb2
from . import environment_pb2 as _environment_pb2
from . import run_pb2 as _run_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeleteModelResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class EvaluateRequest(_message.Message):
    __slots__ = ["episodes", "game", "num_envs", "policies", "provider", "seed", "time_limit"]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    NUM_ENVS_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    TIME_LIMIT_FIELD_NUMBER: _ClassVar[int]
    episodes: int
    game: _common_pb2.GameSpec
    num_envs: int
    policies: _containers.RepeatedCompositeFieldContainer[_environment_pb2.Occupant]
    provider: str
    seed: int
    time_limit: int
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., policies: _Optional[_Iterable[_Union[_environment_pb2.Occupant, _Mapping]]] = ..., episodes: _Optional[int] = ..., seed: _Optional[int] = ..., num_envs: _Optional[int] = ..., provider: _Optional[str] = ..., time_limit: _Optional[int] = ...) -> None: ...

class EvaluateResponse(_message.Message):
    __slots__ = ["elapsed_seconds", "episodes", "mean_length", "players"]
    ELAPSED_SECONDS_FIELD_NUMBER: _ClassVar[int]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    MEAN_LENGTH_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    elapsed_seconds: float
    episodes: int
    mean_length: float
    players: _containers.RepeatedCompositeFieldContainer[PlayerResult]
    def __init__(self, episodes: _Optional[int] = ..., players: _Optional[_Iterable[_Union[PlayerResult, _Mapping]]] = ..., elapsed_seconds: _Optional[float] = ..., mean_length: _Optional[float] = ...) -> None: ...

class ListModelsRequest(_message.Message):
    __slots__ = ["game_id", "run_id"]
    GAME_ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    game_id: str
    run_id: str
    def __init__(self, run_id: _Optional[str] = ..., game_id: _Optional[str] = ...) -> None: ...

class ListModelsResponse(_message.Message):
    __slots__ = ["models"]
    MODELS_FIELD_NUMBER: _ClassVar[int]
    models: _containers.RepeatedCompositeFieldContainer[_run_pb2.Model]
    def __init__(self, models: _Optional[_Iterable[_Union[_run_pb2.Model, _Mapping]]] = ...) -> None: ...

class ModelRequest(_message.Message):
    __slots__ = ["model_id"]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    model_id: str
    def __init__(self, model_id: _Optional[str] = ...) -> None: ...

class PlayerResult(_message.Message):
    __slots__ = ["highest", "lowest", "mean_return", "player", "std_error"]
    HIGHEST_FIELD_NUMBER: _ClassVar[int]
    LOWEST_FIELD_NUMBER: _ClassVar[int]
    MEAN_RETURN_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    STD_ERROR_FIELD_NUMBER: _ClassVar[int]
    highest: float
    lowest: float
    mean_return: float
    player: str
    std_error: float
    def __init__(self, player: _Optional[str] = ..., mean_return: _Optional[float] = ..., std_error: _Optional[float] = ..., lowest: _Optional[float] = ..., highest: _Optional[float] = ...) -> None: ...
