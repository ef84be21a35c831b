using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What solvers solve and metrics measure: a stochastic game, a mean-field game or a flow graph; here the shape of its policies.</summary>
public interface ISolvableGame
{
    /// <summary>What it is, for messages: "a stochastic game".</summary>
    string KindName { get; }

    /// <summary>The concept that profiles are measured against where nobody names one: "nash".</summary>
    string UsualConcept { get; }

    /// <summary>The seats' names, [N], N at least 1.</summary>
    ImmutableArray<string> Players { get; }

    /// <summary>Number of states S; nodes of a graph.</summary>
    int StateCount { get; }

    /// <summary>A name per state, [S], or empty.</summary>
    ImmutableArray<string> StateLabels { get; }

    /// <summary>Number of actions of each player, [N].</summary>
    ImmutableArray<int> ActionCounts { get; }

    /// <summary>A name per action and player, [N][A_p].</summary>
    ImmutableArray<ImmutableArray<string>> ActionLabels { get; }

    /// <summary>The number of decisions T, over which policies may depend on time; null where they may not.</summary>
    int? Horizon { get; }

    /// <summary>Whether some state forbids some action.</summary>
    bool HasIllegalActions { get; }

    /// <summary>Whether a policy may give an action a probability above 0 in a state.</summary>
    bool IsLegal(int player, int state, int action);
}
