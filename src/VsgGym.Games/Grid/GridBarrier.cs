using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Grid game 2: one goal for both, a free way that only one can take, and barriers in front of the others; a Battle of the Sexes in space.</summary>
/// <remarks>
/// <para>Story: the agents start in the bottom corners of a 3x3 grid; both want the top center. The way through the middle column is free but
/// too narrow for two; the moves north out of the bottom corners lead over a barrier.</para>
/// <para>Players: player_0 (A, starts on the left) and player_1 (B, on the right).</para>
/// <para>Observation, the same for both: the number of the state, which tells both agents' places. Features: row and column of each from the
/// top left.</para>
/// <para>Actions: N, S, E, W, stay; a move off the grid is illegal. Both move at once. A move north out of a bottom corner succeeds with
/// `pass_probability`, independently for each agent, and else the agent stays. Then two agents that would stand in one cell other than the
/// goal, or change places, collide and stay where they were.</para>
/// <para>Rewards: `goal_reward` at the goal, to both where they arrive together; minus `collision_cost` for each agent in a collision. A collision
/// that hangs on a barrier is paid as its expectation.</para>
/// <para>End: when an agent arrives, or after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat, observation, goal_reward, collision_cost, pass_probability.</para>
/// <para>Unknown: mge's horizon; Greenwald and Hall have no action stay and pay 100 at the goal.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("grid_barrier-v0")]
[Source("greenwald2003", "grid game 2")]
[Source("mge", "section 7, game (II)")]
public sealed class GridBarrier(GridBarrier.Options options) : CollisionGrid(options, Rules(options))
{
    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 20)
    {
        /// <summary>What an agent gets at the goal.</summary>
        [Range(-1e6, 1e6)]
        public double GoalReward { get; init; } = 2;

        /// <summary>What a collision takes from each agent.</summary>
        [Range(0, 1e6)]
        public double CollisionCost { get; init; } = 1;

        /// <summary>The probability to pass a barrier; 1 takes the barriers away.</summary>
        [Range(0d, 1d, MinimumIsExclusive = true)]
        public double PassProbability { get; init; } = 0.5;
    }

    private protected override string Title => "Grid with barriers";

    private static CollisionRules Rules(Options options) => new()
    {
        Rows = 3,
        Columns = 3,
        Goals = [1, 1],
        GoalReward = options.GoalReward,
        CollisionCost = options.CollisionCost,
        FirstArrivalEnds = true,
        PassProbability = options.PassProbability,
    };
}
