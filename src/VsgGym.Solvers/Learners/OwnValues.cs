using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Tables of the values of a player's own actions.</summary>
internal static class OwnValues
{
    /// <summary>One table per player, [places, A], uniform in [0, scale), minus infinity where illegal.</summary>
    public static QTable[] Draw(StochasticGame game, int places, double scale, RandomStream random)
    {
        var tables = new QTable[game.PlayerCount];
        for (int p = 0; p < tables.Length; p++)
        {
            tables[p] = new QTable(places, game.ActionCounts[p]);
            tables[p].Draw(scale, ref random, CancellationToken.None); // a row for each state, not for each joint action
            for (int place = 0; game.HasIllegalActions && place < places; place++)
                for (int a = 0; a < game.ActionCounts[p]; a++)
                    if (!game.IsLegal(p, place % game.StateCount, a)) tables[p][place][a] = double.NegativeInfinity;
        }

        return tables;
    }
}
