using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class UploadStoreTests
{
    private readonly UploadStore _uploads = new(2, 1 << 20);
    private readonly GameResolver _games;

    public UploadStoreTests() => _games = new GameResolver(Composition.Catalog, _uploads);

    [Fact]
    public void Uploads_AreListedById()
    {
        string first = _games.Upload(Text("one", 1)), second = _games.Upload(Text("two", 2));
        var listed = _games.Uploads();
        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), listed.Select(upload => upload.Id));
        var one = listed.Single(upload => upload.Id == first);
        Assert.Equal(("one", "tabular", (long)Text("one", 1).CalculateSize()), (one.Title, one.Kind, one.Bytes));
    }

    [Fact]
    public void DeletedUpload_IsNotFoundAndSaysSo()
    {
        string id = _games.Upload(Text("one", 1));
        var kept = _games.Resolve(new GameSpec { Id = id });
        _games.Delete(id);
        Assert.Equal(0, _uploads.Count);
        var fault = Requests.FaultOf(ErrorKind.NotFound, () => _games.Resolve(new GameSpec { Id = id }));
        Assert.Equal(("game.id", "deleted_game"), (fault.Path, fault.Reason));
        Assert.Contains("was deleted", fault.Rule, StringComparison.Ordinal);
        Assert.Equal("deleted_game", Requests.FaultOf(ErrorKind.NotFound, () => _games.Delete(id)).Reason);
        Assert.Equal(1, kept.Game.Table!.StateCount);
        Assert.Equal(id, _games.Upload(Text("one", 1)));
        Assert.Equal(1, _games.Resolve(new GameSpec { Id = id }).Game.Table!.StateCount);
    }

    [Fact]
    public void UnknownUpload_CannotBeDeleted() =>
        Assert.Equal(("id", "unknown_game"), (Requests.FaultOf(ErrorKind.NotFound, () => _games.Delete("upload-0")).Path, Requests.FaultOf(ErrorKind.NotFound, () => _games.Delete("upload-0")).Reason));

    [Fact]
    public void Deleting_MakesRoom()
    {
        string id = _games.Upload(Text("one", 1));
        _games.Upload(Text("two", 2));
        Assert.Equal("full", Requests.FaultOf(ErrorKind.ResourceExhausted, () => _games.Upload(Text("three", 3))).Reason);
        _games.Delete(id);
        _games.Upload(Text("three", 3));
        Assert.Equal(2, _uploads.Count);
    }

    [Fact]
    public void SparseTable_CountsWhatItTakesInMemory()
    {
        var spec = new GameSpec { Tabular = new Protocol.V1.TabularGame { Horizon = 1, SparseRewards = Zeros(1, 1, 1 << 18), SparseTransitions = Zeros(1, 1 << 18, 1) } };
        Assert.InRange(spec.CalculateSize(), 1, 200);
        var fault = Requests.FaultOf(ErrorKind.ResourceExhausted, () => _games.Upload(spec));
        Assert.Equal(("uploads", "full"), (fault.Path, fault.Reason));
    }

    [Theory]
    [InlineData(DType.Float64, new long[] { 1, 3 }, "game.tabular.sparse_rewards.indices.dtype", "must be int32")]
    [InlineData(DType.Int32, new long[] { 3 }, "game.tabular.sparse_rewards.indices.shape", "must be [1, 3]")]
    [InlineData(DType.Int32, new long[] { 1, 2 }, "game.tabular.sparse_rewards.indices.data", "needs 8 bytes")]
    [InlineData(DType.Int32, new long[] { long.MaxValue, 3 }, "game.tabular.sparse_rewards.indices.shape", "every extent")]
    public void MalformedSparseTensor_IsRefusedUnderItsPath(DType type, long[] shape, string path, string rule)
    {
        var rewards = Zeros(1, 1, 1);
        rewards.Indices = new Tensor { Dtype = type, Shape = { shape }, Data = Google.Protobuf.ByteString.CopyFrom(new byte[type == DType.Int32 ? 12 : 24]) };
        rewards.Values = Requests.Tensor([1], 1);
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(new GameSpec { Tabular = new Protocol.V1.TabularGame { Horizon = 1, SparseRewards = rewards, SparseTransitions = Zeros(1, 1, 1) } }));
        Assert.Equal(path, fault.Path);
        Assert.Contains(rule, fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void SparseTensorOfNegativeShape_IsRefused()
    {
        var spec = new GameSpec { Tabular = new Protocol.V1.TabularGame { Horizon = 1, SparseRewards = Zeros(1, -1, 1), SparseTransitions = Zeros(1, 1, 1) } };
        Assert.Equal("game.tabular.sparse_rewards.shape", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(spec)).Path);
    }

    [Fact]
    public void FlowActionBeyondTheEdges_IsRefusedBeforeATableIsMade()
    {
        var graph = new Protocol.V1.FlowGraph
        {
            Nodes = 2,
            Edges = Tensors.WriteWhole([0, 1], 1, 2),
            Returns = Requests.Tensor([0, 1], 2),
            Actions = Tensors.WriteWhole([1 << 24], 1),
        };
        Assert.Equal("game.flow.actions[0]", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(new GameSpec { Flow = graph })).Path);
    }

    [Fact]
    public void MeanFieldFaults_HaveTheNamesOfTheFields()
    {
        var game = new Protocol.V1.MeanFieldGame
        {
            Rewards = Requests.Tensor([1, 2], 2, 1),
            MassRewards = Requests.Tensor([1, 2], 2, 1),
            Transitions = Requests.Tensor([1, 0, 0, 1], 2, 1, 2),
            MassTransitions = Requests.Tensor([1, 0], 2, 1),
            Horizon = 2,
        };
        var error = Assert.Throws<VsgGymException>(() => _games.Resolve(new GameSpec { MeanField = game }));
        Assert.Equal(["game.mean_field.mass_rewards", "game.mean_field.mass_transitions"], error.Faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    public void MeanFieldAgentsOutOfRange_AreRefusedBesideTheOtherFaults(int agents)
    {
        var game = new Protocol.V1.MeanFieldGame
        {
            Rewards = Requests.Tensor([1, double.NaN], 2, 1),
            Transitions = Requests.Tensor([1, 0, 0, 1], 2, 1, 2),
            Horizon = 2,
            Agents = agents,
        };
        var error = Assert.Throws<VsgGymException>(() => _games.Resolve(new GameSpec { MeanField = game }));
        Assert.Equal(["game.mean_field.agents", "game.mean_field.rewards[1, 0]"], error.Faults.Select(fault => fault.Path));
        Assert.Equal(($"{agents}", "must be in [1, 1000]"), (error.Faults[0].Value, error.Faults[0].Rule));
    }

    private static GameSpec Text(string title, int payoff) => new() { Nfg = $"NFG 1 R \"{title}\" {{ \"a\" }} {{ 1 }} {payoff}" };

    private static SparseTensor Zeros(params long[] shape) => new()
    {
        Shape = { shape },
        Indices = Tensors.WriteWhole([], 0, shape.Length),
        Values = Requests.Tensor([], 0),
    };
}
