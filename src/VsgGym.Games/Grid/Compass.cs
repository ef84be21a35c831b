namespace VsgGym.Games;

/// <summary>The five moves of a grid's agents: north, south, east, west, and none.</summary>
internal static class Compass
{
    public const int North = 0;
    public const int South = 1;
    public const int East = 2;
    public const int West = 3;
    public const int Stay = 4;
    public const int Count = 5;

    private static readonly (int Row, int Column)[] Moves = [(-1, 0), (1, 0), (0, 1), (0, -1), (0, 0)];

    /// <summary>Where an action leads in a grid of cells numbered row by row, or null where it leaves the grid.</summary>
    public static int? Target(int cell, int action, int rows, int columns)
    {
        int row = (cell / columns) + Moves[action].Row, column = (cell % columns) + Moves[action].Column;
        return row >= 0 && row < rows && column >= 0 && column < columns ? (row * columns) + column : null;
    }
}
