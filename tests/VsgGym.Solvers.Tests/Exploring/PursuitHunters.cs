using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The catalogue's two hunters and a prey (Etesami and Straehle 2020, section 7, second variant), with names for what the tests ask.</summary>
internal static class PursuitHunters
{
    public const int Stay = 0, Up = 1, Right = 2, Down = 3, Left = 4;

    /// <summary>The number of a state: nodes 0..8 row by row from the top left.</summary>
    public static int State(int hunter1, int hunter2, int prey) => (((hunter1 * 9) + hunter2) * 9) + prey;

    public static StochasticGame Create(int horizon) => new Games.PursuitHunters(new Games.PursuitHunters.Options { Horizon = horizon }).Table;
}
