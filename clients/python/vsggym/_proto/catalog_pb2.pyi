from . import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
ENTRY_KIND_GAME: EntryKind
ENTRY_KIND_LEARNER: EntryKind
ENTRY_KIND_METRIC: EntryKind
ENTRY_KIND_SOLVER: EntryKind
ENTRY_KIND_UNSPECIFIED: EntryKind

class Citation(_message.Message):
    __slots__ = ["key", "locus", "text"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    LOCUS_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    key: str
    locus: str
    text: str
    def __init__(self, key: _Optional[str] = ..., locus: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class DeleteUploadRequest(_message.Message):
    __slots__ = ["id"]
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class DeleteUploadResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class DescribeRequest(_message.Message):
    __slots__ = ["game", "id"]
    GAME_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    game: _common_pb2.GameSpec
    id: str
    def __init__(self, id: _Optional[str] = ..., game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ...) -> None: ...

class DescribeResponse(_message.Message):
    __slots__ = ["default_options_json", "entry", "game", "options_schema_json", "remarks"]
    DEFAULT_OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_SCHEMA_JSON_FIELD_NUMBER: _ClassVar[int]
    REMARKS_FIELD_NUMBER: _ClassVar[int]
    default_options_json: str
    entry: Entry
    game: GameDescription
    options_schema_json: str
    remarks: str
    def __init__(self, entry: _Optional[_Union[Entry, _Mapping]] = ..., remarks: _Optional[str] = ..., options_schema_json: _Optional[str] = ..., default_options_json: _Optional[str] = ..., game: _Optional[_Union[GameDescription, _Mapping]] = ...) -> None: ...

class Entry(_message.Message):
    __slots__ = ["concept", "game_kind", "id", "kind", "sources", "summary"]
    CONCEPT_FIELD_NUMBER: _ClassVar[int]
    GAME_KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    concept: str
    game_kind: str
    id: str
    kind: EntryKind
    sources: _containers.RepeatedCompositeFieldContainer[Citation]
    summary: str
    def __init__(self, kind: _Optional[_Union[EntryKind, str]] = ..., id: _Optional[str] = ..., summary: _Optional[str] = ..., sources: _Optional[_Iterable[_Union[Citation, _Mapping]]] = ..., concept: _Optional[str] = ..., game_kind: _Optional[str] = ...) -> None: ...

class ExportGameRequest(_message.Message):
    __slots__ = ["game", "sparse"]
    GAME_FIELD_NUMBER: _ClassVar[int]
    SPARSE_FIELD_NUMBER: _ClassVar[int]
    game: _common_pb2.GameSpec
    sparse: bool
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., sparse: bool = ...) -> None: ...

class ExportGameResponse(_message.Message):
    __slots__ = ["game", "nfg"]
    GAME_FIELD_NUMBER: _ClassVar[int]
    NFG_FIELD_NUMBER: _ClassVar[int]
    game: _common_pb2.GameSpec
    nfg: str
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., nfg: _Optional[str] = ...) -> None: ...

class GameDescription(_message.Message):
    __slots__ = ["discount", "has_illegal_actions", "highest_reward", "horizon", "kind", "lowest_reward", "options_json", "players", "state_labels", "states", "transitions"]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    HAS_ILLEGAL_ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HIGHEST_REWARD_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LOWEST_REWARD_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    STATE_LABELS_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    discount: float
    has_illegal_actions: bool
    highest_reward: float
    horizon: int
    kind: str
    lowest_reward: float
    options_json: str
    players: _containers.RepeatedCompositeFieldContainer[PlayerDescription]
    state_labels: _containers.RepeatedScalarFieldContainer[str]
    states: int
    transitions: int
    def __init__(self, players: _Optional[_Iterable[_Union[PlayerDescription, _Mapping]]] = ..., horizon: _Optional[int] = ..., discount: _Optional[float] = ..., lowest_reward: _Optional[float] = ..., highest_reward: _Optional[float] = ..., states: _Optional[int] = ..., transitions: _Optional[int] = ..., has_illegal_actions: bool = ..., options_json: _Optional[str] = ..., state_labels: _Optional[_Iterable[str]] = ..., kind: _Optional[str] = ...) -> None: ...

class HandshakeRequest(_message.Message):
    __slots__ = ["capabilities", "client", "protocol_major", "protocol_minor"]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    CLIENT_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_MAJOR_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_MINOR_FIELD_NUMBER: _ClassVar[int]
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    client: str
    protocol_major: int
    protocol_minor: int
    def __init__(self, protocol_major: _Optional[int] = ..., protocol_minor: _Optional[int] = ..., client: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ...) -> None: ...

class HandshakeResponse(_message.Message):
    __slots__ = ["capabilities", "limits", "protocol_major", "protocol_minor", "server"]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_MAJOR_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_MINOR_FIELD_NUMBER: _ClassVar[int]
    SERVER_FIELD_NUMBER: _ClassVar[int]
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    limits: Limits
    protocol_major: int
    protocol_minor: int
    server: str
    def __init__(self, protocol_major: _Optional[int] = ..., protocol_minor: _Optional[int] = ..., server: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ["idle_seconds", "max_environments", "max_message_bytes", "max_model_bytes", "max_models", "max_num_envs", "max_queued_runs", "max_runs", "max_solve_bytes", "max_solves", "max_uploads", "orphan_seconds"]
    IDLE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    MAX_ENVIRONMENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_MODELS_FIELD_NUMBER: _ClassVar[int]
    MAX_MODEL_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_NUM_ENVS_FIELD_NUMBER: _ClassVar[int]
    MAX_QUEUED_RUNS_FIELD_NUMBER: _ClassVar[int]
    MAX_RUNS_FIELD_NUMBER: _ClassVar[int]
    MAX_SOLVES_FIELD_NUMBER: _ClassVar[int]
    MAX_SOLVE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_UPLOADS_FIELD_NUMBER: _ClassVar[int]
    ORPHAN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    idle_seconds: float
    max_environments: int
    max_message_bytes: int
    max_model_bytes: int
    max_models: int
    max_num_envs: int
    max_queued_runs: int
    max_runs: int
    max_solve_bytes: int
    max_solves: int
    max_uploads: int
    orphan_seconds: float
    def __init__(self, max_message_bytes: _Optional[int] = ..., max_num_envs: _Optional[int] = ..., max_environments: _Optional[int] = ..., max_solves: _Optional[int] = ..., max_uploads: _Optional[int] = ..., idle_seconds: _Optional[float] = ..., orphan_seconds: _Optional[float] = ..., max_runs: _Optional[int] = ..., max_queued_runs: _Optional[int] = ..., max_models: _Optional[int] = ..., max_model_bytes: _Optional[int] = ..., max_solve_bytes: _Optional[int] = ...) -> None: ...

class ListRequest(_message.Message):
    __slots__ = ["kind"]
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: EntryKind
    def __init__(self, kind: _Optional[_Union[EntryKind, str]] = ...) -> None: ...

class ListResponse(_message.Message):
    __slots__ = ["entries"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[Entry]
    def __init__(self, entries: _Optional[_Iterable[_Union[Entry, _Mapping]]] = ...) -> None: ...

class ListUploadsRequest(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class ListUploadsResponse(_message.Message):
    __slots__ = ["uploads"]
    UPLOADS_FIELD_NUMBER: _ClassVar[int]
    uploads: _containers.RepeatedCompositeFieldContainer[Upload]
    def __init__(self, uploads: _Optional[_Iterable[_Union[Upload, _Mapping]]] = ...) -> None: ...

class PlayerDescription(_message.Message):
    __slots__ = ["action", "name", "observation"]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    action: _common_pb2.Space
    name: str
    observation: _common_pb2.Space
    def __init__(self, name: _Optional[str] = ..., observation: _Optional[_Union[_common_pb2.Space, _Mapping]] = ..., action: _Optional[_Union[_common_pb2.Space, _Mapping]] = ...) -> None: ...

class Upload(_message.Message):
    __slots__ = ["bytes", "id", "kind", "title"]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    bytes: int
    id: str
    kind: str
    title: str
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., kind: _Optional[str] = ..., bytes: _Optional[int] = ...) -> None: ...

class UploadGameRequest(_message.Message):
    __slots__ = ["game"]
    GAME_FIELD_NUMBER: _ClassVar[int]
    game: _common_pb2.GameSpec
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ...) -> None: ...

class UploadGameResponse(_message.Message):
    __slots__ = ["id"]
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class EntryKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
