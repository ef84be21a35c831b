using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The rules that the arrays of a <see cref="LinearMeanFieldGame"/> must obey; each adds its faults to the caller's list.</summary>
internal static class LinearMeanFieldChecks
{
    private const double Tolerance = 1e-9;

    /// <summary>The game's names and times, after every fault of the arrays has been found.</summary>
    /// <exception cref="VsgGymException">Every fault.</exception>
    public static MeanFieldShape Shape(LinearMeanFieldTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var faults = new FaultList();
        var shape = tables.Rewards.Shape;
        if (shape.Length is not (2 or 3) || shape.Any(extent => extent < 1))
        {
            faults.Add("rewards", $"shape {Show(shape)}", "must have shape [S, A] or [T, S, A], each at least 1", "wrong_shape");
            faults.ThrowIfAny();
        }

        int states = shape[^2], actions = shape[^1];
        MeanFieldGame.CheckSize(states, actions);
        bool fits = Match("rewards", tables.Rewards, [states, actions], tables.Horizon, faults)
            & Match("reward_terms", tables.RewardTerms, [states, actions, states], tables.Horizon, faults)
            & Match("transitions", tables.Transitions, [states, actions, states], tables.Horizon, faults)
            & Match("transition_terms", tables.TransitionTerms, [states, actions, states, states], tables.Horizon, faults);
        var named = new MeanFieldShape
        {
            StateLabels = Names(tables.States, states, "states", faults),
            ActionLabels = Names(tables.Actions, actions, "actions", faults),
            Horizon = tables.Horizon,
            Initial = Initial(tables.Initial, states),
        };
        named.Check(faults);
        bool finite = Finite("rewards", tables.Rewards, faults) & Finite("reward_terms", tables.RewardTerms, faults)
            & Finite("transitions", tables.Transitions, faults) & Finite("transition_terms", tables.TransitionTerms, faults);
        if (fits && finite) Corners(tables, states, actions, faults);
        faults.ThrowIfAny();
        return named;
    }

    private static bool Match(string path, ShapedArray? array, ImmutableArray<int> needed, int horizon, FaultList faults)
    {
        if (array is null || array.Shape.SequenceEqual(needed) || (array.Shape.Length > 0 && array.Shape[0] == horizon && array.Shape[1..].SequenceEqual(needed))) return true;
        faults.Add(path, $"shape {Show(array.Shape)}", $"must have shape {Show(needed)} or {Show([horizon, .. needed])}", "wrong_shape");
        return false;
    }

    private static ImmutableArray<string> Names(IReadOnlyList<string>? names, int count, string path, FaultList faults)
    {
        ImmutableArray<string> numbers = [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        if (names is not { Count: > 0 }) return numbers;
        if (names.Count == count) return [.. names];
        faults.Add(path, $"{names.Count} names", $"must name each of the {count}, or be absent", "wrong_shape");
        return numbers;
    }

    private static ImmutableArray<double> Initial(ShapedArray? initial, int states)
    {
        if (initial is not null) return [.. initial.Data];
        var first = new double[states];
        first[0] = 1;
        return [.. first];
    }

    private static bool Finite(string path, ShapedArray? array, FaultList faults)
    {
        int before = faults.Count;
        for (int i = 0; i < (array?.Data.Length ?? 0); i++)
            if (!double.IsFinite(array!.Data[i])) faults.Add($"{path}[{Unravel(array.Shape, i)}]", array.Data[i], "must be finite", "not_finite");
        return faults.Count == before;
    }

    /// <summary>
    /// A row is linear in the population, so it is a distribution for every population exactly when it is one wherever the whole
    /// population is in one state.
    /// </summary>
    private static void Corners(LinearMeanFieldTables tables, int states, int actions, FaultList faults)
    {
        int rows = states * actions, corners = tables.TransitionTerms is null ? 1 : states;
        bool timed = tables.Transitions.Shape.Length == 4 || tables.TransitionTerms?.Shape.Length == 5;
        for (int row = 0; row < rows * (timed ? tables.Horizon : 1); row++)
        {
            string at = timed ? $"{row / rows}, {row % rows / actions}, {row % actions}" : $"{row / actions}, {row % actions}";
            for (int z = 0; z < corners; z++)
            {
                double sum = 0;
                for (int next = 0; next < states; next++) sum += Corner(tables, states, row, rows, next, z, at, faults);
                if (!(Math.Abs(sum - 1) <= Tolerance))
                    faults.Add($"transitions[{at}]", sum, $"must sum to 1 within {Tolerance:g}{Where(tables, z)}", "bad_sum");
            }
        }
    }

    private static double Corner(LinearMeanFieldTables tables, int states, int row, int rows, int next, int z, string at, FaultList faults)
    {
        double fixedPart = tables.Transitions.Data[((tables.Transitions.Shape.Length == 4 ? row : row % rows) * states) + next];
        double perShare = tables.TransitionTerms is { } terms ? terms.Data[((((terms.Shape.Length == 5 ? row : row % rows) * states) + next) * states) + z] : 0;
        double probability = fixedPart + perShare;
        double least = tables.TransitionTerms is null ? 0 : -Tolerance; // a sum of two may be a rounding error below 0
        if (probability < least) faults.Add($"transitions[{at}, {next}]", probability, $"a probability must not be negative{Where(tables, z)}", "bad_probability");
        return probability;
    }

    private static string Where(LinearMeanFieldTables tables, int z) =>
        tables.TransitionTerms is null ? string.Empty : $", transition_terms included, where the whole population is in state {z}";

    private static string Show(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";

    private static string Unravel(ImmutableArray<int> shape, int index)
    {
        var indices = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--) (index, indices[d]) = Math.DivRem(index, shape[d]);
        return string.Join(", ", indices);
    }
}
