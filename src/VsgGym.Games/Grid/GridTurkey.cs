using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Grid game 3: who takes the middle wins more, unless both do; Chicken in space.</summary>
/// <remarks>
/// <para>Story: as in grid game 2 the agents start in the bottom corners of a 3x3 grid and both want the top center, but nothing bars the
/// way along the sides: it is only worth less than the middle taken alone. The first move decides.</para>
/// <para>Players: player_0 (A, starts on the left) and player_1 (B, on the right).</para>
/// <para>Observation, the same for both: the number of the state, which tells both agents' places and whether anybody has moved yet. Features: row
/// and column of each from the top left, and 1 in the opening.</para>
/// <para>Actions: N, S, E, W, stay; a move off the grid is illegal. Both move at once. Two agents that would stand in one cell other than the
/// goal, or change places, collide and stay where they were.</para>
/// <para>Rewards: `goal_reward` at the goal, to both where they arrive together; minus `collision_cost` for each agent in a collision. In the
/// opening also: `middle_bonus` to an agent that leaves its corner sideways, into the middle column, while the other does not;
/// `side_bonus` to each where both leave north.</para>
/// <para>End: when an agent arrives, or after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat, observation, goal_reward, collision_cost, middle_bonus, side_bonus.</para>
/// <para>Unknown: the paper's text for the bonuses. The amounts are the settings of its authors' program, and when they are paid is read from
/// their names there and chosen so that play scores 100, 125 where one takes the middle and 120, 120 where both go along the sides; that the paper
/// reports these scores is from memory, as only its opening could be read. The authors' agents have no action stay.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("grid_turkey-v0")]
[Source("greenwald2003", "grid game 3")]
public sealed class GridTurkey(GridTurkey.Options options) : CollisionGrid(options, Rules(options))
{
    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: 20)
    {
        /// <summary>What an agent gets at the goal.</summary>
        [Range(-1e6, 1e6)]
        public double GoalReward { get; init; } = 100;

        /// <summary>What a collision takes from each agent.</summary>
        [Range(0, 1e6)]
        public double CollisionCost { get; init; } = 50;

        /// <summary>What an agent gets that opens through the middle while the other does not.</summary>
        [Range(-1e6, 1e6)]
        public double MiddleBonus { get; init; } = 25;

        /// <summary>What each agent gets where both open along the sides.</summary>
        [Range(-1e6, 1e6)]
        public double SideBonus { get; init; } = 20;
    }

    private protected override string Title => "Turkey";

    private protected override bool HasOpening => true;

    private protected override (double First, double Second) OpeningBonus(int firstAction, int secondAction)
    {
        if (firstAction == Compass.North && secondAction == Compass.North) return (options.SideBonus, options.SideBonus);
        return (firstAction == Compass.East ? options.MiddleBonus : 0, secondAction == Compass.West ? options.MiddleBonus : 0);
    }

    private static CollisionRules Rules(Options options) => new()
    {
        Rows = 3,
        Columns = 3,
        Goals = [1, 1],
        GoalReward = options.GoalReward,
        CollisionCost = options.CollisionCost,
        FirstArrivalEnds = true,
    };
}
