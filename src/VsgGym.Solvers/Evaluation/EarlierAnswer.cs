using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>What a warm start takes from an earlier answer.</summary>
internal static class EarlierAnswer
{
    private const string Root = "start.", ValuesPath = "start.values", ModelsPath = "start.opponent_models", ArraysPath = "start.arrays"; // start: the earlier answer, as on the wire
    private const double AcceptedSumError = 1e-6;
    private const string Sums = "must be probabilities that sum to 1 within 1e-6";

    /// <summary>Refuses an answer that does not fit a game, before a method takes anything of it; arrays are left to the methods that know them.</summary>
    /// <param name="game">The game.</param>
    /// <param name="earlier">The answer.</param>
    /// <exception cref="VsgGymException">Policies are missing, of another shape or play illegal actions; or values or opponent models are there, but not one for
    /// each player, or of another shape; every fault. Or values are not finite, or models no distributions.</exception>
    public static void Check(ISolvableGame game, Solution earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var faults = new FaultList();
        CheckPolicies(game, earlier.Policies.Policies, faults);
        CheckShapes(game, ValuesPath, earlier.Values, _ => [game.StateCount], game.Horizon + 1, faults);
        CheckShapes(game, ModelsPath, earlier.OpponentModels, p => [game.StateCount, .. game.ActionCounts.RemoveAt(p)], game.Horizon, faults);
        faults.ThrowIfAny();
        for (int p = 0; p < game.Players.Length; p++)
        {
            if (!earlier.Values.IsDefaultOrEmpty) CheckNumbers(earlier.Values[p].Data, $"{ValuesPath}.{game.Players[p]}", faults);
            if (!earlier.OpponentModels.IsDefaultOrEmpty) CheckRows(earlier.OpponentModels[p].Data, Others(game, p), $"{ModelsPath}.{game.Players[p]}", faults);
        }

        faults.ThrowIfAny();
    }

    /// <summary>A player's values, [S], or [T + 1, S] in a game with a horizon: those of the answer, or where it has none over the times, those of its policies.</summary>
    /// <param name="game">The table.</param>
    /// <param name="earlier">An answer that fits it.</param>
    /// <param name="player">Whose.</param>
    /// <param name="cancellationToken">Checked where policies are evaluated.</param>
    public static double[] Values(StochasticGame game, Solution earlier, int player, CancellationToken cancellationToken)
    {
        int rank = game.Horizon is null ? 1 : 2; // a stationary method's values say nothing of the times
        if (!earlier.Values.IsDefaultOrEmpty && earlier.Values[player].Shape.Length == rank) return earlier.Values[player].Data;
        return BestResponse.Evaluate(game, earlier.Policies, player, cancellationToken).Values.Data;
    }

    /// <summary>A player's values of the first time, [S], for methods whose answers do not depend on time.</summary>
    public static ReadOnlySpan<double> FirstValues(StochasticGame game, Solution earlier, int player, CancellationToken cancellationToken) =>
        Values(game, earlier, player, cancellationToken).AsSpan(0, game.StateCount);

    /// <summary>An array that a method knows by name; null where the answer has none of that shape.</summary>
    /// <param name="earlier">The answer.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shape">What the method would write.</param>
    /// <exception cref="VsgGymException">A number of it is not finite.</exception>
    public static double[]? Numbers(Solution earlier, string name, ImmutableArray<int> shape)
    {
        if (!earlier.Arrays.TryGetValue(name, out var array) || !array.Shape.SequenceEqual(shape)) return null;
        var faults = new FaultList();
        CheckNumbers(array.Data, $"{ArraysPath}.{name}", faults);
        faults.ThrowIfAny();
        return array.Data;
    }

    /// <summary>As <see cref="Numbers"/>, of probabilities that sum to 1 along an axis.</summary>
    /// <param name="earlier">The answer.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shape">What the method would write.</param>
    /// <param name="axis">Of the shape, from 0.</param>
    /// <exception cref="VsgGymException">A row along the axis is no distribution.</exception>
    public static double[]? Probabilities(Solution earlier, string name, ImmutableArray<int> shape, int axis)
    {
        if (Numbers(earlier, name, shape) is not { } numbers) return null;
        int stride = shape.Skip(axis + 1).Aggregate(1, (size, extent) => size * extent);
        var row = new double[shape[axis]];
        var faults = new FaultList();
        for (int k = 0; k < numbers.Length / row.Length; k++)
        {
            int start = (k / stride * stride * row.Length) + (k % stride);
            for (int a = 0; a < row.Length; a++) row[a] = numbers[start + (a * stride)];
            if (!Simplex.IsDistribution(row, AcceptedSumError)) faults.Add($"{ArraysPath}.{name}[{start}]", string.Join(", ", row), Sums, "bad_sum");
        }

        faults.ThrowIfAny();
        return numbers;
    }

    /// <summary>Copies every player's policies of a time.</summary>
    /// <param name="earlier">The answer.</param>
    /// <param name="time">t; a stationary policy is the same at all times.</param>
    /// <param name="policies">[N][S * A], overwritten.</param>
    public static void CopyPolicies(Solution earlier, int time, double[][] policies)
    {
        double[][] tables = BackwardInduction.At(earlier.Policies, time);
        for (int p = 0; p < policies.Length; p++) tables[p].CopyTo(policies[p].AsSpan());
    }

    private static void CheckPolicies(ISolvableGame game, ImmutableArray<TabularPolicy> policies, FaultList faults)
    {
        try
        {
            _ = new PolicyProfile(game, policies);
        }
        catch (VsgGymException error)
        {
            faults.AddAll(new VsgGymException(error.Kind, [.. error.Faults.Select(fault => fault with { Path = Root + fault.Path })]));
        }
    }

    // One array per player, stationary or over the times, or none at all.
    private static void CheckShapes(ISolvableGame game, string path, ImmutableArray<ShapedArray> parts, Func<int, ImmutableArray<int>> stationary, int? times, FaultList faults)
    {
        if (parts.IsDefaultOrEmpty) return;
        if (parts.Length != game.Players.Length)
        {
            faults.Add(path, parts.Length, $"one array per player is needed, or none: {string.Join(", ", game.Players)}", "wrong_shape");
            return;
        }

        for (int p = 0; p < parts.Length; p++)
        {
            ImmutableArray<int> given = parts[p].Shape, shape = stationary(p);
            if (given.SequenceEqual(shape) || (times is { } t && given.SequenceEqual([t, .. shape]))) continue;
            faults.Add($"{path}.{game.Players[p]}", Show(given), $"must have shape {Show(shape)}" + (times is { } most ? $" or {Show([most, .. shape])}" : string.Empty), "wrong_shape");
        }
    }

    private static void CheckNumbers(double[] numbers, string path, FaultList faults)
    {
        int k = Array.FindIndex(numbers, number => !double.IsFinite(number));
        if (k >= 0) faults.Add($"{path}[{k}]", numbers[k], "must be finite", "not_finite");
    }

    private static void CheckRows(double[] numbers, int width, string path, FaultList faults)
    {
        for (int start = 0; start < numbers.Length; start += width)
        {
            var row = numbers.AsSpan(start, width);
            if (!Simplex.IsDistribution(row, AcceptedSumError)) faults.Add($"{path}[{start / width}]", string.Join(", ", row.ToArray()), Sums, "bad_sum");
        }
    }

    private static int Others(ISolvableGame game, int player) => game.ActionCounts.RemoveAt(player).Aggregate(1, (size, count) => size * count);

    private static string Show(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";
}
