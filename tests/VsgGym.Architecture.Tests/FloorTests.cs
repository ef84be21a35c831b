using System.Xml.Linq;

namespace VsgGym.Architecture.Tests;

/// <summary>Who may import whom. A project not in the table fails: put it on its floor first.</summary>
public sealed class FloorTests
{
    private static readonly string[] GrpcUsers = ["VsgGym.Protocol", "VsgGym.Server", "VsgGym.Client"];

    // Composition and the one adapter beside it.
    private static readonly string[] Composers = ["/VsgGym.Server/Composition.cs", "/VsgGym.Server/OnnxEngine.cs"];

    private static readonly string[] ConcreteAssemblies = ["VsgGym.Solvers", "VsgGym.Learning", "VsgGym.Export"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["VsgGym.Numerics"] = [],
        ["VsgGym.Core"] = ["VsgGym.Numerics"],
        ["VsgGym.Games"] = ["VsgGym.Core", "VsgGym.Numerics"],
        ["VsgGym.Solvers"] = ["VsgGym.Core", "VsgGym.Numerics"],
        ["VsgGym.Networks"] = ["VsgGym.Core", "VsgGym.Numerics", "TorchSharp"],
        ["VsgGym.Learning"] = ["VsgGym.Core", "VsgGym.Numerics", "VsgGym.Networks", "TorchSharp"],
        ["VsgGym.Export"] = ["VsgGym.Core", "VsgGym.Numerics", "VsgGym.Networks", "TorchSharp"],
        ["VsgGym.Runs"] = ["VsgGym.Core", "VsgGym.Numerics"],
        ["VsgGym.Protocol"] = [],
        ["VsgGym.Client"] = ["VsgGym.Protocol"],
        ["VsgGym.Client.Onnx"] = [],
        ["VsgGym.Server"] = ["VsgGym.Numerics", "VsgGym.Core", "VsgGym.Games", "VsgGym.Solvers", "VsgGym.Learning", "VsgGym.Export", "VsgGym.Networks", "VsgGym.Runs", "VsgGym.Protocol", "VsgGym.Client", "VsgGym.Client.Onnx"],
        ["TorchSharp"] = [],
        ["Grpc.Core.Api"] = [],
        ["Grpc.Net.Common"] = ["Grpc.Core.Api"],
        ["QuickStart"] = ["VsgGym.Client"],
    };

    [Fact]
    public void EveryProject_ImportsOnlyLowerFloors()
    {
        var wrong = from project in Projects()
                    let name = Path.GetFileNameWithoutExtension(project)
                    from import in Imports(project)
                    where !Allowed.TryGetValue(name, out string[]? allowed) || !allowed.Contains(import)
                    select $"{name} -> {import}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryProject_HasAFloor() =>
        Assert.All(Projects(), project => Assert.Contains(Path.GetFileNameWithoutExtension(project), Allowed.Keys));

    [Fact]
    public void Grpc_IsUsedOutsideTheFloorsOnly()
    {
        var wrong = from project in Projects()
                    let name = Path.GetFileNameWithoutExtension(project)
                    where !GrpcUsers.Contains(name) && name is not "QuickStart"
                    where XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("UsesGrpc").Any(e => e.Value == "true")
                    select name;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Server_NamesConcreteAssembliesOnlyInComposition()
    {
        var wrong = from file in Repository.Files("src/VsgGym.Server", "*.cs")
                    where !Composers.Any(name => file.EndsWith(name, StringComparison.Ordinal))
                    let text = Repository.Read(file)
                    from assembly in ConcreteAssemblies
                    where text.Contains($"{assembly}.", StringComparison.Ordinal) || text.Contains($"using {assembly};", StringComparison.Ordinal)
                    select $"{file} names {assembly}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Projects() =>
        Repository.Files("src", "*.csproj").Concat(Repository.Files("clients/csharp", "*.csproj"));

    private static IEnumerable<string> Imports(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/')));
}
