using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Grid game 1: two agents walk crosswise to the far corners without running into each other.</summary>
/// <remarks>
/// <para>Story: the agents start in the bottom corners of a grid; each one's goal is the top corner on the other's side. An agent that
/// reaches its goal leaves.</para>
/// <para>Players: player_0 (A, starts on the left) and player_1 (B, on the right).</para>
/// <para>Observation, the same for both: the number of the state, which tells both agents' places. Features: row and column of each from the
/// top left, -1 and -1 for one that has left.</para>
/// <para>Actions: N, S, E, W, stay; a move off the grid is illegal, and one that has left only stays. Both move at once. Two agents that would
/// stand in one cell, or change places, collide and stay where they were; nobody collides with an agent that has left.</para>
/// <para>Rewards: `goal_reward` for reaching the own goal; minus `collision_cost` for each agent in a collision; else 0.</para>
/// <para>End: when both have left, or after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat, observation, goal_reward, collision_cost, swap_collides, rows, columns.</para>
/// <para>Unknown: mge's horizon, and what its moves off the grid do; Greenwald and Hall have no action stay and pay 100. Hu and Wellman, whose
/// game this was first, do not say what changing places does.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("grid_crossing-v0")]
[Source("greenwald2003", "grid game 1")]
[Source("mge", "section 7, game (I)")]
[Source("hu2003", "grid game 1")]
public sealed class GridCrossing(GridCrossing.Options options) : CollisionGrid(options, Rules(options))
{
    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 6)
    {
        /// <summary>What an agent gets at its goal.</summary>
        [Range(-1e6, 1e6)]
        public double GoalReward { get; init; } = 30;

        /// <summary>What a collision takes from each agent.</summary>
        [Range(0, 1e6)]
        public double CollisionCost { get; init; } = 1;

        /// <summary>Whether agents that change places collide; if not they pass each other.</summary>
        public bool SwapCollides { get; init; } = true;

        /// <summary>Rows of the grid.</summary>
        [Range(2, 8)]
        public int Rows { get; init; } = 3;

        /// <summary>Columns of the grid.</summary>
        [Range(2, 8)]
        public int Columns { get; init; } = 3;
    }

    private protected override string Title => "Grid crossing";

    private static CollisionRules Rules(Options options) => new()
    {
        Rows = options.Rows,
        Columns = options.Columns,
        Goals = [options.Columns - 1, 0],
        GoalReward = options.GoalReward,
        CollisionCost = options.CollisionCost,
        SwapCollides = options.SwapCollides,
    };
}
