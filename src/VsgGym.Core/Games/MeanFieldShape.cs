using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The names, the times and the start of a <see cref="MeanFieldGame"/>.</summary>
public sealed record MeanFieldShape
{
    /// <summary>A name per state, [S], S at least 1.</summary>
    public required ImmutableArray<string> StateLabels { get; init; }

    /// <summary>A name per action, [A], A at least 1.</summary>
    public required ImmutableArray<string> ActionLabels { get; init; }

    /// <summary>Number of decisions T, at times 0, ..., T - 1; at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>The population's distribution at time 0, [S].</summary>
    public required ImmutableArray<double> Initial { get; init; }

    /// <summary>Adds every broken rule.</summary>
    internal void Check(FaultList faults)
    {
        Names("states", StateLabels, faults);
        Names("actions", ActionLabels, faults);
        if (Horizon is < 1 or > StochasticGameBuilder.MaximumHorizon)
            faults.Add("horizon", Horizon, $"must be in [1, {StochasticGameBuilder.MaximumHorizon}]", "out_of_range");
        if (Initial.Length != StateLabels.Length)
            faults.Add("initial", $"shape [{Initial.Length}]", $"must have shape [{StateLabels.Length}], a probability per state", "wrong_shape");
        else
            StochasticGameChecks.Initial([.. Initial], faults);
    }

    private static void Names(string path, ImmutableArray<string> labels, FaultList faults)
    {
        if (labels.Length == 0) faults.Add(path, "[]", "at least one is needed", "empty");
        for (int i = 0; i < labels.Length; i++)
            if (string.IsNullOrWhiteSpace(labels[i])) faults.Add($"{path}[{i}]", $"'{labels[i]}'", "a name must not be blank", "empty");
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Length)
            faults.Add(path, string.Join(", ", labels), "names must differ", "duplicate");
    }
}
