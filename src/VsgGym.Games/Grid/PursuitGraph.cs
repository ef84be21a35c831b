namespace VsgGym.Games;

/// <summary>The 3x3 grid of the pursuit games: nodes 0 to 8 row by row from the top left, its 12 edges, and a loop on every node.</summary>
internal static class PursuitGraph
{
    public const int Side = 3;
    public const int Nodes = Side * Side;

    private static readonly (int Row, int Column)[] Moves = [(0, 0), (-1, 0), (0, 1), (1, 0), (0, -1)];

    /// <summary>The actions' names.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["stay", "up", "right", "down", "left"];

    /// <summary>Where an action leads, or null where it leaves the grid.</summary>
    public static int? Target(int node, int action)
    {
        int row = (node / Side) + Moves[action].Row, column = (node % Side) + Moves[action].Column;
        return row is >= 0 and < Side && column is >= 0 and < Side ? (row * Side) + column : null;
    }

    /// <summary>The probability of a first node: uniform, or a given one.</summary>
    public static double Start(int node, int? given) => given is { } start ? (node == start ? 1 : 0) : 1.0 / Nodes;
}
