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
    __slots__ = ["high", "labels", "low"]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    high: _containers.RepeatedScalarFieldContainer[float]
    labels: _containers.RepeatedScalarFieldContainer[str]
    low: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, low: _Optional[_Iterable[float]] = ..., high: _Optional[_Iterable[float]] = ..., labels: _Optional[_Iterable[str]] = ...) -> None: ...

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

class FlowGraph(_message.Message):
    __slots__ = ["action_labels", "actions", "edges", "labels", "nodes", "owners", "players", "returns", "root", "title"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ACTION_LABELS_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    NODES_FIELD_NUMBER: _ClassVar[int]
    OWNERS_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    ROOT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    action_labels: _containers.RepeatedScalarFieldContainer[str]
    actions: Tensor
    edges: Tensor
    labels: _containers.RepeatedScalarFieldContainer[str]
    nodes: int
    owners: Tensor
    players: _containers.RepeatedScalarFieldContainer[str]
    returns: Tensor
    root: int
    title: str
    def __init__(self, nodes: _Optional[int] = ..., edges: _Optional[_Union[Tensor, _Mapping]] = ..., returns: _Optional[_Union[Tensor, _Mapping]] = ..., root: _Optional[int] = ..., labels: _Optional[_Iterable[str]] = ..., title: _Optional[str] = ..., players: _Optional[_Iterable[str]] = ..., owners: _Optional[_Union[Tensor, _Mapping]] = ..., actions: _Optional[_Union[Tensor, _Mapping]] = ..., action_labels: _Optional[_Iterable[str]] = ...) -> None: ...

class GameSpec(_message.Message):
    __slots__ = ["efg", "flow", "id", "mean_field", "nfg", "normal_form", "options_json", "tabular"]
    EFG_FIELD_NUMBER: _ClassVar[int]
    FLOW_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_FIELD_NUMBER: _ClassVar[int]
    NFG_FIELD_NUMBER: _ClassVar[int]
    NORMAL_FORM_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_JSON_FIELD_NUMBER: _ClassVar[int]
    TABULAR_FIELD_NUMBER: _ClassVar[int]
    efg: str
    flow: FlowGraph
    id: str
    mean_field: MeanFieldGame
    nfg: str
    normal_form: NormalFormGame
    options_json: str
    tabular: TabularGame
    def __init__(self, id: _Optional[str] = ..., normal_form: _Optional[_Union[NormalFormGame, _Mapping]] = ..., tabular: _Optional[_Union[TabularGame, _Mapping]] = ..., nfg: _Optional[str] = ..., efg: _Optional[str] = ..., mean_field: _Optional[_Union[MeanFieldGame, _Mapping]] = ..., flow: _Optional[_Union[FlowGraph, _Mapping]] = ..., options_json: _Optional[str] = ...) -> None: ...

class MeanFieldGame(_message.Message):
    __slots__ = ["actions", "agents", "horizon", "initial", "mass_rewards", "mass_transitions", "rewards", "states", "title", "transitions"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    INITIAL_FIELD_NUMBER: _ClassVar[int]
    MASS_REWARDS_FIELD_NUMBER: _ClassVar[int]
    MASS_TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedScalarFieldContainer[str]
    agents: int
    horizon: int
    initial: Tensor
    mass_rewards: Tensor
    mass_transitions: Tensor
    rewards: Tensor
    states: _containers.RepeatedScalarFieldContainer[str]
    title: str
    transitions: Tensor
    def __init__(self, rewards: _Optional[_Union[Tensor, _Mapping]] = ..., mass_rewards: _Optional[_Union[Tensor, _Mapping]] = ..., transitions: _Optional[_Union[Tensor, _Mapping]] = ..., mass_transitions: _Optional[_Union[Tensor, _Mapping]] = ..., initial: _Optional[_Union[Tensor, _Mapping]] = ..., horizon: _Optional[int] = ..., states: _Optional[_Iterable[str]] = ..., actions: _Optional[_Iterable[str]] = ..., title: _Optional[str] = ..., agents: _Optional[int] = ...) -> None: ...

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

class SparseTensor(_message.Message):
    __slots__ = ["indices", "shape", "values"]
    INDICES_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    indices: Tensor
    shape: _containers.RepeatedScalarFieldContainer[int]
    values: Tensor
    def __init__(self, shape: _Optional[_Iterable[int]] = ..., indices: _Optional[_Union[Tensor, _Mapping]] = ..., values: _Optional[_Union[Tensor, _Mapping]] = ...) -> None: ...

class TabularGame(_message.Message):
    __slots__ = ["actions", "discount", "horizon", "initial", "legal_actions", "players", "rewards", "sparse_rewards", "sparse_transitions", "states", "terminal_rewards", "title", "transitions"]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    INITIAL_FIELD_NUMBER: _ClassVar[int]
    LEGAL_ACTIONS_FIELD_NUMBER: _ClassVar[int]
    PLAYERS_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    SPARSE_REWARDS_FIELD_NUMBER: _ClassVar[int]
    SPARSE_TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_REWARDS_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    actions: _containers.RepeatedCompositeFieldContainer[ActionLabels]
    discount: float
    horizon: int
    initial: Tensor
    legal_actions: _containers.RepeatedCompositeFieldContainer[Tensor]
    players: _containers.RepeatedScalarFieldContainer[str]
    rewards: Tensor
    sparse_rewards: SparseTensor
    sparse_transitions: SparseTensor
    states: _containers.RepeatedScalarFieldContainer[str]
    terminal_rewards: Tensor
    title: str
    transitions: Tensor
    def __init__(self, rewards: _Optional[_Union[Tensor, _Mapping]] = ..., transitions: _Optional[_Union[Tensor, _Mapping]] = ..., initial: _Optional[_Union[Tensor, _Mapping]] = ..., discount: _Optional[float] = ..., horizon: _Optional[int] = ..., terminal_rewards: _Optional[_Union[Tensor, _Mapping]] = ..., players: _Optional[_Iterable[str]] = ..., actions: _Optional[_Iterable[_Union[ActionLabels, _Mapping]]] = ..., states: _Optional[_Iterable[str]] = ..., title: _Optional[str] = ..., sparse_rewards: _Optional[_Union[SparseTensor, _Mapping]] = ..., sparse_transitions: _Optional[_Union[SparseTensor, _Mapping]] = ..., legal_actions: _Optional[_Iterable[_Union[Tensor, _Mapping]]] = ...) -> None: ...

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
