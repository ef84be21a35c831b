from google.protobuf import any_pb2 as _any_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
DTYPE_BOOL: DType
DTYPE_FLOAT32: DType
DTYPE_FLOAT64: DType
DTYPE_INT32: DType
DTYPE_UNSPECIFIED: DType

class ActionLabels(_message.Message):
    __slots__ = ["labels"]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    labels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, labels: _Optional[_Iterable[str]] = ...) -> None: ...

class BoxSpace(_message.Message):
    __slots__ = ["high", "low"]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    high: _containers.RepeatedScalarFieldContainer[float]
    low: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, low: _Optional[_Iterable[float]] = ..., high: _Optional[_Iterable[float]] = ...) -> None: ...

class DiscreteSpace(_message.Message):
    __slots__ = ["count", "labels"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    count: int
    labels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, count: _Optional[int] = ..., labels: _Optional[_Iterable[str]] = ...) -> None: ...

class Error(_message.Message):
    __slots__ = ["code", "faults", "message", "retry_after_ms"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    code: int
    faults: _containers.RepeatedCompositeFieldContainer[Fault]
    message: str
    retry_after_ms: int
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., faults: _Optional[_Iterable[_Union[Fault, _Mapping]]] = ..., retry_after_ms: _Optional[int] = ...) -> None: ...

class Fault(_message.Message):
    __slots__ = ["path", "reason", "rule", "value"]
    PATH_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    path: str
    reason: str
    rule: str
    value: str
    def __init__(self, path: _Optional[str] = ..., value: _Optional[str] = ..., rule: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GameSpec(_message.Message):
    __slots__ = ["id", "nfg", "normal_form", "options_json", "tabular"]
    ID_FIELD_NUMBER: _ClassVar[int]
    NFG_FIELD_NUMBER: _ClassVar[int]
    NORMAL_FORM_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    TABULAR_FIELD_NUMBER: _ClassVar[int]
    id: str
    nfg: str
    normal_form: NormalFormGame
    options_json: str
    tabular: TabularGame
    def __init__(self, id: _Optional[str] = ..., normal_form: _Optional[_Union[NormalFormGame, _Mapping]] = ..., tabular: _Optional[_Union[TabularGame, _Mapping]] = ..., nfg: _Optional[str] = ..., options_json: _Optional[str] = ...) -> None: ...

class NormalFormGame(_message.Message):
    __slots__ = ["actions", "payoffs", "players", "title"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    PAYOFFS_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[ActionLabels]
    payoffs: Tensor
    players: _containers.RepeatedScalarFieldContainer[str]
    title: str
    def __init__(self, payoffs: _Optional[_Union[Tensor, _Mapping]] = ..., players: _Optional[_Iterable[str]] = ..., actions: _Optional[_Iterable[_Union[ActionLabels, _Mapping]]] = ..., title: _Optional[str] = ...) -> None: ...

class RichStatus(_message.Message):
    __slots__ = ["code", "details", "message"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    code: int
    details: _containers.RepeatedCompositeFieldContainer[_any_pb2.Any]
    message: str
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., details: _Optional[_Iterable[_Union[_any_pb2.Any, _Mapping]]] = ...) -> None: ...

class Space(_message.Message):
    __slots__ = ["box", "discrete"]
    BOX_FIELD_NUMBER: _ClassVar[int]
    DISCRETE_FIELD_NUMBER: _ClassVar[int]
    box: BoxSpace
    discrete: DiscreteSpace
    def __init__(self, discrete: _Optional[_Union[DiscreteSpace, _Mapping]] = ..., box: _Optional[_Union[BoxSpace, _Mapping]] = ...) -> None: ...

class TabularGame(_message.Message):
    __slots__ = ["actions", "discount", "horizon", "initial", "players", "rewards", "states", "terminal_rewards", "title", "transitions"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    INITIAL_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_REWARDS_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[ActionLabels]
    discount: float
    horizon: int
    initial: Tensor
    players: _containers.RepeatedScalarFieldContainer[str]
    rewards: Tensor
    states: _containers.RepeatedScalarFieldContainer[str]
    terminal_rewards: Tensor
    title: str
    transitions: Tensor
    def __init__(self, rewards: _Optional[_Union[Tensor, _Mapping]] = ..., transitions: _Optional[_Union[Tensor, _Mapping]] = ..., initial: _Optional[_Union[Tensor, _Mapping]] = ..., discount: _Optional[float] = ..., horizon: _Optional[int] = ..., terminal_rewards: _Optional[_Union[Tensor, _Mapping]] = ..., players: _Optional[_Iterable[str]] = ..., actions: _Optional[_Iterable[_Union[ActionLabels, _Mapping]]] = ..., states: _Optional[_Iterable[str]] = ..., title: _Optional[str] = ...) -> None: ...

class Tensor(_message.Message):
    __slots__ = ["data", "dtype", "shape"]
    DATA_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    dtype: DType
    shape: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, dtype: _Optional[_Union[DType, str]] = ..., shape: _Optional[_Iterable[int]] = ..., data: _Optional[bytes] = ...) -> None: ...

class DType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
