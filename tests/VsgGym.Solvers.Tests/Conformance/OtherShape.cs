using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The shape of a game other than one at hand, to make answers of it.</summary>
/// <param name="States">S.</param>
/// <param name="ActionCounts">[N], also of no player.</param>
/// <param name="Horizon">T, or null.</param>
internal sealed record OtherShape(int States, ImmutableArray<int> ActionCounts, int? Horizon) : ISolvableGame
{
    /// <summary>The shape of a game.</summary>
    public static OtherShape Of(ISolvableGame game) => new(game.StateCount, game.ActionCounts, game.Horizon);

    public string KindName => "a shape";

    public string UsualConcept => "none";

    public ImmutableArray<string> Players => [.. ActionCounts.Select((_, p) => $"other_{p}")];

    public int StateCount => States;

    public ImmutableArray<string> StateLabels => [];

    public ImmutableArray<ImmutableArray<string>> ActionLabels => [];

    public bool HasIllegalActions => false;

    public bool IsLegal(int player, int state, int action) => true;

    /// <summary>Uniform play of all actions at so many times, 1 for a stationary policy.</summary>
    public PolicyProfile Play(int times = 1) => new(this, [.. ActionCounts.Select(actions =>
        new TabularPolicy([.. Enumerable.Repeat(1.0 / actions, times * States * actions)], times, States, actions))]);
}
