using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The checked arrays a <see cref="StochasticGameBuilder"/> hands over.</summary>
internal sealed class StochasticGameParts
{
    public required ImmutableArray<string> Players { get; init; }

    public required ImmutableArray<ImmutableArray<string>> ActionLabels { get; init; }

    public required ImmutableArray<string> StateLabels { get; init; }

    public required int[] ActionCounts { get; init; }

    public required int[] Strides { get; init; }

    public required int StateCount { get; init; }

    public required int JointActionCount { get; init; }

    public required int? Horizon { get; init; }

    public required double Discount { get; init; }

    /// <summary>[N][S * J].</summary>
    public required double[][] Rewards { get; init; }

    /// <summary>[N][S].</summary>
    public required double[][] TerminalRewards { get; init; }

    public required int[] RowStart { get; init; }

    public required int[] NextState { get; init; }

    public required double[] Probability { get; init; }

    /// <summary>[S].</summary>
    public required double[] Initial { get; init; }

    /// <summary>[N][S * A_p], or null where every action is legal.</summary>
    public required bool[][]? Legal { get; init; }
}
