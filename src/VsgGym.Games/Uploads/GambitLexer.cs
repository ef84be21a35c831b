using System.Text;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Cuts the text of a Gambit file into words, quoted texts, braces and commas.</summary>
/// <param name="text">The whole text.</param>
/// <param name="format">"nfg" or "efg", for errors.</param>
internal sealed class GambitLexer(string text, string format)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>The next piece; the end, once reached, again and again.</summary>
    /// <exception cref="VsgGymException">A quoted text does not end.</exception>
    public GambitToken Next()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '\uFEFF')) Skip();
        int line = _line, column = _at - _lineStart + 1;
        if (_at >= text.Length) return new GambitToken(GambitKind.End, string.Empty, line, column);
        char c = text[_at];
        if (c == '"') return new GambitToken(GambitKind.Text, Quoted(line, column), line, column);
        if (c is '{' or '}' or ',')
        {
            _at++;
            return new GambitToken(c == '{' ? GambitKind.Open : c == '}' ? GambitKind.Close : GambitKind.Comma, c.ToString(), line, column);
        }

        int start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('{' or '}' or ',' or '"')) _at++;
        return new GambitToken(GambitKind.Word, text[start.._at], line, column);
    }

    /// <summary>An error at a place.</summary>
    public VsgGymException Wrong(GambitToken found, string expected) =>
        VsgGymException.Invalid(PathOf(found), found.Shown, $"expected {expected}", $"bad_{format}");

    /// <summary>A place as the path of a fault: "nfg[line 3, column 7]".</summary>
    public string PathOf(GambitToken token) => $"{format}[line {token.Line}, column {token.Column}]";

    private string Quoted(int line, int column)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; Skip())
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\') _at++;
            value.Append(text[_at]);
        }

        if (_at >= text.Length)
            throw Wrong(new GambitToken(GambitKind.Word, VsgGymException.Show("\"" + value), line, column), "a closing \" before the end of the text");
        _at++;
        return value.ToString();
    }

    private void Skip()
    {
        if (text[_at++] != '\n') return;
        _line++;
        _lineStart = _at;
    }
}
