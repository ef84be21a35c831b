using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>Writes tables of action probabilities as model files.</summary>
internal interface ITableExporter
{
    /// <summary>Writes one player's policy; the file is checked against the table before it gets its name.</summary>
    /// <param name="policy">[T, S, A].</param>
    /// <param name="table">The game.</param>
    /// <param name="player">The player's number.</param>
    /// <param name="origin">Where the policy comes from.</param>
    /// <param name="directory">Made where it is not there; a file of the same name is replaced.</param>
    /// <exception cref="VsgGymException">The policy does not fit, or the file and the table disagree.</exception>
    WrittenModel Write(TabularPolicy policy, StochasticGame table, int player, TableOrigin origin, string directory);
}
