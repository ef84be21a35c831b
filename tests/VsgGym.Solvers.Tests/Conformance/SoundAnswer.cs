using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>What every answer of every solver has to be.</summary>
internal static class SoundAnswer
{
    /// <summary>Shapes, distributions and finite numbers.</summary>
    public static void Check(ISolvableGame game, Solution solution)
    {
        Assert.Equal(game.Players.Length, solution.Policies.Policies.Length);
        for (int p = 0; p < game.Players.Length; p++) Policy(game, solution.Policies[p], game.ActionCounts[p]);
        if (solution.Policies.Joint is { } joint) Policy(game, joint, game.ActionCounts.Aggregate(1, (product, count) => product * count));
        Assert.True(solution.Values.IsEmpty || solution.Values.Length == game.Players.Length);
        foreach (var values in solution.Values)
        {
            int[] shape = [.. values.Shape];
            Assert.True(shape.SequenceEqual([game.StateCount]) || (game.Horizon is { } horizon && shape.SequenceEqual([horizon + 1, game.StateCount])), $"values [{string.Join(", ", shape)}]");
            Assert.All(values.Data, value => Assert.True(double.IsFinite(value)));
        }

        Models(game, solution.OpponentModels);
        foreach (var (name, array) in solution.Arrays)
            Assert.All(array.Data, value => Assert.True(double.IsFinite(value), $"{name}: {value}"));
    }

    /// <summary>Everything in an answer as bits.</summary>
    public static long[] Bits(Solution solution)
    {
        var numbers = solution.Policies.Policies.SelectMany(policy => policy.Probabilities.ToArray())
            .Concat(solution.Policies.Joint is { } joint ? joint.Probabilities.ToArray() : [])
            .Concat(solution.Values.SelectMany(values => values.Data))
            .Concat(solution.OpponentModels.SelectMany(model => model.Data))
            .Concat(solution.Arrays.SelectMany(array => array.Value.Data));
        return [.. numbers.Select(BitConverter.DoubleToInt64Bits)];
    }

    /// <summary>The same profile from copies of its numbers.</summary>
    public static PolicyProfile Copy(ISolvableGame game, PolicyProfile policies)
    {
        TabularPolicy Again(TabularPolicy policy) => new(policy.Probabilities.ToArray(), policy.Times, policy.States, policy.Actions);
        return policies.Joint is { } joint ? PolicyProfile.Correlated((StochasticGame)game, Again(joint)) : new PolicyProfile(game, [.. policies.Policies.Select(Again)]);
    }

    private static void Policy(ISolvableGame game, TabularPolicy policy, int actions)
    {
        Assert.True(policy.Times == 1 || policy.Times == game.Horizon);
        Assert.Equal((game.StateCount, actions), (policy.States, policy.Actions));
        for (int t = 0; t < policy.Times; t++)
            for (int s = 0; s < policy.States; s++) Assert.True(Simplex.IsDistribution(policy.Row(t, s)), $"time {t}, state {s}: {string.Join(", ", policy.Row(t, s).ToArray())}");
    }

    private static void Models(ISolvableGame game, ImmutableArray<ShapedArray> models)
    {
        Assert.True(models.IsEmpty || models.Length == game.Players.Length);
        for (int p = 0; p < models.Length; p++)
        {
            int[] shape = [.. models[p].Shape], stationary = [game.StateCount, .. game.ActionCounts.RemoveAt(p)];
            Assert.True(shape.SequenceEqual(stationary) || (game.Horizon is { } horizon && shape.SequenceEqual([horizon, .. stationary])), $"model [{string.Join(", ", shape)}]");
            int others = game.ActionCounts.RemoveAt(p).Aggregate(1, (product, count) => product * count);
            for (int row = 0; row < models[p].Data.Length; row += others) Assert.True(Simplex.IsDistribution(models[p].Data.AsSpan(row, others)));
        }
    }
}
