using System.Globalization;
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
internal sealed class NfgReader
{
    private readonly NfgLexer _lexer;
    private NfgToken _token;

    public NfgReader(string text)
    {
        _lexer = new NfgLexer(text);
        _token = _lexer.Next();
    }

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="VsgGymException">The first fault, with line and column.</exception>
    public NfgGame Read()
    {
        Word("NFG", "the word NFG");
        Word("1", "the format version 1");
        if (_token is not { Kind: NfgKind.Word, Value: "R" or "D" }) throw Wrong("the number type R or D");
        Advance();
        string title = Take(NfgKind.Text, "the game's title in quotes").Value;
        var players = Players();
        var (counts, names) = Strategies(players.Count);
        if (_token.Kind == NfgKind.Text) Advance(); // the comment
        int joint = CheckSize(counts, players.Count);
        double[][] cells = _token.Kind == NfgKind.Open ? Outcomes(players.Count, joint) : Payoffs(players.Count, joint);
        if (_token.Kind != NfgKind.End) throw Wrong($"the end of the text after {joint} joint actions");
        return new NfgGame(title, players, names, Reorder(cells, counts));
    }

    private List<string> Players()
    {
        Take(NfgKind.Open, "{ before the players' names");
        var players = new List<string>();
        while (_token.Kind != NfgKind.Close)
        {
            if (players.Count == UploadedGame.MaximumPlayers) throw Wrong($"}} after at most {UploadedGame.MaximumPlayers} players");
            var name = _token.Kind == NfgKind.Text ? _token : throw Wrong("a player's name in quotes, or }");
            string unique = name.Value.Trim().Length > 0 ? name.Value : $"player_{players.Count}";
            if (players.Contains(unique)) throw Wrong("a name that no other player has (blank names become player_0, player_1, ... by their places)");
            players.Add(unique);
            Advance();
        }

        if (players.Count == 0) throw Wrong("at least one player's name in quotes");
        Advance();
        return players;
    }

    private (List<int> Counts, List<IReadOnlyList<string>> Names) Strategies(int players)
    {
        Take(NfgKind.Open, "{ before the players' strategies");
        var counts = new List<int>();
        var names = new List<IReadOnlyList<string>>();
        while (_token.Kind != NfgKind.Close)
        {
            if (counts.Count == players) throw Wrong($"}} after the strategies of {players} players");
            if (_token.Kind == NfgKind.Open)
            {
                names.Add(StrategyNames());
                counts.Add(names[^1].Count);
                continue;
            }

            if (_token.Kind != NfgKind.Word || !int.TryParse(_token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1)
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
        for (; _token.Kind != NfgKind.Close; Advance())
            names.Add(_token.Kind == NfgKind.Text ? _token.Value : throw Wrong("a strategy's name in quotes, or }"));
        if (names.Count == 0) throw Wrong("at least one strategy's name in quotes");
        Advance();
        return names;
    }

    private int CheckSize(List<int> counts, int players)
    {
        long joint = 1;
        foreach (int count in counts)
            if ((joint *= count) * players > StochasticGameBuilder.MaximumRows)
                throw VsgGymException.OverLimit($"nfg[line {_token.Line}, column {_token.Column}]", string.Join(" x ", counts), $"players times joint actions must not exceed {StochasticGameBuilder.MaximumRows}", "game_too_large");
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
        while (_token.Kind != NfgKind.Close)
        {
            Take(NfgKind.Open, "{ before an outcome, or } after the last one");
            Take(NfgKind.Text, "the outcome's name in quotes");
            var cell = new double[players];
            for (int p = 0; p < players; p++)
            {
                cell[p] = Number($"payoff {p + 1} of {players} of outcome {outcomes.Count}");
                if (_token.Kind == NfgKind.Comma && p + 1 < players) Advance();
            }

            Take(NfgKind.Close, $"}} after the {players} payoffs of outcome {outcomes.Count}");
            outcomes.Add(cell);
        }

        Advance();
        var cells = new List<double[]>();
        for (; cells.Count < joint; Advance())
        {
            if (_token.Kind != NfgKind.Word || !int.TryParse(_token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int outcome) || outcome >= outcomes.Count)
                throw Wrong($"the outcome of joint action {cells.Count + 1} of {joint}, a number from 0 to {outcomes.Count - 1}");
            cells.Add(outcomes[outcome]);
        }

        return [.. cells];
    }

    private double Number(string expected)
    {
        var token = _token;
        if (token.Kind != NfgKind.Word) throw Wrong(expected);
        int slash = token.Value.IndexOf('/', StringComparison.Ordinal);
        double value;
        if (slash < 0)
        {
            if (!Parse(token.Value, out value)) throw Wrong(expected);
        }
        else
        {
            if (!Parse(token.Value[..slash], out double numerator) || !Parse(token.Value[(slash + 1)..], out double denominator)) throw Wrong(expected);
            if (denominator == 0) throw Wrong($"{expected} with a denominator other than 0");
            value = numerator / denominator;
        }

        if (!double.IsFinite(value)) throw Wrong($"{expected} that a 64-bit number can hold");
        Advance();
        return value;
    }

    // AllowExponent and AllowDecimalPoint only: no "NaN" or "Infinity" in words, no blanks, no thousands.
    private static bool Parse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && text.AsSpan().ContainsAnyInRange('0', '9');

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

    private void Word(string word, string expected)
    {
        if (_token.Kind != NfgKind.Word || _token.Value != word) throw Wrong(expected);
        Advance();
    }

    private NfgToken Take(NfgKind kind, string expected)
    {
        var token = _token.Kind == kind ? _token : throw Wrong(expected);
        Advance();
        return token;
    }

    private void Advance() => _token = _lexer.Next();

    private VsgGymException Wrong(string expected) => NfgLexer.Wrong(_token, expected);
}
