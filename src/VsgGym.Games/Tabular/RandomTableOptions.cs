using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The options that random tables share: how large, how dense, which one.</summary>
public abstract record RandomTableOptions : TabularOptions
{
    /// <summary>The most (state, joint action) rows, 2^22.</summary>
    public const int MaximumRows = 1 << 22;

    /// <summary>The most rewards of all players together, 2^24.</summary>
    public const int MaximumRewards = 1 << 24;

    /// <summary>The most transitions, 2^23.</summary>
    public const int MaximumTransitions = 1 << 23;

    /// <summary>Starts without horizon.</summary>
    protected RandomTableOptions()
        : base(horizon: null, discount: 0.9)
    {
    }

    /// <summary>Number of players N.</summary>
    [Range(1, 16)]
    public int Players { get; init; } = 2;

    /// <summary>Number of states S.</summary>
    [Range(1, MaximumRows)]
    public int States { get; init; } = 10;

    /// <summary>Number of actions of each player.</summary>
    [Range(1, 4096)]
    public int Actions { get; init; } = 3;

    /// <summary>Share of the states that can follow a state and joint action, rounded to a whole number of them, at least one.</summary>
    [Range(0d, 1d)]
    public double Density { get; init; } = 0.3;

    /// <summary>Which of the random games; the same options and seed give the same game everywhere.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many states can follow a row.</summary>
    internal int Successors => (int)Math.Clamp(Math.Round(Density * States), 1, States);

    /// <inheritdoc/>
    public override void Validate(string path, FaultList faults)
    {
        base.Validate(path, faults);
        if (TableSize.JointActions(Players, Actions, MaximumRows / States) is not { } joint)
        {
            faults.Add(
                $"{path}.states", $"{States} states, {Players} players of {Actions} actions",
                $"states times joint actions, {States} * {Actions}^{Players}, must not exceed {MaximumRows}", "game_too_large");
            return;
        }

        long rows = (long)States * joint;
        if (rows * Players > MaximumRewards)
            faults.Add($"{path}.players", $"{Players} players of {rows} rewards", $"the rewards of all players together must not exceed {MaximumRewards}", "game_too_large");
        if (rows * Successors > MaximumTransitions)
            faults.Add(
                $"{path}.density", $"{rows} rows of {Successors} next states",
                $"the transitions must not exceed {MaximumTransitions}: at most {MaximumTransitions / rows} next states each", "game_too_large");
    }
}
