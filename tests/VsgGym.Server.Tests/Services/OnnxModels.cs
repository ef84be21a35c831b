using VsgGym.Core;
using VsgGym.Server.Models;
using VsgGym.Server.Tests.Hosting;

namespace VsgGym.Server.Tests.Services;

/// <summary>Real model files of the climbing game.</summary>
internal static class OnnxModels
{
    private static readonly StochasticGame Climbing = Composition.Catalog.CreateGame("climbing-v0").Table!;

    /// <summary>The file of player_0's or player_1's policy in one state.</summary>
    public static byte[] File(int player, params double[] probabilities)
    {
        using var folder = new TemporaryFolder();
        var origin = new TableOrigin("climbing-v0", "{\"horizon\":1}", "tests", 3);
        var written = Composition.TableExporter.Write(new TabularPolicy(probabilities, 1, 1, 3), Climbing, player, origin, folder["out"]);
        return System.IO.File.ReadAllBytes(Path.Combine(folder["out"], written.File));
    }
}
