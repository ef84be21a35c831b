using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A parsed .nfg text.</summary>
/// <param name="Title">The game's name.</param>
/// <param name="Players">[N], distinct.</param>
/// <param name="Actions">[N], empty where the text only counts them.</param>
/// <param name="Payoffs">[N, A_1, ..., A_N] in row-major order.</param>
internal sealed record NfgGame(string Title, IReadOnlyList<string> Players, IReadOnlyList<IReadOnlyList<string>> Actions, ShapedArray Payoffs);

/// <summary>Reads Gambit's strategic game format: payoff and outcome version, named or counted strategies.</summary>
/// <remarks>
/// The file lists joint actions with the first player's strategy changing fastest; arrays here are row-major, the last player's
/// changing fastest, so the cells are reordered.
/// </remarks>
internal sealed class NfgReader(string text) : GambitReader(text, "nfg")
{
    /// <summary>Reads the whole text.</summary>
    /// <exception cref="VsgGymException">The first fault, with line and column.</exception>
    public NfgGame Read()
    {
        string title = Title("NFG", "1");
        var players = Players();
        var (counts, names) = Strategies(players.Count);
        SkipComment();
        int joint = CheckSize(counts, players.Count);
        double[][] cells = Token.Kind == GambitKind.Open ? Outcomes(players.Count, joint) : Payoffs(players.Count, joint);
        if (Token.Kind != GambitKind.End) throw Wrong($"the end of the text after {joint} joint actions");
        return new NfgGame(title, players, names, Reorder(cells, counts));
    }

    private (List<int> Counts, List<IReadOnlyList<string>> Names) Strategies(int players)
    {
        Take(GambitKind.Open, "{ before the players' strategies");
        var counts = new List<int>();
        var names = new List<IReadOnlyList<string>>();
        while (Token.Kind != GambitKind.Close)
        {
            if (counts.Count == players) throw Wrong($"}} after the strategies of {players} players");
            if (Token.Kind == GambitKind.Open)
            {
                names.Add(StrategyNames());
                counts.Add(names[^1].Count);
                continue;
            }

            if (!IsWhole(out int count) || count < 1)
                throw Wrong("a number of strategies, at least 1, or a list of their names in braces");
            counts.Add(count);
            names.Add([]);
            Advance();
        }

        if (counts.Count < players) throw Wrong($"the strategies of player {counts.Count + 1} of {players}");
        Advance();
        return (counts, names);
    }

    private List<string> StrategyNames()
    {
        Advance();
        var names = new List<string>();
        for (; Token.Kind != GambitKind.Close; Advance())
            names.Add(Token.Kind == GambitKind.Text ? Token.Value : throw Wrong("a strategy's name in quotes, or }"));
        if (names.Count == 0) throw Wrong("at least one strategy's name in quotes");
        Advance();
        return names;
    }

    private int CheckSize(List<int> counts, int players)
    {
        long joint = 1;
        foreach (int count in counts)
            if ((joint *= count) * players > StochasticGameBuilder.MaximumRows)
                throw VsgGymException.OverLimit(Here, string.Join(" x ", counts), $"players times joint actions must not exceed {StochasticGameBuilder.MaximumRows}", "game_too_large");
        return (int)joint;
    }

    /// <summary>The payoff version: for each joint action the payoffs of all players.</summary>
    private double[][] Payoffs(int players, int joint)
    {
        var cells = new List<double[]>(); // grows with the text, not with the sizes it claims
        while (cells.Count < joint)
        {
            var cell = new double[players];
            for (int p = 0; p < players; p++)
                cell[p] = Number($"a payoff ({(cells.Count * (long)players) + p + 1} of {joint * (long)players})");
            cells.Add(cell);
        }

        return [.. cells];
    }

    /// <summary>The outcome version: a list of outcomes, then for each joint action the number of its outcome, 0 for none.</summary>
    private double[][] Outcomes(int players, int joint)
    {
        Advance();
        var outcomes = new List<double[]> { new double[players] };
        while (Token.Kind != GambitKind.Close)
        {
            Take(GambitKind.Open, "{ before an outcome, or } after the last one");
            Take(GambitKind.Text, "the outcome's name in quotes");
            outcomes.Add(OutcomePayoffs(players, outcomes.Count));
        }

        Advance();
        var cells = new List<double[]>();
        for (; cells.Count < joint; Advance())
        {
            if (!IsWhole(out int outcome) || outcome >= outcomes.Count)
                throw Wrong($"the outcome of joint action {cells.Count + 1} of {joint}, a number from 0 to {outcomes.Count - 1}");
            cells.Add(outcomes[outcome]);
        }

        return [.. cells];
    }

    private static ShapedArray Reorder(double[][] cells, List<int> counts)
    {
        int players = counts.Count, joint = cells.Length;
        var payoffs = new double[(long)players * joint];
        for (int cell = 0; cell < joint; cell++)
        {
            int rest = cell, row = 0, stride = joint;
            foreach (int count in counts)
            {
                stride /= count;
                row += rest % count * stride;
                rest /= count;
            }

            for (int p = 0; p < players; p++) payoffs[(p * (long)joint) + row] = cells[cell][p];
        }

        return new ShapedArray(payoffs, [players, .. counts]);
    }
}
