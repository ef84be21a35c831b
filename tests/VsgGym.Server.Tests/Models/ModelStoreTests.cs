using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Tests.Hosting;

namespace VsgGym.Server.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly byte[] First = TableEngine.Always(0, 1, 3), Second = TableEngine.Always(1, 1, 3), Third = TableEngine.Always(2, 1, 3);

    private readonly TemporaryFolder _folder = new();
    private readonly TableEngine _engine = new();

    private string Directory => _folder["models"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_KeepsTheFileAndItsDescription()
    {
        var model = Add(Open(), First, "policy.hunter.onnx").Description;
        string hash = StoredModel.HashOf(First);
        Assert.Equal($"upload-{hash[..24]}", model.ModelId);
        Assert.Equal(("policy.hunter.onnx", First.Length, hash, string.Empty), (model.File, model.Bytes, model.Sha256, model.RunId));
        Assert.Equal(("player_0", "climbing-v0", "{}", 3), (model.Player, model.GameId, model.GameOptionsJson, model.Action.Discrete.Count));
        Assert.Equal("tests", model.Metadata["made_by"]);
        Assert.Equal(First, File.ReadAllBytes(PathOf(First, ".onnx")));
    }

    [Fact]
    public void Add_OfTheSameContent_KeepsItOnceUnderItsFirstName()
    {
        var store = Open(new ServerLimits { MaxModels = 1 });
        Add(store, First, "first.onnx");
        Assert.Equal("first.onnx", Add(store, First, "again.onnx").Description.File);
        Assert.Single(store.All());
    }

    [Fact]
    public void Restart_FindsEveryModelAsItWas()
    {
        var store = Open();
        Add(store, First);
        Add(store, Second);
        var again = Open();
        Assert.Equal(store.All(), again.All());
        Assert.Equal(2, again.All().Count);
        Assert.Equal(First, again.Find(IdOf(First))!.Read("model_id"));
    }

    [Fact]
    public void Quotas_AreNamedAndRoomComesBackWithDelete()
    {
        var store = Open(new ServerLimits { MaxModels = 2 });
        Add(store, First);
        Add(store, Second);
        var error = Assert.Throws<VsgGymException>(() => Add(store, Third));
        Assert.Equal((ErrorKind.ResourceExhausted, "models", "full"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Contains("--max-models", error.Message, StringComparison.Ordinal);
        Assert.True(store.Delete(IdOf(First)));
        Assert.False(store.Delete(IdOf(First)));
        Add(store, Third);
        Assert.Equal(2, Open().All().Count);
    }

    [Fact]
    public void TotalBytes_AreLimited()
    {
        var store = Open(new ServerLimits { MaxModelTotalBytes = (2 * First.Length) - 1 });
        Add(store, First);
        Assert.Contains("--max-model-total-bytes", Assert.Throws<VsgGymException>(() => Add(store, Second)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfContentAtFault_LeavesNothing()
    {
        var store = Open();
        Assert.Throws<VsgGymException>(() => Add(store, [1, 2, 3]));
        Assert.Empty(store.All());
        Assert.False(System.IO.Directory.Exists(Directory));
    }

    [Theory]
    [InlineData("bit", "not those it was kept with")]
    [InlineData("cut", "bytes instead of")]
    [InlineData("file", "its file is gone")]
    [InlineData("description", "its description is gone")]
    [InlineData("garbage", "it cannot be read")]
    [InlineData("other", "of another model")]
    public void DamagedModel_IsListedAsSuchRefusedAndMendedByAnUpload(string damage, string words)
    {
        Add(Open(), First);
        Add(Open(), Second);
        Break(damage);
        var store = Open();
        var model = store.Find(IdOf(First))!;
        Assert.Contains(words, model.ToWire().Metadata[StoredModel.DamageKey], StringComparison.Ordinal);
        var error = Assert.Throws<VsgGymException>(() => model.Read("others.prey"));
        Assert.Equal((ErrorKind.FailedPrecondition, "others.prey", IdOf(First), "damaged_model"), (error.Kind, error.Faults[0].Path, error.Faults[0].Value, error.Faults[0].Reason));
        Assert.False(store.Find(IdOf(Second))!.ToWire().Metadata.ContainsKey(StoredModel.DamageKey));
        Assert.Equal(First, Add(store, First).Read("model_id"));
        Assert.Equal(First, Open().Find(IdOf(First))!.Read("model_id"));
    }

    [Theory]
    [InlineData("bit")]
    [InlineData("cut")]
    [InlineData("file")]
    public void ModelDamagedWhileTheServerRuns_IsRefused(string damage)
    {
        var store = Open();
        Add(store, First);
        Break(damage);
        Assert.Equal("damaged_model", Assert.Throws<VsgGymException>(() => store.Find(IdOf(First))!.Read("model_id")).Faults[0].Reason);
    }

    [Fact]
    public void DamagedModel_CanBeDeleted()
    {
        Add(Open(), First);
        Break("description");
        Assert.True(Open().Delete(IdOf(First)));
        Assert.Empty(Open().All());
        Assert.Empty(System.IO.Directory.EnumerateFiles(Directory));
    }

    [Fact]
    public void WhatACrashLeftUnfinished_IsRemovedAndNotListed()
    {
        Add(Open(), First);
        File.WriteAllBytes(PathOf(Second, ".onnx.unfinished"), [1]);
        File.WriteAllText(_folder["models/notes.txt"], "someone else's");
        Assert.Equal(IdOf(First), Assert.Single(Open().All()).Id);
        Assert.Equal(3, System.IO.Directory.GetFiles(Directory).Length);
    }

    [Fact]
    public void Add_FromManyThreads_KeepsEachContentOnce()
    {
        var store = Open();
        Parallel.For(0, 30, i => Add(store, TableEngine.Always(i % 3, 1, 3)));
        Assert.Equal(3, store.All().Count);
        Assert.All(Open().All(), model => Assert.Null(model.CurrentDamage));
    }

    [Fact]
    public void Library_FindsUploadsAndModelsOfRuns()
    {
        var store = Open();
        Add(store, First);
        var description = new Protocol.V1.Model { ModelId = "run-7.hunter.left", RunId = "run-7", GameId = "pursuit-v0" };
        var library = new ModelLibrary(store, new Runs(new StoredModel(description, "nowhere")));
        Assert.Equal([IdOf(First), "run-7.hunter.left"], library.List(string.Empty, string.Empty).Select(model => model.Id));
        Assert.Equal("run-7.hunter.left", Assert.Single(library.List("run-7", string.Empty)).Id);
        Assert.Equal(IdOf(First), Assert.Single(library.List(string.Empty, "climbing-v0")).Id);
        Assert.Empty(library.List("run-8", string.Empty));
        Assert.Equal("run-7.hunter.left", library.Get("run-7.hunter.left").Id);
        Assert.Equal("run_model", Assert.Throws<VsgGymException>(() => library.Delete("run-7.hunter.left")).Faults[0].Reason);
        foreach (string id in (string[])["run-7", "run-7.prey", "upload-000000000000000000000000", "../x"])
            Assert.Equal((ErrorKind.NotFound, "unknown_model"), Kind(() => library.Get(id)));
        Assert.Equal((ErrorKind.InvalidArgument, "missing"), Kind(() => library.Get(string.Empty)));
    }

    private static (ErrorKind Kind, string Reason) Kind(Action call)
    {
        var error = Assert.Throws<VsgGymException>(call);
        return (error.Kind, error.Faults[0].Reason);
    }

    private static string IdOf(byte[] bytes) => ModelStore.IdOf(StoredModel.HashOf(bytes));

    private string PathOf(byte[] bytes, string ending) => Path.Combine(Directory, IdOf(bytes) + ending);

    private ModelStore Open(ServerLimits? limits = null) => new(Directory, limits ?? new ServerLimits());

    private StoredModel Add(ModelStore store, byte[] bytes, string name = "policy.onnx") =>
        store.Add(new ReceivedFile(name, bytes, StoredModel.HashOf(bytes)), () => _engine.Inspect(bytes));

    private void Break(string damage)
    {
        string file = PathOf(First, ".onnx"), description = PathOf(First, ".json");
        byte[] bytes = File.ReadAllBytes(file);
        if (damage == "bit") File.WriteAllBytes(file, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        else if (damage == "cut") File.WriteAllBytes(file, bytes[..^1]);
        else if (damage == "file") File.Delete(file);
        else if (damage == "description") File.Delete(description);
        else if (damage == "garbage") File.WriteAllText(description, "{ not json");
        else File.Copy(PathOf(Second, ".json"), description, overwrite: true);
    }

    private sealed class Runs(params StoredModel[] models) : IRunModels
    {
        public IReadOnlyList<StoredModel> All() => models;

        public IReadOnlyList<StoredModel> ModelsOf(string runId) => [.. models.Where(model => model.Description.RunId == runId)];
    }
}
