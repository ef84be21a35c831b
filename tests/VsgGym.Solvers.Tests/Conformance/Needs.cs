namespace VsgGym.Solvers.Tests;

/// <summary>What a solver asks of a table; most ask for nothing.</summary>
[Flags]
internal enum Needs
{
    Nothing = 0,
    Horizon = 1,
    Discount = 2,
    TwoPlayers = 4,
    ZeroSum = 8,
    OneState = 16,
    OwnPlaces = 32,
}
