using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>How far each player's model of the others is from what they play.</summary>
internal static class OpponentModels
{
    /// <summary>Mean total variation over times and states, [N]; NaN for a player without a model, empty where nobody has one.</summary>
    /// <param name="table">The game.</param>
    /// <param name="policies">What is played.</param>
    /// <param name="models">[N].</param>
    public static ImmutableArray<double> Distances(StochasticGame table, PolicyProfile policies, IReadOnlyList<IPlayerModel> models)
    {
        ShapedArray?[] rho = [.. models.Select(model => model.OpponentTable(table))];
        return rho.All(model => model is null) ? [] : [.. rho.Select((model, player) => model is null ? double.NaN : Distance(table, policies, model, player))];
    }

    private static double Distance(StochasticGame table, PolicyProfile policies, ShapedArray rho, int player)
    {
        int others = table.JointActionCount / table.ActionCounts[player];
        int times = policies.Policies.Max(policy => policy.Times);
        var played = new double[others];
        double sum = 0;
        for (int t = 0; t < times; t++)
        {
            for (int s = 0; s < table.StateCount; s++)
            {
                Joint(policies, player, t, s, played);
                sum += TotalVariation(played, rho.Data.AsSpan(s * others, others));
            }
        }

        return sum / ((long)times * table.StateCount);
    }

    /// <summary>The others' joint action as they play it, each by itself, in player order with the first one slowest.</summary>
    private static void Joint(PolicyProfile policies, int player, int time, int state, double[] played)
    {
        int filled = 1;
        played[0] = 1;
        for (int p = 0; p < policies.Policies.Length; p++)
        {
            if (p == player) continue;
            var row = policies[p].Row(time, state);
            for (int j = filled - 1; j >= 0; j--) // from the end, so that nothing is overwritten before it is read
                for (int a = row.Length - 1; a >= 0; a--) played[(j * row.Length) + a] = played[j] * row[a];
            filled *= row.Length;
        }
    }

    private static double TotalVariation(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++) sum += Math.Abs(first[i] - second[i]);
        return sum / 2;
    }
}
