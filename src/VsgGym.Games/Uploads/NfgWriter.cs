using System.Globalization;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Writes a normal-form game as Gambit's .nfg text, in the payoff version with named strategies.</summary>
public static class NfgWriter
{
    /// <summary>The text; reading it back gives the same numbers and names.</summary>
    /// <param name="game">A game that <see cref="CanWrite"/>.</param>
    /// <param name="title">The game's name.</param>
    /// <exception cref="VsgGymException">The game is not in normal form.</exception>
    public static string Write(StochasticGame game, string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        if (!CanWrite(game))
            throw VsgGymException.Invalid("game", $"{game.StateCount} states, horizon {game.Horizon}", "only a game of one state, one decision, no illegal actions and no terminal rewards has an .nfg form", "not_normal_form");
        var text = new StringBuilder();
        text.Append("NFG 1 R ").Append(Quote(title)).Append(" { ").AppendJoin(' ', game.Players.Select(Quote)).Append(" }\n\n{ ");
        for (int p = 0; p < game.PlayerCount; p++) text.Append("{ ").AppendJoin(' ', game.ActionLabels[p].Select(Quote)).Append(" }\n");
        text.Append("}\n\"\"\n\n");
        for (int cell = 0; cell < game.JointActionCount; cell++)
        {
            int row = 0, rest = cell;
            for (int p = 0; p < game.PlayerCount; p++) // the first player's strategy changes fastest
            {
                (rest, int action) = Math.DivRem(rest, game.ActionCounts[p]);
                row += action * game.Strides[p];
            }

            text.AppendJoin(' ', Enumerable.Range(0, game.PlayerCount).Select(p => game.Rewards(p)[row].ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Whether a game is in normal form: one state, one decision, every action legal, nothing paid but the rewards.</summary>
    public static bool CanWrite(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        return game is { StateCount: 1, HasIllegalActions: false, HasTerminalRewards: false } && (game.Horizon == 1 || game.TransitionCount == 0);
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
