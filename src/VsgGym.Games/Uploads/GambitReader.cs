using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>What Gambit's two file formats have in common: the head, names and numbers, and the token at hand.</summary>
internal abstract class GambitReader
{
    private readonly GambitLexer _lexer;

    /// <summary>Stands at the first token.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="format">"nfg" or "efg", for errors.</param>
    protected GambitReader(string text, string format)
    {
        _lexer = new GambitLexer(text, format);
        Token = _lexer.Next();
    }

    /// <summary>The token at hand.</summary>
    protected GambitToken Token { get; private set; }

    /// <summary>Its place as the path of a fault.</summary>
    protected string Here => _lexer.PathOf(Token);

    /// <summary>Reads the head up to the title.</summary>
    protected string Title(string word, string version)
    {
        Word(word, $"the word {word}");
        Word(version, $"the format version {version}");
        if (Token is not { Kind: GambitKind.Word, Value: "R" or "D" }) throw Wrong("the number type R or D");
        Advance();
        return Take(GambitKind.Text, "the game's title in quotes").Value;
    }

    /// <summary>Reads the players' names; blank ones become player_0, player_1, ...</summary>
    protected List<string> Players()
    {
        Take(GambitKind.Open, "{ before the players' names");
        var players = new List<string>();
        while (Token.Kind != GambitKind.Close)
        {
            if (players.Count == UploadedGame.MaximumPlayers) throw Wrong($"}} after at most {UploadedGame.MaximumPlayers} players");
            var name = Token.Kind == GambitKind.Text ? Token : throw Wrong("a player's name in quotes, or }");
            string unique = name.Value.Trim().Length > 0 ? name.Value : $"player_{players.Count}";
            if (players.Contains(unique)) throw Wrong("a name that no other player has (blank names become player_0, player_1, ... by their places)");
            players.Add(unique);
            Advance();
        }

        if (players.Count == 0) throw Wrong("at least one player's name in quotes");
        Advance();
        return players;
    }

    /// <summary>Skips the comment, where there is one.</summary>
    protected void SkipComment()
    {
        if (Token.Kind == GambitKind.Text) Advance();
    }

    /// <summary>Reads an outcome's payoffs, commas between them or not, and the brace after them.</summary>
    protected double[] OutcomePayoffs(int players, int outcome)
    {
        var cell = new double[players];
        for (int p = 0; p < players; p++)
        {
            cell[p] = Number($"payoff {p + 1} of {players} of outcome {outcome}");
            if (Token.Kind == GambitKind.Comma && p + 1 < players) Advance();
        }

        Take(GambitKind.Close, $"}} after the {players} payoffs of outcome {outcome}");
        return cell;
    }

    /// <summary>Whether the token at hand is a whole number of at least 0 that 32 bits hold.</summary>
    protected bool IsWhole(out int number)
    {
        number = 0;
        return Token.Kind == GambitKind.Word && int.TryParse(Token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads a whole, rational or decimal number, with or without exponent.</summary>
    protected double Number(string expected)
    {
        var token = Token;
        if (token.Kind != GambitKind.Word) throw Wrong(expected);
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

    /// <summary>Takes a token of a kind and stands at the next.</summary>
    protected GambitToken Take(GambitKind kind, string expected)
    {
        var token = Token.Kind == kind ? Token : throw Wrong(expected);
        Advance();
        return token;
    }

    /// <summary>Goes on to the next token.</summary>
    protected void Advance() => Token = _lexer.Next();

    /// <summary>The error that something else stands here.</summary>
    protected VsgGymException Wrong(string expected) => Wrong(Token, expected);

    /// <summary>The error that something else stands at a place read before.</summary>
    protected VsgGymException Wrong(GambitToken found, string expected) => _lexer.Wrong(found, expected);

    private void Word(string word, string expected)
    {
        if (Token.Kind != GambitKind.Word || Token.Value != word) throw Wrong(expected);
        Advance();
    }

    // AllowExponent and AllowDecimalPoint only: no "NaN" or "Infinity" in words, no blanks, no thousands.
    private static bool Parse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && text.AsSpan().ContainsAnyInRange('0', '9');
}
