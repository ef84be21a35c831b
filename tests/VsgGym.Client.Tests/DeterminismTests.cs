using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VsgGym.Client.Tests;

/// <summary>Same seed, same bits: for every batch size, transport and client.</summary>
/// <remarks>The golden file and its rule of play are shared with the Python client's tests, which state the rule (test_determinism.py).</remarks>
public sealed class DeterminismTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Copies = 64;
    private const int Steps = 50;
    private const ulong Seed = 20_240_607;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Trajectories_EqualTheGoldenHashes()
    {
        await using var client = await server.ConnectAsync();
        var games = await client.GamesAsync();
        string path = GoldenPath();
        if (Environment.GetEnvironmentVariable("VSGGYM_UPDATE") == "1") await UpdateAsync(client, games, path);
        Assert.True(File.Exists(path), $"{path} is missing: run bash tests/check.sh --update");
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        Assert.Equal(games.Select(game => game.Id), golden.Select(entry => entry.Key));
        foreach (var (game, expected) in golden)
        {
            Assert.Equal((Seed, Steps), (expected!["seed"]!.GetValue<ulong>(), expected["steps"]!.GetValue<int>()));
            foreach (int batch in (int[])[1, 7, 64])
                foreach (var transport in Enum.GetValues<EnvironmentTransport>())
                    Assert.Equal($"{game} by {batch}: {expected["sha256"]}", $"{game} by {batch}: {await DigestAsync(client, game, batch, transport)}");
        }
    }

    private static async Task UpdateAsync(VsgGymClient client, IEnumerable<CatalogEntry> games, string path)
    {
        var golden = new JsonObject();
        foreach (var game in games)
            golden[game.Id] = new JsonObject { ["seed"] = Seed, ["steps"] = Steps, ["sha256"] = await DigestAsync(client, game.Id, Copies, EnvironmentTransport.Stream) };
        await File.WriteAllTextAsync(path, golden.ToJsonString(Indented) + "\n");
    }

    private static async Task<string> DigestAsync(VsgGymClient client, string game, int batch, EnvironmentTransport transport)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int first = 0; first < Copies; first += batch)
        {
            int size = Math.Min(batch, Copies - first);
            await using var env = await client.MakeAsync(game, new() { NumEnvs = size, Seed = 1, Transport = transport });
            var parts = new List<BatchStep> { await env.ResetAsync(Seed + (ulong)first) };
            for (int t = 0; t < Steps; t++)
            {
                for (int seat = 0; seat < env.Players.Count; seat++) Act(env, parts[^1], seat, first, t);
                parts.Add(await env.StepAsync());
            }

            for (int copy = 0; copy < size; copy++)
                foreach (var part in parts) Append(hash, part, copy, size);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, BatchStep step, int copy, int copies)
    {
        foreach (var (offset, bytes) in step.Fields.InOrder)
            hash.AppendData(step.Data.Span.Slice(offset + (copy * (bytes / copies)), bytes / copies));
    }

    private static void Act(BatchEnvironment env, BatchStep step, int seat, int first, int time)
    {
        for (int copy = 0; copy < env.NumEnvs; copy++)
        {
            int m = (7 * time) + (3 * (first + copy)) + (5 * seat);
            if (env.Players[seat].Action is BoxSpace box)
            {
                for (int k = 0; k < box.Length; k++)
                {
                    double low = box.Low[k], high = box.High[k];
                    env.BoxActions(seat)[(copy * box.Length) + k] = (float)(low + ((high - low) * (m % 11) / 10));
                }

                continue;
            }

            int count = ((DiscreteSpace)env.Players[seat].Action).Count;
            var mask = step.LegalActions(seat);
            int[] legal = [.. Enumerable.Range(0, count)];
            if (!mask.IsEmpty)
            {
                bool[] own = mask.Slice(copy * count, count).ToArray();
                legal = [.. legal.Where(action => own[action])];
            }

            env.Actions(seat)[copy] = legal[m % legal.Length];
        }
    }

    private static string GoldenPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VsgGym.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "golden", "determinism.json");
    }
}
