from . import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

AUTORESET_MODE_DISABLED: AutoresetMode
AUTORESET_MODE_NEXT_STEP: AutoresetMode
AUTORESET_MODE_SAME_STEP: AutoresetMode
AUTORESET_MODE_UNSPECIFIED: AutoresetMode
DESCRIPTOR: _descriptor.FileDescriptor
FIELD_KIND_FINAL_OBSERVATION: FieldKind
FIELD_KIND_LEGAL_ACTIONS: FieldKind
FIELD_KIND_LIVE: FieldKind
FIELD_KIND_OBSERVATION: FieldKind
FIELD_KIND_REWARD: FieldKind
FIELD_KIND_TERMINATED: FieldKind
FIELD_KIND_TRUNCATED: FieldKind
FIELD_KIND_UNSPECIFIED: FieldKind
ILLEGAL_ACTION_RULE_FIRST_LEGAL: IllegalActionRule
ILLEGAL_ACTION_RULE_REFUSE: IllegalActionRule
ILLEGAL_ACTION_RULE_UNSPECIFIED: IllegalActionRule
RENDER_FORMAT_RGB: RenderFormat
RENDER_FORMAT_SVG: RenderFormat
RENDER_FORMAT_TEXT: RenderFormat
RENDER_FORMAT_UNSPECIFIED: RenderFormat

class CloseRequest(_message.Message):
    __slots__ = ["environment_id"]
    ENVIRONMENT_ID_FIELD_NUMBER: _ClassVar[int]
    environment_id: str
    def __init__(self, environment_id: _Optional[str] = ...) -> None: ...

class CloseResponse(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class EnvironmentRequest(_message.Message):
    __slots__ = ["close", "make", "render", "reset", "step"]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    MAKE_FIELD_NUMBER: _ClassVar[int]
    RENDER_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    close: CloseRequest
    make: MakeRequest
    render: RenderRequest
    reset: ResetRequest
    step: StepRequest
    def __init__(self, make: _Optional[_Union[MakeRequest, _Mapping]] = ..., reset: _Optional[_Union[ResetRequest, _Mapping]] = ..., step: _Optional[_Union[StepRequest, _Mapping]] = ..., render: _Optional[_Union[RenderRequest, _Mapping]] = ..., close: _Optional[_Union[CloseRequest, _Mapping]] = ...) -> None: ...

class EnvironmentResponse(_message.Message):
    __slots__ = ["close", "error", "make", "render", "step"]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    MAKE_FIELD_NUMBER: _ClassVar[int]
    RENDER_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    close: CloseResponse
    error: _common_pb2.Error
    make: MakeResponse
    render: RenderResponse
    step: StepResponse
    def __init__(self, make: _Optional[_Union[MakeResponse, _Mapping]] = ..., step: _Optional[_Union[StepResponse, _Mapping]] = ..., render: _Optional[_Union[RenderResponse, _Mapping]] = ..., close: _Optional[_Union[CloseResponse, _Mapping]] = ..., error: _Optional[_Union[_common_pb2.Error, _Mapping]] = ...) -> None: ...

class FieldSpec(_message.Message):
    __slots__ = ["bytes", "dtype", "kind", "offset", "player", "shape"]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    bytes: int
    dtype: _common_pb2.DType
    kind: FieldKind
    offset: int
    player: str
    shape: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, kind: _Optional[_Union[FieldKind, str]] = ..., player: _Optional[str] = ..., dtype: _Optional[_Union[_common_pb2.DType, str]] = ..., shape: _Optional[_Iterable[int]] = ..., offset: _Optional[int] = ..., bytes: _Optional[int] = ...) -> None: ...

class MakeRequest(_message.Message):
    __slots__ = ["autoreset", "game", "illegal_actions", "max_message_bytes", "num_envs", "others", "players", "seed", "time_limit"]
    AUTORESET_FIELD_NUMBER: _ClassVar[int]
    GAME_FIELD_NUMBER: _ClassVar[int]
    ILLEGAL_ACTIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    NUM_ENVS_FIELD_NUMBER: _ClassVar[int]
    OTHERS_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    TIME_LIMIT_FIELD_NUMBER: _ClassVar[int]
    autoreset: AutoresetMode
    game: _common_pb2.GameSpec
    illegal_actions: IllegalActionRule
    max_message_bytes: int
    num_envs: int
    others: _containers.RepeatedCompositeFieldContainer[Occupant]
    players: _containers.RepeatedScalarFieldContainer[str]
    seed: int
    time_limit: int
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., num_envs: _Optional[int] = ..., seed: _Optional[int] = ..., autoreset: _Optional[_Union[AutoresetMode, str]] = ..., illegal_actions: _Optional[_Union[IllegalActionRule, str]] = ..., players: _Optional[_Iterable[str]] = ..., others: _Optional[_Iterable[_Union[Occupant, _Mapping]]] = ..., time_limit: _Optional[int] = ..., max_message_bytes: _Optional[int] = ...) -> None: ...

class MakeResponse(_message.Message):
    __slots__ = ["action_bytes", "all_players", "autoreset", "discount", "environment_id", "fields", "game_id", "highest_reward", "horizon", "lowest_reward", "max_message_bytes", "players", "seeds", "step_bytes"]
    ACTION_BYTES_FIELD_NUMBER: _ClassVar[int]
    ALL_PLAYERS_FIELD_NUMBER: _ClassVar[int]
    AUTORESET_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_ID_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    GAME_ID_FIELD_NUMBER: _ClassVar[int]
    HIGHEST_REWARD_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    LOWEST_REWARD_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    STEP_BYTES_FIELD_NUMBER: _ClassVar[int]
    action_bytes: int
    all_players: _containers.RepeatedScalarFieldContainer[str]
    autoreset: AutoresetMode
    discount: float
    environment_id: str
    fields: _containers.RepeatedCompositeFieldContainer[FieldSpec]
    game_id: str
    highest_reward: float
    horizon: int
    lowest_reward: float
    max_message_bytes: int
    players: _containers.RepeatedCompositeFieldContainer[PlayerSpec]
    seeds: _containers.RepeatedScalarFieldContainer[int]
    step_bytes: int
    def __init__(self, environment_id: _Optional[str] = ..., game_id: _Optional[str] = ..., players: _Optional[_Iterable[_Union[PlayerSpec, _Mapping]]] = ..., fields: _Optional[_Iterable[_Union[FieldSpec, _Mapping]]] = ..., step_bytes: _Optional[int] = ..., action_bytes: _Optional[int] = ..., max_message_bytes: _Optional[int] = ..., seeds: _Optional[_Iterable[int]] = ..., autoreset: _Optional[_Union[AutoresetMode, str]] = ..., horizon: _Optional[int] = ..., discount: _Optional[float] = ..., lowest_reward: _Optional[float] = ..., highest_reward: _Optional[float] = ..., all_players: _Optional[_Iterable[str]] = ...) -> None: ...

class Occupant(_message.Message):
    __slots__ = ["greedy", "id", "model", "player", "table"]
    GREEDY_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    PLAYER_FIELD_NUMBER: _ClassVar[int]
    TABLE_FIELD_NUMBER: _ClassVar[int]
    greedy: bool
    id: str
    model: str
    player: str
    table: _common_pb2.Tensor
    def __init__(self, player: _Optional[str] = ..., id: _Optional[str] = ..., table: _Optional[_Union[_common_pb2.Tensor, _Mapping]] = ..., model: _Optional[str] = ..., greedy: bool = ...) -> None: ...

class PlayerSpec(_message.Message):
    __slots__ = ["action", "name", "observation"]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    action: _common_pb2.Space
    name: str
    observation: _common_pb2.Space
    def __init__(self, name: _Optional[str] = ..., observation: _Optional[_Union[_common_pb2.Space, _Mapping]] = ..., action: _Optional[_Union[_common_pb2.Space, _Mapping]] = ...) -> None: ...

class RecordRequest(_message.Message):
    __slots__ = ["game", "max_steps", "players", "seconds_per_step", "seed"]
    GAME_FIELD_NUMBER: _ClassVar[int]
    MAX_STEPS_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    SECONDS_PER_STEP_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    game: _common_pb2.GameSpec
    max_steps: int
    players: _containers.RepeatedCompositeFieldContainer[Occupant]
    seconds_per_step: float
    seed: int
    def __init__(self, game: _Optional[_Union[_common_pb2.GameSpec, _Mapping]] = ..., players: _Optional[_Iterable[_Union[Occupant, _Mapping]]] = ..., seed: _Optional[int] = ..., max_steps: _Optional[int] = ..., seconds_per_step: _Optional[float] = ...) -> None: ...

class RecordResponse(_message.Message):
    __slots__ = ["ended", "returns", "seed", "steps", "svg"]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    SVG_FIELD_NUMBER: _ClassVar[int]
    ended: bool
    returns: _containers.RepeatedScalarFieldContainer[float]
    seed: int
    steps: int
    svg: str
    def __init__(self, svg: _Optional[str] = ..., steps: _Optional[int] = ..., returns: _Optional[_Iterable[float]] = ..., seed: _Optional[int] = ..., ended: bool = ...) -> None: ...

class RenderRequest(_message.Message):
    __slots__ = ["copy", "environment_id", "format"]
    COPY_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_ID_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    copy: int
    environment_id: str
    format: RenderFormat
    def __init__(self, environment_id: _Optional[str] = ..., copy: _Optional[int] = ..., format: _Optional[_Union[RenderFormat, str]] = ...) -> None: ...

class RenderResponse(_message.Message):
    __slots__ = ["height", "picture", "pixels", "width"]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    PICTURE_FIELD_NUMBER: _ClassVar[int]
    PIXELS_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    height: int
    picture: str
    pixels: bytes
    width: int
    def __init__(self, picture: _Optional[str] = ..., pixels: _Optional[bytes] = ..., width: _Optional[int] = ..., height: _Optional[int] = ...) -> None: ...

class ResetRequest(_message.Message):
    __slots__ = ["environment_id", "mask", "seeds"]
    ENVIRONMENT_ID_FIELD_NUMBER: _ClassVar[int]
    MASK_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    environment_id: str
    mask: bytes
    seeds: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, environment_id: _Optional[str] = ..., seeds: _Optional[_Iterable[int]] = ..., mask: _Optional[bytes] = ...) -> None: ...

class StepRequest(_message.Message):
    __slots__ = ["actions", "environment_id"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_ID_FIELD_NUMBER: _ClassVar[int]
    actions: bytes
    environment_id: str
    def __init__(self, environment_id: _Optional[str] = ..., actions: _Optional[bytes] = ...) -> None: ...

class StepResponse(_message.Message):
    __slots__ = ["data", "seeds"]
    DATA_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    seeds: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, data: _Optional[bytes] = ..., seeds: _Optional[_Iterable[int]] = ...) -> None: ...

class AutoresetMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class IllegalActionRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class FieldKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class RenderFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
