namespace VsgGym.Games;

/// <summary>What tells the grid games apart whose two agents cannot share a cell; cells are numbered row by row from the top left.</summary>
internal sealed record CollisionRules
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>[2]: an agent reaches its goal and leaves.</summary>
    public required int[] Goals { get; init; }

    public required double GoalReward { get; init; }

    /// <summary>What a collision takes from each agent, not negative.</summary>
    public required double CollisionCost { get; init; }

    /// <summary>Whether agents that change places collide; if not they pass each other.</summary>
    public bool SwapCollides { get; init; } = true;

    /// <summary>Whether the first arrival ends the game, for both; if not the other agent plays on.</summary>
    public bool FirstArrivalEnds { get; init; }

    /// <summary>The probability that an agent passes the barrier north of its start; null: there is none.</summary>
    public double? PassProbability { get; init; }

    public int Cells => Rows * Columns;

    /// <summary>An agent that has reached its goal is here.</summary>
    public int Gone => Cells;

    /// <summary>Both start in the bottom corners, the first agent on the left.</summary>
    public int Start(int agent) => agent == 0 ? Cells - Columns : Cells - 1;
}
