using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class GameResolverTests
{
    private readonly UploadStore _uploads = new(2, 1 << 20);
    private readonly GameResolver _games;

    public GameResolverTests() => _games = new GameResolver(Composition.Catalog, _uploads);

    [Fact]
    public void CatalogGame_ComesWithItsResolvedOptions()
    {
        var resolved = _games.Resolve(new GameSpec { Id = "differential-v0", OptionsJson = "{\"payoff\": \"code\"}" });
        Assert.Equal("differential-v0", resolved.Id);
        Assert.Contains("\"payoff\":\"code\"", resolved.OptionsJson.Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Upload_IsFoundByItsIdAndKeptOnce()
    {
        string id = _games.Upload(Matrix());
        Assert.Equal(id, _games.Upload(Matrix()));
        Assert.Equal(1, _uploads.Count);
        Assert.StartsWith("upload-", id, StringComparison.Ordinal);
        Assert.Equal(2, _games.Resolve(new GameSpec { Id = id }).Game.Table!.PlayerCount);
    }

    [Fact]
    public void InlineGame_HasAnIdOfItsContent()
    {
        var other = Matrix();
        other.NormalForm.Title = "another";
        string id = _games.Resolve(Matrix()).Id;
        Assert.StartsWith("inline-", id, StringComparison.Ordinal);
        Assert.Equal(id, _games.Resolve(Matrix()).Id);
        Assert.NotEqual(id, _games.Resolve(other).Id);
        Assert.Equal(0, _uploads.Count);
    }

    [Fact]
    public void FullStore_RefusesOtherContent()
    {
        for (int i = 0; i < 2; i++) _games.Upload(Matrix(i));
        Assert.Equal("uploads", Requests.FaultOf(ErrorKind.ResourceExhausted, () => _games.Upload(Matrix(9))).Path);
        _games.Upload(Matrix(1));
        var small = new GameResolver(Composition.Catalog, new UploadStore(2, 16));
        Assert.Equal("uploads", Requests.FaultOf(ErrorKind.ResourceExhausted, () => small.Upload(Matrix())).Path);
    }

    [Fact]
    public void UnknownUpload_IsNotFound() =>
        Assert.Equal("game.id", Requests.FaultOf(ErrorKind.NotFound, () => _games.Resolve(new GameSpec { Id = "upload-000000000000000000000000" })).Path);

    [Fact]
    public void OptionsOfAGameGivenInFull_AreRefused()
    {
        var spec = Matrix();
        spec.OptionsJson = "{\"horizon\": 3}";
        Assert.Equal("game.options", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(spec)).Path);
        string id = _games.Upload(Matrix());
        Assert.Equal("game.options", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(new GameSpec { Id = id, OptionsJson = "{\"a\":1}" })).Path);
    }

    [Fact]
    public void UploadById_IsRefused() =>
        Assert.Equal("game", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Upload(new GameSpec { Id = "climbing-v0" })).Path);

    [Fact]
    public void WrongDtype_NamesTheTensor()
    {
        var spec = Matrix();
        spec.NormalForm.Payoffs.Dtype = DType.Float32;
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(spec));
        Assert.Equal(("game.normal_form.payoffs.dtype", "float32", "must be float64"), (fault.Path, fault.Value, fault.Rule));
    }

    public static TheoryData<long[], int> BadShapes => new()
    {
        { [2, 2, 3], 64 },
        { [2, 2, -2], 64 },
        { [], 64 },
        { [2, 2, 2], 63 },
        { [2, 2, 4611686018427387904], 64 },
        { [4294967296, 4294967296, 2], 0 },
        { [2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647], 64 },
    };

    [Theory]
    [MemberData(nameof(BadShapes))]
    public void ShapeThatDoesNotFitItsBytes_IsRefused(long[] shape, int bytes)
    {
        var spec = new GameSpec { NormalForm = new NormalFormGame { Payoffs = new Tensor { Dtype = DType.Float64, Shape = { shape }, Data = ByteString.CopyFrom(new byte[bytes]) } } };
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(spec));
        Assert.StartsWith("game.normal_form.payoffs", fault.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void NoPayoffs_AreMissed()
    {
        var fault = Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(new GameSpec { NormalForm = new NormalFormGame() }));
        Assert.Equal(("game.normal_form.payoffs", "missing"), (fault.Path, fault.Reason));
    }

    [Theory]
    [InlineData(new long[] { 0 }, new double[0])]
    [InlineData(new long[] { 2, 2 }, new double[] { 1, 2, 3, 4 })]
    [InlineData(new long[] { 1, 2 }, new[] { 1, double.NaN })]
    public void BadPayoffs_AreRefusedUnderTheirPath(long[] shape, double[] data)
    {
        var spec = new GameSpec { NormalForm = new NormalFormGame { Payoffs = Requests.Tensor(data, shape) } };
        Assert.StartsWith("game.normal_form.payoffs", Requests.FaultOf(ErrorKind.InvalidArgument, () => _games.Resolve(spec)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void BadTable_ReportsEveryFaultUnderItsPath()
    {
        var spec = new GameSpec
        {
            Tabular = new Protocol.V1.TabularGame
            {
                Rewards = Requests.Tensor([0, double.NaN], 1, 2, 1),
                Transitions = Requests.Tensor([0.5, 0.4, -1, 2], 2, 1, 2),
                Discount = 1.5,
            },
        };
        var error = Assert.Throws<VsgGymException>(() => _games.Resolve(spec));
        Assert.All(error.Faults, fault => Assert.StartsWith("game.tabular.", fault.Path, StringComparison.Ordinal));
        Assert.Contains(error.Faults, fault => fault.Path.StartsWith("game.tabular.rewards", StringComparison.Ordinal));
        Assert.Contains(error.Faults, fault => fault.Path.StartsWith("game.tabular.transitions", StringComparison.Ordinal));
        Assert.Contains(error.Faults, fault => fault.Path == "game.tabular.discount");
    }

    [Theory]
    [InlineData("")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" } { 2 2 }\n1 2 3")]
    [InlineData("NFG 1 R \"t\" { \"a\" \"b\" } { 100000 100000 }\n1 2 3 4")]
    [InlineData("EFG 2 R \"t\" { \"a\" }")]
    public void BadNfg_SaysWhere(string text)
    {
        var error = Assert.Throws<VsgGymException>(() => _games.Resolve(new GameSpec { Nfg = text }));
        Assert.StartsWith("game.nfg", error.Faults[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public void HugeClaimInAShortNfg_AllocatesLittle()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<VsgGymException>(() => _games.Resolve(new GameSpec { Nfg = "NFG 1 R \"t\" { \"a\" \"b\" } { 5000 5000 }\n1 2 3 4" }));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    private static GameSpec Matrix(double first = 1) => new() { NormalForm = new NormalFormGame { Payoffs = Requests.Tensor([first, 0, 0, 1, -1, 0, 0, -1], 2, 2, 2) } };
}
