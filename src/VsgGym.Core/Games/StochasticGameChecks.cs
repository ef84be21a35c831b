using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The rules a table must obey; each adds its faults to the caller's list.</summary>
internal static class StochasticGameChecks
{
    public static void Initial(double[] initial, FaultList faults)
    {
        double sum = 0;
        for (int s = 0; s < initial.Length; s++)
        {
            if (!double.IsFinite(initial[s]) || initial[s] < 0)
                faults.Add($"initial[{s}]", initial[s], "a probability must be finite and not negative", "bad_probability");
            sum += initial[s];
        }

        if (Math.Abs(sum - 1) > 1e-9) faults.Add("initial", sum, "must sum to 1 within 1e-9", "bad_sum");
    }

    public static void Rewards(double[] rewards, int player, int jointActions, Func<int, string> unravel, FaultList faults)
    {
        for (int row = 0; row < rewards.Length; row++)
            if (!double.IsFinite(rewards[row]))
                faults.Add($"rewards[{player}, {unravel(row)}]", rewards[row], "a reward must be finite", "not_finite");
    }

    public static void TerminalRewards(double[] rewards, int player, bool discounted, FaultList faults)
    {
        for (int s = 0; s < rewards.Length; s++)
        {
            if (!double.IsFinite(rewards[s]))
                faults.Add($"terminal_rewards[{player}, {s}]", rewards[s], "a reward must be finite", "not_finite");
            else if (rewards[s] != 0 && discounted)
                faults.Add($"terminal_rewards[{player}, {s}]", rewards[s], "only a game with a horizon pays terminal rewards", "no_horizon");
        }
    }

    public static void LegalActions(bool[][]? legal, ImmutableArray<string> players, int[] counts, int states, FaultList faults)
    {
        if (legal is null) return;
        for (int p = 0; p < counts.Length; p++)
            for (int s = 0; s < states; s++)
                if (!legal[p].AsSpan(s * counts[p], counts[p]).Contains(true))
                    faults.Add($"legal_actions.{players[p]}[{s}]", "none", "a player needs at least one legal action in every state", "empty");
    }

    public static void HorizonOrDiscount(int? horizon, double? discount, FaultList faults)
    {
        if (horizon is not null && discount is not null)
            faults.Add("discount, horizon", $"{discount}, {horizon}", "exactly one of the two must be given, not both", "both_given");
        if (horizon is null && discount is null)
            faults.Add("discount, horizon", "neither", "exactly one of the two must be given", "neither_given");
        if (horizon < 1) faults.Add("horizon", horizon, "must be at least 1", "out_of_range");
        if (horizon > StochasticGameBuilder.MaximumHorizon)
            faults.Add("horizon", horizon, $"must be at most {StochasticGameBuilder.MaximumHorizon}; a longer game is better discounted", "out_of_range");
        if (discount is not (null or (> 0 and < 1))) faults.Add("discount", discount, "must be in (0, 1)", "out_of_range");
    }

    public static void Row(
        int row, ReadOnlySpan<int> successors, ReadOnlySpan<double> probabilities, int states, double tolerance, Func<int, string> unravel, FaultList faults)
    {
        double sum = 0;
        bool sound = true;
        for (int i = 0; i < successors.Length; i++)
        {
            int next = successors[i];
            double probability = probabilities[i];
            if (next < 0 || next >= states)
            {
                faults.Add($"transitions[{unravel(row)}, {next}]", next, $"a next state must be in [0, {states - 1}]", "out_of_range");
                sound = false;
            }
            else if (!double.IsFinite(probability) || probability < 0)
            {
                faults.Add($"transitions[{unravel(row)}, {next}]", probability, "a probability must be finite and not negative", "bad_probability");
                sound = false;
            }

            sum += probability;
        }

        if (sound && sum != 0 && Math.Abs(sum - 1) > tolerance)
            faults.Add($"transitions[{unravel(row)}]", sum, $"a row must sum to 1 within {tolerance:g} (or to 0: the episode ends)", "bad_sum");
    }
}
