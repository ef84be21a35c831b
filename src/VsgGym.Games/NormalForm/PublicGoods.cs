using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The linear public-goods game: what each gives grows by a factor and is shared by all, givers or not.</summary>
/// <remarks>
/// <para>Story: all seats pay into a pot at once; the pot is multiplied and split evenly, so that all would gain if all gave, and each gains
/// by giving nothing.</para>
/// <para>Players: player_0, player_1, ..., `players` of them.</para>
/// <para>Observation: the constant 0 (one state).</para>
/// <para>Actions: the own contribution, a whole number from 0 to `levels`; by default 0 or 1.</para>
/// <para>Rewards: multiplier * (sum of all contributions) / players - own contribution. Between the multipliers 1 and N it is a social
/// dilemma: giving nothing dominates and pays 0, giving everything pays each (multiplier - 1) * levels. Above N giving
/// everything dominates.</para>
/// <para>End: after `horizon` repetitions, terminated; with `discount` never.</para>
/// <para>Options: horizon, discount, repeat, observation, players, multiplier, levels.</para>
/// <para>Unknown: nothing. Experiments start each seat with an endowment, which adds a constant to its reward; here it is left out. By
/// default a unit given returns multiplier / players = 1/2 to each.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("public_goods-v0")]
[Source("ledyard1995")]
public sealed class PublicGoods(PublicGoods.Options options) : NormalFormGame(options)
{
    /// <summary>The most joint actions, 2^20.</summary>
    public const int MaximumJointActions = 1 << 20;

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 1)
    {
        /// <summary>Number of players N.</summary>
        [Range(2, 20)]
        public int Players { get; init; } = 4;

        /// <summary>What the pot is multiplied by, r.</summary>
        [Range(0d, 1e6)]
        public double Multiplier { get; init; } = 2;

        /// <summary>The largest contribution; the smallest is 0.</summary>
        [Range(1, 100)]
        public int Levels { get; init; } = 1;

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            TableSize.CheckJointActions(path, Players, Levels + 1, MaximumJointActions, faults);
        }
    }

    /// <inheritdoc/>
    protected override string Title => "Public goods";

    /// <inheritdoc/>
    protected override int Seats => options.Players;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Actions { get; } = [.. Enumerable.Range(0, options.Levels + 1).Select(level => $"{level}")];

    /// <inheritdoc/>
    protected override double Payoff(int player, ReadOnlySpan<int> actions)
    {
        int sum = 0;
        foreach (int contribution in actions) sum += contribution;
        return (options.Multiplier * sum / options.Players) - actions[player];
    }
}
