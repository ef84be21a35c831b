using System.Runtime.InteropServices;
using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class RandomGameTests
{
    [Theory]
    [InlineData(RandomGameKind.General, 1, 7, 4, 0.5, 4)]
    [InlineData(RandomGameKind.General, 3, 20, 2, 0.01, 1)]
    [InlineData(RandomGameKind.ZeroSum, 2, 6, 3, 1, 6)]
    [InlineData(RandomGameKind.Cooperative, 2, 15, 3, 0.2, 3)]
    [InlineData(RandomGameKind.Potential, 3, 9, 2, 0, 1)]
    public void Sizes_AreTheOptions(RandomGameKind kind, int players, int states, int actions, double density, int successors)
    {
        var options = new RandomGame.Options { Kind = kind, Players = players, States = states, Actions = actions, Density = density };
        var table = new RandomGame(options).Table;
        Assert.Equal((players, states, (int)Math.Pow(actions, players)), (table.PlayerCount, table.StateCount, table.JointActionCount));
        Assert.All(table.Initial.ToArray(), probability => Assert.Equal(1.0 / states, probability));
        for (int row = 0; row < states * table.JointActionCount; row++)
        {
            Assert.Equal(successors, table.RowStarts[row + 1] - table.RowStarts[row]);
            Assert.Equal(1, table.Probabilities[table.RowStarts[row]..table.RowStarts[row + 1]].ToArray().Sum(), 1e-14);
        }

        for (int player = 0; player < players; player++) Assert.All(table.Rewards(player).ToArray(), reward => Assert.InRange(reward, -1, 1));
    }

    [Fact]
    public void Kinds_AreWhatTheySay()
    {
        var zeroSum = Table(RandomGameKind.ZeroSum);
        for (int row = 0; row < 90; row++) Assert.Equal(0, zeroSum.Rewards(0)[row] + zeroSum.Rewards(1)[row]);
        Assert.Equal(Table(RandomGameKind.Cooperative).Rewards(0), Table(RandomGameKind.Cooperative).Rewards(1));
        Assert.Equal(zeroSum.Rewards(0), Table(RandomGameKind.Cooperative).Rewards(0)); // one draw, shared in two ways
        var general = Table(RandomGameKind.General);
        Assert.All(Enumerable.Range(0, 90), row => Assert.NotEqual(general.Rewards(0)[row], general.Rewards(1)[row]));
        Assert.Equal(general.NextStates, zeroSum.NextStates); // the transitions have a stream of their own
        Assert.Equal(general.Probabilities, zeroSum.Probabilities);
    }

    [Theory]
    [InlineData(RandomGameKind.Potential, true)]
    [InlineData(RandomGameKind.General, false)]
    public void PotentialKind_HasNoGainAroundACircleOfTwoDeviators(RandomGameKind kind, bool potential)
    {
        // Monderer and Shapley 1996, Corollary 2.9: exact potential games are those where, along each closed path of four deviations by two players
        // in turn, the deviators' gains sum to 0. Here over all deterministic stationary policies, from each first state.
        var table = new RandomGame(new RandomGame.Options { Kind = kind, States = 3, Actions = 2, Density = 0.7, Discount = 0.6, Seed = 2 }).Table;
        var profiles = Profiles.Deterministic(table);
        const int Policies = 8;
        double[][][] values = [.. Enumerable.Range(0, 2).Select(p => profiles.Select(profile => Profiles.Value(table, p, profile)).ToArray())];
        double largest = 0;
        for (int a = 0; a < profiles.Length; a++)
            for (int b = 0; b < profiles.Length; b++)
            {
                int ab = (a / Policies * Policies) + (b % Policies), ba = (b / Policies * Policies) + (a % Policies);
                for (int s = 0; s < 3; s++)
                    largest = Math.Max(largest, Math.Abs(values[0][ba][s] - values[0][a][s] + values[1][b][s] - values[1][ba][s] + values[0][ab][s] - values[0][b][s] + values[1][a][s] - values[1][ab][s]));
            }

        if (potential) Assert.InRange(largest, 0, 1e-12);
        else Assert.InRange(largest, 0.1, 100);
    }

    [Fact]
    public void SameOptions_GiveTheSameBits_HereAndEverywhere()
    {
        // The hashes come from a program apart (Python, written from the description of the generator and of the draws). A change of any
        // number changes every result published with these games, and asks for a new version.
        Assert.Equal("0FA2ACB93B804A9F", Print(new RandomGame.Options()));
        Assert.Equal("D6C7DC79418F576B", Print(new RandomGame.Options { Kind = RandomGameKind.Potential, Players = 3, Density = 0.5, Seed = ulong.MaxValue }));
        Assert.NotEqual(Print(new RandomGame.Options()), Print(new RandomGame.Options { Seed = 1 }));
    }

    [Fact]
    public void Successors_AreUniformSets_WithProbabilitiesUniformOnTheSimplex()
    {
        const int States = 50, Count = 5;
        var table = new RandomGame(new RandomGame.Options { States = States, Actions = 20, Density = Count / (double)States }).Table;
        int rows = States * table.JointActionCount; // 20000
        var hits = new int[States];
        double[] first = new double[Count], second = new double[Count];
        for (int i = 0; i < table.TransitionCount; i++)
        {
            hits[table.NextStates[i]]++;
            first[i % Count] += table.Probabilities[i] / rows;
            second[i % Count] += table.Probabilities[i] * table.Probabilities[i] / rows;
        }

        Assert.All(hits, count => Assert.InRange(count, 1790, 2210)); // 2000 expected, standard deviation 42
        Assert.All(first, mean => Assert.Equal(0.2, mean, 0.006)); // Dirichlet(1, ..., 1): mean 1/5, standard error 0.0012
        Assert.All(second, mean => Assert.Equal(2.0 / 30, mean, 0.004)); // second moment 2 / (5 * 6)
        double[] rewards = table.Rewards(0).ToArray();
        Assert.Equal(0, rewards.Average(), 0.02); // uniform on [-1, 1): standard error 0.004
        Assert.Equal(1.0 / 3, rewards.Average(reward => reward * reward), 0.01);
    }

    [Theory]
    [InlineData("""{"states": 4194304, "actions": 1, "players": 1, "density": 0}""", null)]
    [InlineData("""{"states": 4194304, "actions": 2, "players": 1, "density": 0}""", "states")]
    [InlineData("""{"states": 1, "actions": 4096, "players": 16}""", "states")]
    [InlineData("""{"states": 1000, "actions": 50, "density": 0.01}""", "density")]
    [InlineData("""{"states": 64, "actions": 2, "players": 16, "density": 0}""", "players")]
    [InlineData("""{"kind": "zero_sum", "players": 3}""", "players")]
    [InlineData("""{"kind": "zero_sum", "players": 3, "states": 4000, "density": 1}""", "density,players")]
    [InlineData("""{"seed": -1}""", "seed")]
    [InlineData("""{"density": 1.5}""", "density")]
    public void Sizes_AreCheckedBeforeTheTableIsMade(string options, string? names)
    {
        var error = Record.Exception(() => Catalog.Scan([typeof(RandomGame).Assembly]).CreateGame("random_game-v0", options));
        string? faulty = error is VsgGymException faults ? string.Join(",", faults.Faults.Select(fault => fault.Path["game.options.".Length..])) : null;
        Assert.Equal(names, faulty);
    }

    [Fact]
    public void TooLargeATable_IsRefusedInCodeToo()
    {
        var game = new RandomGame(new RandomGame.Options { States = 1000, Actions = 1000 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<VsgGymException>(() => game.Table);
        Assert.Equal("options.states = 1000 states, 2 players of 1000 actions: states times joint actions, 1000 * 1000^2, must not exceed 4194304", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static StochasticGame Table(RandomGameKind kind) => new RandomGame(new RandomGame.Options { Kind = kind }).Table;

    /// <summary>A hash of every bit of a table's rewards and transitions (FNV-1a).</summary>
    private static string Print(RandomGame.Options options)
    {
        var table = new RandomGame(options).Table;
        ulong hash = 14695981039346656037;
        for (int player = 0; player < table.PlayerCount; player++) Add(MemoryMarshal.AsBytes(table.Rewards(player)));
        Add(MemoryMarshal.AsBytes(table.NextStates));
        Add(MemoryMarshal.AsBytes(table.Probabilities));
        return hash.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

        void Add(ReadOnlySpan<byte> bytes)
        {
            foreach (byte b in bytes) hash = (hash ^ b) * 1099511628211;
        }
    }
}
